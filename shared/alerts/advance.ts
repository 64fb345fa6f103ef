import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { asked, end, type Finding, raise, regrade, reopen } from "./episode.ts";
import { BY_SYSTEM, push } from "./push.ts";
import type { AlertState, Track } from "./track.ts";

/** Flapping whose evidence has stood still for so long is over, however few evaluations there were. */
const FLAP_QUIET_MS = 4 * 3_600_000;

interface About {
  readonly agreementId: string;
  readonly subject: Alert["subject"];
}

/** Something that is due, and what it does. */
interface Due {
  readonly atMs: number;
  readonly apply: (atMs: number) => AlertState;
}

function findingOf({ severity, headline, audience }: Track, atMs: number): Finding {
  return { severity: severity ?? "warning", headline, audience, atMs };
}

/** A breach that counts: a new episode, the one before again, or the one that was recovering. */
export function fire(state: AlertState, about: About, atMs: number, policy: DutyPolicy): AlertState {
  const { alert } = state;
  const track: Track = { ...state.track, signal: "firing", sinceMs: atMs };
  const finding = findingOf(track, atMs);
  if (alert === null) return { track, alert: raise({ ...about, episode: 1 }, finding, policy) };
  if (alert.status !== "resolved") {
    const again = push(alert, { kind: "firing-again", atMs, by: BY_SYSTEM, note: track.headline }, { signal: "firing" });
    return { track, alert: regrade(again, finding, policy) };
  }
  const endedMs = alert.resolution?.atMs ?? alert.changedAtMs;
  const isSame = atMs - endedMs <= policy.terms(about.subject).reopenMs;
  return { track, alert: isSame ? reopen(alert, finding, policy) : raise({ ...about, episode: alert.episode + 1 }, finding, policy) };
}

/** The evidence says that it is over, and has said so long enough. */
export function clear(state: AlertState, atMs: number): AlertState {
  const track: Track = { ...state.track, signal: "ok", sinceMs: atMs, severity: null, flapping: false };
  const { alert } = state;
  if (alert === null || alert.signal === "clear") return { track, alert };
  if (alert.status !== "resolved") return { track, alert: end(alert, { kind: "resolved", atMs, note: track.headline }) };
  return {
    track,
    alert: push(alert, { kind: "cleared", atMs, by: BY_SYSTEM, note: track.headline }, { signal: "clear", flapping: false }),
  };
}

/** Flapping is over: if the breach is over too, it is said now, because nobody was told meanwhile. */
export function endFlapping(state: AlertState, atMs: number): AlertState {
  const track: Track = { ...state.track, flapping: false };
  const { alert } = state;
  if (alert === null || !alert.flapping) return { track, alert };
  const note = "It no longer goes up and down.";
  return { track, alert: push(alert, { kind: "flap-ended", atMs, by: BY_SYSTEM, note }, { flapping: false }) };
}

function signalDues(state: AlertState, about: About, policy: DutyPolicy): Due[] {
  const { track } = state;
  // Without evidence the timers stand still.
  if (track.frozenSinceMs !== null) return [];
  const { holdMs, keepMs } = policy.terms(about.subject);
  const dues: Due[] = [];
  if (track.signal === "pending") dues.push({ atMs: track.sinceMs + holdMs, apply: (atMs) => fire(state, about, atMs, policy) });
  if (track.signal === "recovering" && !track.flapping) dues.push({ atMs: track.sinceMs + keepMs, apply: (atMs) => clear(state, atMs) });
  if (track.flapping) dues.push({ atMs: track.turnedAtMs + FLAP_QUIET_MS, apply: (atMs) => endFlapping(state, atMs) });
  return dues;
}

function escalate(alert: Alert, atMs: number, policy: DutyPolicy): Alert {
  const chain = policy.chain(alert.severity);
  const at = { kind: "escalated" as const, atMs, by: BY_SYSTEM };
  const next = chain[alert.level + 1];
  if (next !== undefined) {
    const escalateAtMs = policy.after(atMs, next.withinMs, alert.severity);
    return push(alert, { ...at, note: `Unanswered. Told ${next.to} as well.` }, { level: alert.level + 1, escalateAtMs });
  }
  const againMs = policy.repeatAfterMs(alert.severity, alert.repeats + 1);
  const escalateAtMs = againMs === null ? null : policy.after(atMs, againMs, alert.severity);
  return push(
    alert,
    { ...at, note: "Still unanswered. Everybody of the chain was told again." },
    { repeats: alert.repeats + 1, escalateAtMs },
  );
}

function handlingDues(state: AlertState, policy: DutyPolicy): Due[] {
  const { alert, track } = state;
  if (alert === null || alert.status === "resolved") return [];
  const moved = (change: (atMs: number) => Alert) => (atMs: number) => ({ track, alert: change(atMs) });
  const reasked = (kind: "acknowledgement-expired" | "snooze-ended", note: string) =>
    moved((atMs) => push(alert, { kind, atMs, by: BY_SYSTEM, note }, asked(alert, atMs, policy)));
  const dues: Due[] = [];
  const dueMs = alert.acknowledgement?.dueMs ?? null;
  if (alert.status === "acknowledged" && dueMs !== null)
    dues.push({
      atMs: dueMs,
      apply: reasked("acknowledgement-expired", `The update ${alert.acknowledgement?.by ?? ""} had promised did not come.`),
    });
  const untilMs = alert.snooze?.untilMs ?? null;
  if (alert.status === "snoozed" && untilMs !== null)
    dues.push({ atMs: untilMs, apply: reasked("snooze-ended", "The snooze is over and the alert still stands.") });
  if (alert.status === "open" && alert.escalateAtMs !== null)
    dues.push({ atMs: alert.escalateAtMs, apply: moved((atMs) => escalate(alert, atMs, policy)) });
  return dues;
}

function duesOf(state: AlertState, about: About, policy: DutyPolicy): Due[] {
  return [...signalDues(state, about, policy), ...handlingDues(state, policy)].toSorted((a, b) => a.atMs - b.atMs);
}

/** When the fingerprint is to be looked at again although nothing is heard of it; `null` if never. */
export function nextDueMs(state: AlertState, about: About, policy: DutyPolicy): number | null {
  return duesOf(state, about, policy)[0]?.atMs ?? null;
}

/**
 * Lets time pass: everything that was due by `nowMs` happens, in order and each at the time it was due. A wake-up that comes
 * late, twice or never therefore changes nothing of the outcome.
 */
export function advance(before: AlertState, about: About, nowMs: number, policy: DutyPolicy): AlertState {
  let state = before;
  for (;;) {
    const due = duesOf(state, about, policy)[0];
    if (due === undefined || due.atMs > nowMs) return state;
    state = due.apply(due.atMs);
  }
}
