import { z } from "zod";
import { Alert } from "../alerts/alert.ts";
import { ActOnAlert } from "./alert-acts.ts";
import { WireError } from "./errors.ts";
import { SeenEntry, Snapshot } from "./live.ts";
import type { Policy } from "./routes.ts";

const AgreementId = z.string().max(200);
const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** Watching starts from a cursor: entries after it are replayed, or a snapshot comes where the stream no longer reaches back. */
export const Watch = z.strictObject({ agreementId: AgreementId, cursor: z.int().min(0).nullable() });
export const Watched = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("snapshot"), snapshot: Snapshot }),
  z.strictObject({ kind: z.literal("replay"), entries: z.array(SeenEntry) }),
]);
export type Watched = z.infer<typeof Watched>;

/** Every client event, declared once with its policy; each is answered with `{ ok: true, data }` or `{ ok: false, error }`. */
export const CLIENT_EVENTS = {
  "agreement:watch": { policy: { access: "member", roles: ALL }, payload: Watch, data: Watched },
  "agreement:unwatch": { policy: { access: "member", roles: ALL }, payload: z.strictObject({ agreementId: AgreementId }), data: z.null() },
  "alert:act": { policy: { access: "member", roles: ALL }, payload: ActOnAlert, data: Alert },
} as const satisfies Record<string, { policy: Policy; payload: z.ZodType; data: z.ZodType }>;

export type ClientEventName = keyof typeof CLIENT_EVENTS;
export type ClientPayload<N extends ClientEventName> = z.infer<(typeof CLIENT_EVENTS)[N]["payload"]>;
export type ClientData<N extends ClientEventName> = z.infer<(typeof CLIENT_EVENTS)[N]["data"]>;
export type Answer<T> = { ok: true; data: T } | { ok: false; error: WireError };

/** Entries of a watched agreement, in order and without gaps; `asOf` is the server's clock when it sent them. */
export const StreamAppended = z.strictObject({ agreementId: AgreementId, asOf: z.int(), entries: z.array(SeenEntry).min(1) });
/** A reader fell behind what the stream keeps: everything restarts from this snapshot. */
export const SnapshotReplaced = z.strictObject({ agreementId: AgreementId, snapshot: Snapshot });
/** Sent every other second, so that a browser can tell a quiet board from a dead one. */
export const ClockTicked = z.strictObject({
  asOf: z.int(),
  redis: z.enum(["up", "down"]),
  /** Since when no worker is there to judge what comes in; `null` while one is, or where that is not known. */
  unjudgedSince: z.int().nullable(),
});

export const SERVER_EVENTS = {
  "stream:appended": StreamAppended,
  "snapshot:replaced": SnapshotReplaced,
  "clock:ticked": ClockTicked,
} as const;
export type ServerEventName = keyof typeof SERVER_EVENTS;

export type ServerToClient = { [N in ServerEventName]: (payload: z.infer<(typeof SERVER_EVENTS)[N]>) => void };
export type ClientToServer = {
  [N in ClientEventName]: (payload: ClientPayload<N>, answer: (reply: Answer<ClientData<N>>) => void) => void;
};
