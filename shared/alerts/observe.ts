import { advance, clear, endFlapping, fire } from "./advance.ts";
import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { end, regrade, reopen } from "./episode.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { isWorse, type SignalEvent } from "./signal-event.ts";
import { type AlertState, REMEMBERED_EVALUATIONS, type Track } from "./track.ts";

/** Kibana's and Nagios' numbers: four turns within twenty evaluations are flapping, two or fewer end it. */
const FLAPS_FROM = 4;
const FLAPS_UNTIL = 2;

function isActive(alert: Alert | null): alert is Alert {
  return alert !== null && alert.status !== "resolved";
}

function turnsIn(recent: string): number {
  return [...recent].filter((mark, i) => i > 0 && mark !== recent[i - 1]).length;
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
  const thawed = { ...track, frozenSinceMs: null, sinceMs: track.sinceMs + (nowMs - track.frozenSinceMs) };
  if (!isActive(alert)) return { track: thawed, alert };
  return {
    track: thawed,
    alert: push(alert, { kind: "thawed", atMs: nowMs, by: BY_SYSTEM, note: "Data again." }, { frozenSinceMs: null }),
  };
}

/** Remembers the evaluation; `between` says as much as the one before it. */
function remember(state: AlertState, { signal, nowMs }: SignalEvent): AlertState {
  const { track } = state;
  const last = track.recent.at(-1);
  const mark = signal === "between" ? (last ?? "c") : signal === "clear" ? "c" : "b";
  const recent = (track.recent + mark).slice(-REMEMBERED_EVALUATIONS);
  const turned = mark !== (last ?? "c");
  return { ...state, track: { ...track, recent, turnedAtMs: turned ? nowMs : track.turnedAtMs } };
}

/** The rule was changed while it spoke: what is true under both versions goes on, the rest ends by that reason. */
function underVersion(state: AlertState, event: SignalEvent): AlertState {
  const { track, alert } = state;
  const version = event.version ?? track.version;
  if (version === track.version) return state;
  const now = { ...track, version };
  if (!isActive(alert) || track.version === 0) return { track: now, alert };
  const note =
    event.signal === "clear"
      ? `Over under version ${version} of the agreement. ${event.headline}`
      : `Judged under version ${version} of the agreement.`;
  if (event.signal !== "clear")
    return { track: now, alert: push(alert, { kind: "version-changed", atMs: event.nowMs, by: BY_SYSTEM, note }) };
  const over: Track = { ...now, signal: "ok", sinceMs: event.nowMs, severity: null, flapping: false };
  return { track: over, alert: end(alert, { kind: "rule-changed", atMs: event.nowMs, note }) };
}

function breach(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { signal, nowMs, headline, audience, subject } = event;
  if (signal === "clear" || signal === "between" || signal === "frozen") return state;
  const told: Track = { ...state.track, severity: signal, headline, audience };
  const finding = { severity: signal, headline, audience, atMs: nowMs };
  const { holdMs, ofLast } = policy.terms(subject);
  const isHeld =
    holdMs === 0 || event.final !== undefined || [...told.recent.slice(-ofLast.m)].filter((mark) => mark === "b").length >= ofLast.n;
  switch (told.signal) {
    case "ok":
    case "pending": {
      const pending: Track = told.signal === "pending" ? told : { ...told, signal: "pending", sinceMs: nowMs };
      return isHeld ? fire({ ...state, track: pending }, event, nowMs, policy) : { ...state, track: pending };
    }
    case "recovering":
      return fire({ ...state, track: told }, event, nowMs, policy);
    case "firing":
      return { track: told, alert: state.alert === null ? null : stillFiring(state.alert, finding, policy) };
  }
}

/** A breach goes on. Somebody may have closed it meanwhile: then only what is worse than they knew opens it again. */
function stillFiring(alert: Alert, finding: Parameters<typeof regrade>[1], policy: DutyPolicy): Alert {
  if (alert.status !== "resolved") return regrade(alert, finding, policy);
  return isWorse(finding.severity, alert.severity) ? reopen(alert, finding, policy) : alert;
}

function recover(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { nowMs, headline, subject } = event;
  const track: Track = { ...state.track, headline };
  switch (track.signal) {
    case "ok":
      return state;
    case "pending":
      return { ...state, track: { ...track, signal: "ok", sinceMs: nowMs, severity: null } };
    case "recovering":
      return { ...state, track };
    case "firing": {
      const atOnce = event.final !== undefined || (policy.terms(subject).keepMs === 0 && !track.flapping);
      if (atOnce || !isActive(state.alert)) return clear({ ...state, track }, nowMs);
      const note = "Past its recovery level; over when that has held.";
      const alert = push(state.alert, { kind: "recovering", atMs: nowMs, by: BY_SYSTEM, note }, { signal: "recovering" });
      return { track: { ...track, signal: "recovering", sinceMs: nowMs }, alert };
    }
  }
}

function flap(state: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const { track, alert } = state;
  const turns = turnsIn(track.recent);
  if (!track.flapping && turns >= FLAPS_FROM && isActive(alert) && event.final === undefined) {
    const note = `Went up and down ${turns} times within ${track.recent.length} evaluations; you hear of it again when it settles.`;
    const at = { kind: "flap-started" as const, atMs: event.nowMs, by: BY_SYSTEM, note };
    return { track: { ...track, flapping: true }, alert: push(alert, at, { flapping: true }) };
  }
  if (!track.flapping || turns > FLAPS_UNTIL) return state;
  return advance(endFlapping(state, event.nowMs), event, event.nowMs, policy);
}

/** A window that had closed is judged anew: what was said of it is confirmed or void, never deleted. */
function restate(before: Track, state: AlertState, event: SignalEvent): AlertState {
  const { final: evidence, signal, nowMs, headline } = event;
  if (evidence === undefined || signal === "between" || signal === "frozen") return state;
  const is = signal === "clear" ? "clear" : "breach";
  const track: Track = { ...state.track, final: { is, evidence } };
  const { alert } = state;
  const told = before.final;
  if (alert === null || told === null || told.is !== "breach" || told.evidence === evidence) return { track, alert };
  const note = is === "breach" ? `Confirmed by corrected data. ${headline}` : `Void: corrected data say otherwise. ${headline}`;
  const kind = is === "breach" ? "confirmed" : "voided";
  return { track, alert: push(alert, { kind, atMs: nowMs, by: BY_SYSTEM, note }, { restated: kind }) };
}

/**
 * Moves one fingerprint by one piece of evidence, after everything that was due before it.
 *
 * @param before its signal and its latest episode.
 * @returns the same objects where nothing changes. What happened is the history of the alert after `before.alert.seq`; a
 *   resolved episode is opened again only within its time, else the next breach is the next episode.
 */
export function observe(before: AlertState, event: SignalEvent, policy: DutyPolicy): AlertState {
  const passed = advance(before, event, event.nowMs, policy);
  if (event.signal === "frozen") return freeze(passed, event);
  const ready = underVersion(remember(thaw(passed, event), event), event);
  const moved = event.signal === "clear" ? recover(ready, event, policy) : breach(ready, event, policy);
  return restate(passed.track, flap(moved, event, policy), event);
}
