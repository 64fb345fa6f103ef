import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { asked } from "./episode.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { isWorse } from "./signal-event.ts";
import { type AlertSubject, subjectKey } from "./subject.ts";

/** What belongs to what in an agreement. */
export interface Kinship {
  /** The feed that a target reads. */
  feedOf(targetId: string): string | undefined;
  /** Targets of the same measure over more than this one. */
  widerThan(targetId: string): readonly string[];
}

/** The alerts that may stand for others, by their subject's key. */
type Standing = ReadonlyMap<string, Alert>;

function standingOf(active: readonly Alert[]): Standing {
  // An alert that only one side sees can stand for nothing that both sides see.
  const shared = active.filter(({ status, audience }) => status !== "resolved" && audience === undefined);
  return new Map(shared.map((alert) => [subjectKey(alert.subject), alert]));
}

function silentFeed(standing: Standing, feed: string | undefined): Alert | undefined {
  const found = feed === undefined ? undefined : standing.get(subjectKey({ kind: "feed", feed }));
  return found?.severity === "critical" ? found : undefined;
}

/** Our own absence explains what was raised from its beginning until it was told, and nothing later. */
function outageOver(standing: Standing, { raisedAtMs }: Alert): Alert | undefined {
  return [...standing.values()].find(
    ({ subject, raisedAtMs: toldAtMs }) => subject.kind === "pipeline" && raisedAtMs >= subject.fromMs && raisedAtMs <= toldAtMs,
  );
}

type OfWindow = Extract<AlertSubject, { start: string }>;

/** What says more about the same window: no way back says why a miss is certain, its probability where a figure at risk will end. */
function clearerOf({ kind, targetId, window, start }: OfWindow): AlertSubject[] {
  const lost = { kind: "no-return" as const, targetId, window, start };
  const likely = { kind: "outlook" as const, targetId, window, start };
  switch (kind) {
    case "no-return":
      return [];
    case "outlook":
      return [lost];
    case "spend":
    case "target":
      return [lost, likely];
  }
}

/** Several budget rules of one window that are met at once are one trouble: the worst of them, the first by name, stands for the others. */
function firstSpender({ kind, targetId, window, start }: OfWindow, standing: Standing): Alert | undefined {
  if (kind !== "spend") return undefined;
  return [...standing.values()]
    .filter(({ subject: one }) => one.kind === kind && one.targetId === targetId && one.window === window && one.start === start)
    .toSorted((a, b) => Number(isWorse(b.severity, a.severity)) - Number(isWorse(a.severity, b.severity)) || (a.id < b.id ? -1 : 1))[0];
}

/** The last of them stands for none of the others. */
const PLAINEST: readonly AlertSubject["kind"][] = ["no-return", "outlook", "target", "spend"];

/**
 * What says more about a target than that its figures move: what has come of it in a window. A drift of more queues stands for
 * that of a part of them.
 */
function plainerThanDrift({ severity }: Alert, targetId: string, standing: Standing, kin: Kinship): Alert | undefined {
  const wider = kin.widerThan(targetId).map((id) => standing.get(subjectKey({ kind: "drift", targetId: id })));
  const about = [...standing.values()].filter(({ subject }) => "start" in subject && subject.targetId === targetId);
  const rank = ({ subject: { kind } }: Alert): number => PLAINEST.findIndex((one) => one === kind);
  const plain = about.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  return [...wider, ...plain].find((one) => one !== undefined && !isWorse(severity, one.severity));
}

/** Accord's absence stands for its provider's, that for its feeds', a silent feed for the targets that stand still with it. */
function parentOf(alert: Alert, standing: Standing, kin: Kinship): Alert | undefined {
  const { subject, severity } = alert;
  switch (subject.kind) {
    case "target":
    case "outlook":
    case "no-return":
    case "spend": {
      const wider = kin.widerThan(subject.targetId).map((targetId) => standing.get(subjectKey({ ...subject, targetId })));
      const whole = wider.find((one) => one !== undefined && !isWorse(severity, one.severity));
      const clearer = clearerOf(subject).map((one) => standing.get(subjectKey(one)));
      const said = [...clearer, firstSpender(subject, standing)].find(
        (one) => one !== undefined && one.id !== alert.id && !isWorse(severity, one.severity),
      );
      // Only what the silence has stopped: a window that closed before it is missed all the same.
      return whole ?? said ?? (alert.frozenSinceMs === null ? undefined : silentFeed(standing, kin.feedOf(subject.targetId)));
    }
    case "drift":
      return plainerThanDrift(alert, subject.targetId, standing, kin);
    case "feed":
      return severity === "critical" ? (standing.get(subjectKey({ kind: "provider" })) ?? outageOver(standing, alert)) : undefined;
    case "provider":
      return outageOver(standing, alert);
    default:
      return undefined;
  }
}

/** Its escalation stands still: somebody is asked about the parent. */
function attach(alert: Alert, parent: Alert, atMs: number): Alert {
  const note = `Part of: ${parent.headline}`;
  return push(alert, { kind: "attached", atMs, by: BY_SYSTEM, note }, { parent: parent.id, escalateAtMs: null });
}

/** Whoever has it goes on; if nobody has it, it is asked about from the beginning. */
function release(alert: Alert, atMs: number, policy: DutyPolicy): Alert {
  const alone = { ...alert, parent: null };
  const at = { kind: "released" as const, atMs, by: BY_SYSTEM, note: `It stands by itself again: ${alert.headline}` };
  return alert.status === "open" ? push(alone, at, asked(alone, atMs, policy)) : quietSince(push(alone, at), alert.seq);
}

/**
 * Which alerts are attached to another or released, given all of an agreement that are not resolved. A child is shown and
 * counted at its parent, and nobody is notified of it; it is asked about again, if nobody has it, when the parent ends.
 *
 * @returns the changed alerts, each with one more transition.
 */
export function familyOf(active: readonly Alert[], kin: Kinship, atMs: number, policy: DutyPolicy): Alert[] {
  const standing = standingOf(active);
  return active.flatMap((alert) => {
    const parent = parentOf(alert, standing, kin);
    if ((parent?.id ?? null) === alert.parent) return [];
    return [parent === undefined ? release(alert, atMs, policy) : attach(alert, parent, atMs)];
  });
}

/** An alert that is attached in the step in which it was raised or got worse: nobody is told of that, but of the parent. */
export function hushed(alert: Alert, sinceSeq: number): Alert {
  return alert.parent === null ? alert : quietSince(alert, sinceSeq);
}

function quietSince(alert: Alert, sinceSeq: number): Alert {
  return { ...alert, history: alert.history.map((line) => (line.seq > sinceSeq ? { ...line, quiet: true as const } : line)) };
}
