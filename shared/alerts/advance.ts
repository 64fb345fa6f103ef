import type { DutyRole } from "../agreement/alert-clauses.ts";
import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { asked, chainOf, end, type Finding, raise, regrade, reopen, toldOf } from "./episode.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { type AlertState, inPresentWords, type Track } from "./track.ts";

/** Flapping whose evidence has stood still for so long is over and forgotten, however few evaluations there were. */
const FLAP_QUIET_MS = 4 * 3_600_000;

const ROLE_WORDS: Readonly<Record<DutyRole, string>> = {
  provider: "the provider",
  "qa-lead": "the QA lead",
  "client-manager": "the client manager",
};

type About = Pick<Alert, "agreementId" | "subject">;

/** Something that is due, and what it does. */
interface Due {
  readonly atMs: number;
  readonly apply: (atMs: number) => AlertState;
}

/** What a track says now. */
export function findingOf({ severity, headline, audience, party, flapping }: Track, atMs: number): Finding {
  return { severity: severity ?? "warning", headline, audience, party, atMs, flapping };
}

/** When the evidence of an episode ended, though people may have ended it before. */
function endedMs({ resolution, changedAtMs, history }: Alert): number {
  const clearedMs = history.findLast(({ kind }) => kind === "cleared")?.atMs ?? 0;
  return Math.max(clearedMs, resolution?.atMs ?? changedAtMs);
}

/** A breach that counts, after evidence that it was over: a new episode, or the one before again. */
export function fire(state: AlertState, about: About, atMs: number, policy: DutyPolicy): AlertState {
  const { alert } = state;
  const track: Track = { ...state.track, signal: "firing", sinceMs: atMs };
  const finding = findingOf(track, atMs);
  if (alert === null) return { track, alert: raise({ ...about, episode: 1 }, finding, policy) };
  if (alert.status !== "resolved") return { track, alert: regrade(alert, finding, policy) };
  const isSame = atMs - endedMs(alert) <= policy.terms(about.subject).reopenMs;
  return { track, alert: isSame ? reopen(alert, finding, policy) : raise({ ...about, episode: alert.episode + 1 }, finding, policy) };
}

/** What is said of a breach that corrected data take back. */
export function voidNote(headline: string): string {
  return `Void: corrected data say otherwise. ${headline}`;
}

/** The evidence says that it is over, and has said so long enough; or, as `voided`, that it never was. */
export function clear(state: AlertState, atMs: number, kind: "resolved" | "voided" = "resolved"): AlertState {
  const track: Track = { ...state.track, signal: "ok", sinceMs: atMs, severity: null, flapping: false };
  const { alert } = state;
  if (alert === null || alert.signal === "clear") return { track, alert };
  if (alert.status !== "resolved") {
    const note = kind === "voided" ? voidNote(track.headline) : track.headline;
    return { track, alert: end(alert, { kind, atMs, note }) };
  }
  const change = { signal: "clear", flapping: false } as const;
  return { track, alert: push(alert, { kind: "cleared", atMs, by: BY_SYSTEM, note: track.headline }, change) };
}

/** Flapping is over: what is true now is said now, because nobody was told meanwhile. */
export function endFlapping(state: AlertState, { subject }: About, atMs: number, policy: DutyPolicy): AlertState {
  const track: Track = { ...state.track, flapping: false };
  const isOver = track.signal === "recovering" && atMs - track.sinceMs >= policy.terms(subject).keepMs;
  const { alert } = state;
  if (alert === null || alert.status === "resolved") return isOver ? clear({ track, alert }, atMs) : { track, alert };
  const signal = track.signal === "recovering" ? "recovering" : "firing";
  const note = "It no longer goes up and down.";
  const settled = push(alert, { kind: "flap-ended", atMs, by: BY_SYSTEM, note }, { flapping: false, signal });
  return isOver ? clear({ track, alert: settled }, atMs) : { track, alert: regrade(settled, findingOf(track, atMs), policy) };
}

function signalDues(state: AlertState, about: About, policy: DutyPolicy): Due[] {
  const { track } = state;
  // Without evidence the timers stand still.
  if (track.frozenSinceMs !== null) return [];
  const { holdMs, keepMs } = policy.terms(about.subject);
  const dues: Due[] = [];
  if (track.signal === "pending") dues.push({ atMs: track.sinceMs + holdMs, apply: (atMs) => fire(state, about, atMs, policy) });
  if (track.signal === "recovering" && !track.flapping) dues.push({ atMs: track.sinceMs + keepMs, apply: (atMs) => clear(state, atMs) });
  if (track.flapping) {
    const still = { ...state, track: { ...track, recent: track.signal === "firing" ? "b" : "" } };
    dues.push({ atMs: track.turnedAtMs + FLAP_QUIET_MS, apply: (atMs) => endFlapping(still, about, atMs, policy) });
  }
  return dues;
}

function escalate(alert: Alert, atMs: number, policy: DutyPolicy): Alert {
  const next = chainOf(alert, policy)[alert.level + 1];
  const at = { kind: "escalated" as const, atMs, by: BY_SYSTEM };
  if (next !== undefined) {
    const escalateAtMs = policy.after(atMs, next.withinMs, alert.severity);
    const why = next.insteadOf === undefined ? "" : `, because nobody is ${ROLE_WORDS[next.insteadOf]}`;
    const note = `Unanswered. Told ${ROLE_WORDS[next.to]} as well${why}.`;
    return push(alert, { ...at, note }, { level: alert.level + 1, escalateAtMs, told: toldOf(alert, next) });
  }
  const againMs = policy.repeatAfterMs(alert.severity, alert.repeats + 1);
  const escalateAtMs = againMs === null ? null : policy.after(atMs, againMs, alert.severity);
  const note = "Still unanswered. Everybody of the chain was told again.";
  return push(alert, { ...at, note }, { repeats: alert.repeats + 1, escalateAtMs });
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
 * late, twice or never therefore changes nothing of the outcome. Evidence does so itself; whoever acts for a person must have
 * let time pass before.
 */
export function advance(before: AlertState, about: About, nowMs: number, policy: DutyPolicy): AlertState {
  let state = before;
  for (;;) {
    const due = duesOf(state, about, policy)[0];
    if (due === undefined || due.atMs > nowMs) return inPresentWords(before, state);
    state = due.apply(due.atMs);
  }
}
