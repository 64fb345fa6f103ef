import { z } from "zod";
import { AlertCause, Rating } from "../alerts/alert.ts";

/** Well-formed, because its hash goes into the ledger as it stands. */
const Note = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((note) => note.isWellFormed());
/** A person of the agreement, by id; whoever acts if left out. */
const OwnerId = z.string().max(100);

/** What a person does with an alert, as it crosses the wire. */
export const AlertActRequest = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("acknowledge"),
    note: Note,
    cause: AlertCause.optional(),
    ownerId: OwnerId.optional(),
    /** When the next update is due; the longest time the agreement allows if left out. */
    dueMs: z.int().optional(),
  }),
  z.strictObject({ do: z.literal("release"), note: Note }),
  z.strictObject({ do: z.literal("comment"), note: Note }),
  z.strictObject({ do: z.literal("assign"), ownerId: OwnerId, note: Note }),
  z.strictObject({ do: z.literal("snooze"), untilMs: z.int().nullable(), note: Note }),
  z.strictObject({ do: z.literal("close"), cause: AlertCause, note: Note }),
  z.strictObject({ do: z.literal("rate"), rating: Rating }),
]);
export type AlertActRequest = z.infer<typeof AlertActRequest>;

/** The parts of an act that say which alert, what was seen, and which operation it is. */
export const ActOnAlert = z.strictObject({
  agreementId: z.string().max(200),
  alertId: z.string().max(200),
  /** The sequence number of the alert the person was looking at. */
  seenSeq: z.int().min(1),
  act: AlertActRequest,
  operationId: z.uuid(),
});
export type ActOnAlert = z.infer<typeof ActOnAlert>;
