import type { Detector } from "./drift-view.ts";
import { bankAlarm, bankStep, emptyBank, type BankState } from "./cusum-bank.ts";
import { eEvidence, emptyEDetector, eStep, type EState } from "./e-detector.ts";
import { logLikelihoodRatio, movedChance } from "./event-alternatives.ts";
import type { ScoredPoint } from "./score-points.ts";
import type { BankRules, EventRules, WatchRules } from "./watch-rules.ts";

/** Watching for a drift. */
interface Watching {
  readonly phase: "watching";
  readonly bank: BankState;
  readonly bets: EState;
}

/** Waiting for a drift to end: the evidence that the level is back, and since which day it has grown. */
interface Drifting {
  readonly phase: "drifting";
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly raisedOn: string;
  /** How far the level had moved when the alarm came, in standard deviations; 0.5 to 3. */
  readonly shift: number;
  readonly back: number;
  readonly backSince: string | null;
}

/** Where the watching of a series stands after a point. Plain data: a snapshot of it is its JSON. */
export type WatchState = Watching | Drifting;

/** What a point did. */
export type WatchEvent =
  | { readonly kind: "raised"; readonly direction: "up" | "down"; readonly by: Detector }
  | { readonly kind: "ended"; readonly backSince: string };

export interface WatchStep {
  readonly state: WatchState;
  readonly event: WatchEvent | null;
}

/** Odds of 100 to 1 that the level is back at the baseline rather than where the alarm found it. */
const BACK_FOR_GOOD = Math.log(100);
const [LEAST_SHIFT, MOST_SHIFT] = [0.5, 3];

/** The state before the first counted point, and after the end of a drift. */
export function startWatching(rules: WatchRules): Watching {
  if (rules.by === "bank") return { phase: "watching", bank: emptyBank(rules.arms), bets: [] };
  return { phase: "watching", bank: [], bets: emptyEDetector(rules.alternatives.length) };
}

interface Alarm {
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly shift: number;
}

function bankDecides(bank: BankState, point: ScoredPoint, rules: BankRules): Alarm | null {
  const crossed = bankAlarm(bank, rules.arms);
  if (crossed !== null) return { ...crossed, by: "bank" };
  if (Math.abs(point.z) < rules.gross) return null;
  return { direction: point.z > 0 ? "up" : "down", by: "gross", shift: MOST_SHIFT };
}

function ratiosOf(point: ScoredPoint, { alternatives, kind, damping }: EventRules): number[] {
  const floor = 1e-9;
  const was = Math.max(floor, kind === "rate" ? point.expected : Math.min(1 - floor, point.expected));
  const day = { events: point.x * point.size, size: point.size };
  return alternatives.map(({ factor }) => Math.exp(logLikelihoodRatio(day, kind, { was, is: movedChance(was, factor, kind) }) / damping));
}

function eventsDecide(bets: EState, rules: EventRules): Alarm | null {
  if (eEvidence(bets) < rules.threshold) return null;
  const best = rules.alternatives[bets.indexOf(Math.max(...bets))];
  return best === undefined ? null : { direction: best.direction, by: rules.by, shift: best.shift };
}

function watchOn(state: Watching, point: ScoredPoint, rules: WatchRules): WatchStep {
  const next: Watching =
    rules.by === "bank"
      ? { ...state, bank: bankStep(state.bank, point.fresh, rules.arms) }
      : { ...state, bets: eStep(state.bets, ratiosOf(point, rules)) };
  const alarm = rules.by === "bank" ? bankDecides(next.bank, point, rules) : eventsDecide(next.bets, rules);
  if (alarm === null) return { state: next, event: null };
  const { direction, by } = alarm;
  const shift = Math.max(LEAST_SHIFT, Math.min(MOST_SHIFT, alarm.shift));
  const drifting: Drifting = { phase: "drifting", direction, by, raisedOn: point.point.day, shift, back: 0, backSince: null };
  return { state: drifting, event: { kind: "raised", direction, by } };
}

/** Page's CUSUM of "back at the baseline" against "still where the alarm found it", in units of log-likelihood. */
function waitForEnd(state: Drifting, point: ScoredPoint, rules: WatchRules): WatchStep {
  const inDirection = state.direction === "up" ? point.fresh : -point.fresh;
  const back = Math.max(0, state.back + state.shift * (state.shift / 2 - inDirection));
  const backSince = back > 0 ? (state.backSince ?? point.point.day) : null;
  if (back < BACK_FOR_GOOD || backSince === null) return { state: { ...state, back, backSince }, event: null };
  return { state: startWatching(rules), event: { kind: "ended", backSince } };
}

/** Folds one point into the watching of a series. Points that do not count change nothing. */
export function watchStep(state: WatchState, point: ScoredPoint, rules: WatchRules): WatchStep {
  if (!point.counted) return { state, event: null };
  return state.phase === "watching" ? watchOn(state, point, rules) : waitForEnd(state, point, rules);
}
