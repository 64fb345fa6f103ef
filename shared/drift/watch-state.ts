import { bankAlarm, bankStep, emptyBank, type BankState } from "./cusum-bank.ts";
import type { Detector } from "./drift-view.ts";
import { eEvidence, emptyEDetector, eStep, type EState } from "./e-detector.ts";
import { eventRatios, NO_EVENTS, type LearnedEvents } from "./learned-events.ts";
import { exactScore, NOTHING_LEARNED, type LearnedLevel } from "./learned-level.ts";
import type { ScoredPoint } from "./score-points.ts";
import { NO_SLOW_MEAN, slowScore, slowStep, type SlowMean } from "./slow-mean.ts";
import type { BankRules, EventRules, WatchRules } from "./watch-rules.ts";

/** Watching for a drift. */
interface Watching {
  readonly phase: "watching";
  readonly bank: BankState;
  readonly bets: EState;
  readonly learned: LearnedLevel;
  readonly events: LearnedEvents;
  readonly slow: SlowMean;
}

/** Waiting for a drift to end: the evidence that the level is back, and since which day it has grown. */
interface Drifting {
  readonly phase: "drifting";
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly raisedOn: string;
  /** How far the level seemed to have moved when the alarm came, drawn towards nothing, in standard deviations; 0.5 to 3. */
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

/** Odds of 500 to 1 that the level is back at the baseline rather than where the alarm found it. */
const BACK_FOR_GOOD = Math.log(500);
const [LEAST_SHIFT, MOST_SHIFT] = [0.5, 3];
/** The bank takes no single day for more than this. */
const WILD = 4;

/** The state before the first counted point, and after the end of a drift: nothing but the baseline is known. */
export function startWatching(rules: WatchRules): Watching {
  const learned = { learned: NOTHING_LEARNED, events: NO_EVENTS, slow: NO_SLOW_MEAN };
  if (rules.by === "bank") return { phase: "watching", bank: emptyBank(rules.arms), bets: [], ...learned };
  return { phase: "watching", bank: [], bets: emptyEDetector(rules.alternatives.length), ...learned };
}

interface Alarm {
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly shift: number;
}

function creeping(slow: SlowMean, rules: WatchRules): Alarm | null {
  const score = slowScore(slow, rules.doubt, rules.slow);
  return Math.abs(score) < rules.slow.limit ? null : { direction: score > 0 ? "up" : "down", by: rules.by, shift: Math.abs(slow.mean) };
}

interface Decided {
  readonly state: Watching;
  readonly alarm: Alarm | null;
}

function bankDecides(state: Watching, point: ScoredPoint, rules: BankRules): Decided {
  const { score, alone, learned } = exactScore(point, state.learned, rules.doubt);
  const bank = bankStep(state.bank, Math.max(-WILD, Math.min(WILD, score)), rules.arms);
  const next = { ...state, bank, learned, slow: slowStep(state.slow, point) };
  const crossed = bankAlarm(bank, rules.arms);
  if (crossed !== null)
    return { state: next, alarm: { direction: crossed.direction, by: "bank", shift: (crossed.shift * crossed.days) / (crossed.days + 1) } };
  if (Math.abs(alone) < rules.gross) return { state: next, alarm: creeping(next.slow, rules) };
  return { state: next, alarm: { direction: alone > 0 ? "up" : "down", by: "gross", shift: MOST_SHIFT } };
}

function eventsDecide(state: Watching, point: ScoredPoint, rules: EventRules): Decided {
  const { ratios, learned } = eventRatios(point, state.events, rules);
  const bets = eStep(state.bets, ratios, "best");
  const next = { ...state, bets, events: learned, slow: slowStep(state.slow, point) };
  const best = rules.alternatives[bets.indexOf(Math.max(...bets))];
  const evidence = eEvidence(
    bets,
    rules.alternatives.map(({ weight }) => weight),
  );
  if (evidence < rules.threshold || best === undefined) return { state: next, alarm: creeping(next.slow, rules) };
  return { state: next, alarm: { direction: best.direction, by: rules.by, shift: best.shift } };
}

function watchOn(state: Watching, point: ScoredPoint, rules: WatchRules): WatchStep {
  const { state: next, alarm } = rules.by === "bank" ? bankDecides(state, point, rules) : eventsDecide(state, point, rules);
  if (alarm === null) return { state: next, event: null };
  const { direction, by } = alarm;
  const shift = Math.max(LEAST_SHIFT, Math.min(MOST_SHIFT, alarm.shift));
  const drifting: Drifting = { phase: "drifting", direction, by, raisedOn: point.point.day, shift, back: 0, backSince: null };
  return { state: drifting, event: { kind: "raised", direction, by } };
}

/** How much likelier a point is at the baseline than where the alarm found the level (natural logarithm). */
function backBy(state: Drifting, point: ScoredPoint, rules: WatchRules): number {
  if (rules.by === "bank") {
    const inDirection = state.direction === "up" ? point.fresh : -point.fresh;
    return state.shift * (state.shift / 2 - inDirection);
  }
  // A day without any event is usual: its distance in standard deviations would end a drift of few events after two of them.
  const { ratios } = eventRatios(point, NO_EVENTS, rules);
  const apart = rules.alternatives.map(({ direction, shift }) =>
    direction === state.direction ? Math.abs(shift - state.shift) : Infinity,
  );
  return -Math.log(ratios[apart.indexOf(Math.min(...apart))] ?? 1);
}

/** Page's CUSUM of "back at the baseline" against "still where the alarm found it", in units of log-likelihood. */
function waitForEnd(state: Drifting, point: ScoredPoint, rules: WatchRules): WatchStep {
  const back = Math.max(0, state.back + backBy(state, point, rules));
  const backSince = back > 0 ? (state.backSince ?? point.point.day) : null;
  if (back < BACK_FOR_GOOD || backSince === null) return { state: { ...state, back, backSince }, event: null };
  return { state: startWatching(rules), event: { kind: "ended", backSince } };
}

/** Folds one point into the watching of a series. Points that do not count change nothing. */
export function watchStep(state: WatchState, point: ScoredPoint, rules: WatchRules): WatchStep {
  if (!point.counted) return { state, event: null };
  return state.phase === "watching" ? watchOn(state, point, rules) : waitForEnd(state, point, rules);
}
