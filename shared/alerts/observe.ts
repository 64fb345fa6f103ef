import { advance, clear, endFlapping, findingOf, fire, voidNote } from "./advance.ts";
import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { end, type Finding, regrade, reopen } from "./episode.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { isWorse, type SignalEvent } from "./signal-event.ts";
import { isOccurrence } from "./subject.ts";
import { type AlertState, inPresentWords, REMEMBERED_EVALUATIONS, type Track } from "./track.ts";

/** Kibana's and Nagios' numbers: four turns within twenty evaluations are flapping, two or fewer end it. */
const FLAPS_FROM = 4;
const FLAPS_UNTIL = 2;

function isActive(alert: Alert | null): alert is Alert {
  return alert !== null && alert.status !== "resolved";
}

/** Whatever was evaluated before what is remembered was clear. */
function turnsIn(recent: string): number {
  const turns = recent.padStart(REMEMBERED_EVALUATIONS, "c").matchAll(/b(?=c)|c(?=b)/gu);
  return [...turns].length;
}

/** No evidence: what stands goes on standing, its timers stop, and the alert says of when its figures are. */
function freeze({ track, alert }: AlertState, { nowMs }: SignalEvent): AlertState {
  if (track.signal === "ok" || track.frozenSinceMs !== null) return { track, alert };
  const frozen = { ...track, frozenSinceMs: nowMs };
  if (!isActive(alert)) return { track: frozen, alert };
  const note = "No data: what is shown is of the time before.";
  return { track: frozen, alert: push(alert, { kind: "frozen", atMs: nowMs, by: BY_SYSTEM, note }, { frozenSinceMs: nowMs }) };
}

function thaw(state: AlertState, { nowMs }: SignalEvent): AlertState {
  const { track, alert } = state;
  if (track.frozenSinceMs === null) return state;
  const stoodMs = nowMs - track.frozenSinceMs;
  const thawed = { ...track, frozenSinceMs: null, sinceMs: track.sinceMs + stoodMs, turnedAtMs: track.turnedAtMs + stoodMs };
  if (!isActive(alert)) return { track: thawed, alert };
  return {
    track: thawed,
    alert: push(alert, { kind: "thawed", atMs: nowMs, by: BY_SYSTEM, note: "Data again." }, { frozenSinceMs: null }),
  };
}

/** Remembers the evaluation, without the clear ones before the first breach. `between` is as what stands. */
function remember(state: AlertState, { signal, nowMs }: SignalEvent): AlertState {
  const { track } = state;
  const isBreach = signal === "between" ? track.signal === "firing" : signal !== "clear";
  const mark = isBreach ? "b" : "c";
  const recent = (track.recent + mark).slice(-REMEMBERED_EVALUATIONS).replace(/^c+/u, "");
  if (recent === track.recent) return state;
  const turned = mark !== (track.recent.at(-1) ?? "c");
  return { ...state, track: { ...track, recent, turnedAtMs: turned ? nowMs : track.turnedAtMs } };
}

/** The rule was changed while it spoke: what is true under both versions goes on, the rest ends by that reason. */
function underVersion(state: AlertState, event: SignalEvent): AlertState {
  const { track, alert } = state;
  const version = event.version ?? track.version;
  if (version === track.version || track.signal === "ok") return state;
  const now = { ...track, version };
  if (!isActive(alert) || track.version === 0) return { track: now, alert };
  if (event.signal !== "clear") {
    const note = `Judged under version ${version} of the agreement.`;
    return { track: now, alert: push(alert, { kind: "version-changed", atMs: event.nowMs, by: BY_SYSTEM, note }) };
  }
  const note = `Over under version ${version} of the agreement. ${event.headline}`;
  const over: Track = { ...now, signal: "ok", sinceMs: event.nowMs, severity: null, flapping: false };
  return { track: over, alert: end(alert, { kind: "rule-changed", atMs: event.nowMs, note }) };
}

function breach(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { signal, nowMs, headline, audience, party, subject } = event;
  if (signal === "clear" || signal === "between" || signal === "frozen") return state;
  const told: Track = {
    ...state.track,
    reasons: reasonsOf(state.track, event),
    severity: signal,
    headline,
    audience,
    party,
    version: event.version ?? state.track.version,
  };
  const { holdMs, ofLast } = policy.terms(subject);
  const isHeld = holdMs === 0 || event.final !== undefined || told.recent.slice(-ofLast.m).replaceAll("c", "").length >= ofLast.n;
  switch (told.signal) {
    case "ok":
    case "pending": {
      const pending: Track = told.signal === "pending" ? told : { ...told, signal: "pending", sinceMs: nowMs };
      return isHeld ? fire({ ...state, track: pending }, event, nowMs, policy) : { ...state, track: pending };
    }
    case "recovering":
    case "firing": {
      const { alert } = state;
      // What has happened once was seen; that it happens again is news.
      if (isOccurrence(subject) && !isActive(alert)) return fire({ ...state, track: told }, event, nowMs, policy);
      const firing: Track = told.signal === "firing" ? told : { ...told, signal: "firing", sinceMs: nowMs };
      return goOn({ track: firing, alert }, event, isOtherReason(state.track, event), policy);
    }
  }
}

/** Of a track that began without a reason, as in a former release, the first that is heard is none that has changed. */
function reasonsOf({ signal, reasons }: Track, { reason }: SignalEvent): string[] | undefined {
  const isGoingOn = signal === "firing" || signal === "recovering";
  return isGoingOn && reasons !== undefined ? reasons : reason === undefined ? undefined : [reason];
}

