import { useEffect, useState } from "react";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { PartyActor } from "../../../shared/settlement/party.ts";
import { type Live, useLive } from "../../live/live-context.ts";
import { sideOf } from "../../live/side.ts";
import type { Reply } from "../../live/socket-client.ts";
import { DEED_WORDS } from "./act-words.ts";
import { type ListedAlert, listedAlert } from "./listed-alert.ts";
import { type Doing, predict } from "./predict.ts";

/** One act on one alert, under way or answered. */
export interface Sent {
  readonly listed: ListedAlert;
  readonly doing: Doing;
  readonly operationId: string;
  readonly state: "sending" | "done" | "failed";
  /** Why it failed, in the server's words. */
  readonly message: string;
}

export interface Acts {
  /** Alerts as they will be if the server agrees, or as it answered, by key. */
  readonly expected: ReadonlyMap<string, Alert>;
  /** What was asked last, one entry for each alert. */
  readonly latest: readonly Sent[];
  /** What failed and was not tried again, by key. */
  readonly failures: ReadonlyMap<string, Sent>;
  readonly canUndo: boolean;
  readonly send: (targets: readonly ListedAlert[], doing: Doing) => void;
  readonly undo: () => void;
  readonly forget: (key: string) => void;
}

const UNDO_MS = 10_000;
const IN_FLIGHT = 4;
const TRY_AGAIN_MS = 2000;
const TRIES = 30;

/** Who acts, as alerts name people. */
export function actorOf({ person, cards }: Pick<Live, "person" | "cards">, agreementId: string): PartyActor {
  const role = cards.find(({ id }) => id === agreementId)?.role ?? null;
  return { id: `person:${person.id}`, name: person.name, party: sideOf(role).party };
}

async function deliver({ socket }: Live, { listed: { alert }, doing, operationId }: Sent): Promise<Reply<Alert>> {
  const payload = { agreementId: alert.agreementId, alertId: alert.id, seenSeq: alert.seq, act: doing.request, operationId };
  for (let tries = 1; ; tries++) {
    const reply = await socket.act(payload);
    // A hundred at once are more than one connection may send in a moment; the rest wait their turn.
    if (reply.ok || reply.error.code !== "too-many" || tries >= TRIES) return reply;
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

function failureWords({ request }: Doing, why: string): string {
  return `${DEED_WORDS[request.do].notDone}: ${why}`;
}

/** What can be taken back: acknowledgements of what still stands; nothing before all are answered, or the rest would go on. */
export function undoable(latest: readonly Sent[]): readonly Sent[] {
  if (latest.some(({ state }) => state === "sending")) return [];
  return latest.filter(
    ({ state, doing, listed }) => state === "done" && doing.request.do === "acknowledge" && listed.alert.status === "acknowledged",
  );
}

/** What this person does to alerts: shown as done at once, and taken back with the reason if the server says otherwise. */
export function useActs(): Acts {
  const live = useLive();
  const [expected, setExpected] = useState<ReadonlyMap<string, Alert>>(new Map());
  const [latest, setLatest] = useState<readonly Sent[]>([]);
  const [failures, setFailures] = useState<ReadonlyMap<string, Sent>>(new Map());
  const [isTooLate, setTooLate] = useState(false);
  const canUndo = !isTooLate && undoable(latest).length > 0;
  useEffect(() => {
    if (!canUndo) return undefined;
    const timer = setTimeout(() => setTooLate(true), UNDO_MS);
    return () => clearTimeout(timer);
  }, [canUndo]);
  const settle = (sent: Sent) => {
    // Kept until the stream is as far: a paused page shows what its reader has done, too.
    setExpected((all) => (sent.state === "done" ? new Map(all).set(sent.listed.key, sent.listed.alert) : without(all, sent.listed.key)));
    setLatest((all) => all.map((one) => (one.operationId === sent.operationId ? sent : one)));
    if (sent.state === "failed") setFailures((all) => new Map(all).set(sent.listed.key, sent));
  };
  const send = (targets: readonly ListedAlert[], doing: Doing) => {
    const before = [...failures.values(), ...latest];
    const begun = targets.map((listed) => begin(live, listed, doing, operationOf(listed, doing, before)));
    setTooLate(false);
    setLatest(begun.map(({ sent }) => sent));
    setFailures((all) => begun.reduce((left, { sent }) => without(left, sent.listed.key), all));
    setExpected(
      (all) => new Map([...all, ...begun.flatMap(({ sent, alert }) => (alert === null ? [] : [[sent.listed.key, alert] as const]))]),
    );
    for (const { sent } of begun) if (sent.state === "failed") settle(sent);
    const going = begun.map(({ sent }) => sent).filter(({ state }) => state === "sending");
    void inTurns(going, async (sent) => settle(answered(sent, await deliver(live, sent))));
  };
  const undo = () =>
    send(
      undoable(latest).map(({ listed }) => listed),
      { request: { do: "release", note: "Taken back right away" }, owner: null, undoes: latest.length },
    );
  const forget = (key: string) => setFailures((all) => without(all, key));
  return { expected, latest, failures, canUndo, send, undo, forget };
}

function without<T>(all: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  return all.has(key) ? new Map([...all].filter(([known]) => known !== key)) : all;
}

function begin(live: Live, listed: ListedAlert, doing: Doing, operationId: string): { readonly sent: Sent; readonly alert: Alert | null } {
  const result = predict(listed, doing, actorOf(live, listed.agreement.id), live.store.serverNowMs());
  const sent = { listed, doing, operationId, state: "sending" as const, message: "" };
  if (result.kind !== "refused") return { sent, alert: result.kind === "done" ? result.alert : null };
  return { sent: { ...sent, state: "failed", message: failureWords(doing, `${result.why} ${result.remedy}`) }, alert: null };
}

function answered(sent: Sent, reply: Reply<Alert>): Sent {
  if (reply.ok) return { ...sent, state: "done", listed: listedAlert(reply.data, sent.listed) };
  return { ...sent, state: "failed", message: failureWords(sent.doing, `${reply.error.message} ${reply.error.remedy}`) };
}

/** What was asked of which alert. What was chosen names it: times that are counted from now differ at each attempt. */
function nameOf({ key }: ListedAlert, { request, chosen }: Doing): string {
  return JSON.stringify([key, request.do, chosen ?? request]);
}

/** The same act on the same alert keeps its operation until it is answered, so that a second attempt counts once. */
export function operationOf(listed: ListedAlert, doing: Doing, before: readonly Sent[]): string {
  const name = nameOf(listed, doing);
  const known = before.find((sent) => sent.state !== "done" && nameOf(sent.listed, sent.doing) === name);
  return known?.operationId ?? crypto.randomUUID();
}