function isOtherReason({ reasons }: Track, { reason }: SignalEvent): boolean {
  return reason !== undefined && reasons?.includes(reason) === false;
}

/** What stands goes on. A reason that is told counts as told for the rest of the episode. */
function goOn({ track, alert }: AlertState, event: SignalEvent, isNews: boolean, policy: DutyPolicy): AlertState {
  if (alert === null) return { track, alert };
  const after = stillFiring(alert, { ...findingOf(track, event.nowMs), isNews }, policy);
  const { reason } = event;
  if (!isNews || reason === undefined || after === alert) return { track, alert: after };
  return { track: { ...track, reasons: [...(track.reasons ?? []), reason] }, alert: after };
}

/** A breach goes on. Somebody may have closed it meanwhile: then what is worse than they knew opens it again, or for another reason as bad. */
function stillFiring(alert: Alert, finding: Finding, policy: DutyPolicy): Alert {
  const { severity, headline: note, atMs, flapping, isNews = false } = finding;
  const isMore = isWorse(severity, alert.severity) || (isNews && severity === alert.severity);
  if (alert.status === "resolved") return isMore ? reopen(alert, finding, policy) : alert;
  const isAgain = alert.signal === "recovering" && !flapping;
  const firing = isAgain ? push(alert, { kind: "firing-again", atMs, by: BY_SYSTEM, note }, { signal: "firing" }) : alert;
  return regrade(firing, finding, policy);
}

/** What was pending did not hold. */
function subside({ track, alert }: AlertState, { nowMs }: SignalEvent): AlertState {
  return { track: { ...track, signal: "ok", sinceMs: nowMs, severity: null }, alert };
}

function recover(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { nowMs, headline, subject, final: evidence } = event;
  const { signal } = state.track;
  if (signal === "ok") return state;
  if (signal === "pending") return subside(state, event);
  const { flapping } = state.track;
  const track: Track = { ...state.track, headline };
  if (evidence !== undefined) return clear({ ...state, track }, nowMs, correction(track, event) === null ? "resolved" : "voided");
  if (signal === "recovering") return { ...state, track };
  if (policy.terms(subject).keepMs === 0 && !flapping) return clear({ ...state, track }, nowMs);
  const recovering: Track = { ...track, signal: "recovering", sinceMs: nowMs };
  if (!isActive(state.alert) || flapping) return { track: recovering, alert: state.alert };
  const note = "Past its recovery level; over when that has held.";
  return {
    track: recovering,
    alert: push(state.alert, { kind: "recovering", atMs: nowMs, by: BY_SYSTEM, note }, { signal: "recovering" }),
  };
}

function flap(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { track, alert } = state;
  const turns = turnsIn(track.recent);
  if (track.flapping) return turns > FLAPS_UNTIL ? state : endFlapping(state, event, event.nowMs, policy);
  const isStanding = track.signal === "firing" || track.signal === "recovering";
  if (!isStanding || turns < FLAPS_FROM || event.final !== undefined) return state;
  const flapping: Track = { ...track, flapping: true };
  if (!isActive(alert)) return { track: flapping, alert };
  const note = `Went up and down ${turns} times within ${REMEMBERED_EVALUATIONS} evaluations. You hear of it when it gets worse or is over.`;
  return { track: flapping, alert: push(alert, { kind: "flap-started", atMs: event.nowMs, by: BY_SYSTEM, note }, { flapping: true }) };
}

/** What corrected data say of a breach that was told of a closed window. */
function correction({ final: told }: Track, { final: evidence, signal }: SignalEvent): "confirmed" | "voided" | null {
  if (evidence === undefined || told?.is !== "breach" || told.evidence === evidence) return null;
  return signal === "clear" ? "voided" : "confirmed";
}

/** A window that had closed is judged anew: what was said of it is confirmed or void, never deleted. */
function restate(before: Track, state: AlertState, event: SignalEvent): AlertState {
  const { final: evidence, signal, nowMs, headline } = event;
  if (evidence === undefined || signal === "between" || signal === "frozen") return state;
  const track: Track = { ...state.track, final: { is: signal === "clear" ? "clear" : "breach", evidence } };
  const { alert } = state;
  const kind = correction(before, event);
  // Another version of the agreement is no correction of the data.
  const isOtherRule = before.version !== 0 && before.version !== (event.version ?? before.version);
  if (alert === null || kind === null || isOtherRule || alert.history.at(-1)?.kind === "voided") return { track, alert };
  const note = kind === "confirmed" ? `Confirmed by corrected data. ${headline}` : voidNote(headline);
  return { track, alert: push(alert, { kind, atMs: nowMs, by: BY_SYSTEM, note }, { restated: kind }) };
}

function moved(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  if (event.signal === "clear") return recover(state, event, policy);
  return event.signal === "between" && state.track.signal === "pending" ? subside(state, event) : breach(state, event, policy);
}

/**
 * Moves one fingerprint by one piece of evidence, after everything that was due before it.
 *
 * @param before its signal and its latest episode.
 * @returns the same alert where nothing happens to it. What happened is the history of the alert after `before.alert.seq`, or all
 *   of it if the alert is another; a resolved episode is opened again only within its time, else the next breach is the next.
 */
export function observe(before: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const passed = advance(before, event, event.nowMs, policy);
  if (event.signal === "frozen") return freeze(passed, event);
  const ready = underVersion(remember(thaw(passed, event), event), event);
  return inPresentWords(passed, restate(passed.track, flap(moved(ready, event, policy), event, policy), event));
}
