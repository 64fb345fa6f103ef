import { bankThresholds, type BankPromise } from "./bank-thresholds.ts";
import { baselineErrors, type BaselineError, type KnownBaseline } from "./baseline-errors.ts";
import type { BankArm } from "./cusum-bank.ts";
import { armRunLength, shakenAlarmRate } from "./shaken-run-length.ts";

/** What the promise is to hold against. */
export interface GuardedPromise extends BankPromise, KnownBaseline {
  /**
   * `nine-in-ten`: nine of ten baselines give the promised run length or a longer one. `average`: over all baselines together there are
   * no more false alarms than promised.
   */
  readonly guarantee: "average" | "nine-in-ten";
}

const NINE_IN_TEN = 0.9;
/** What is used of the promised false alarms; the rest is for what the approximation may be wrong by. */
const RESERVE = 0.92;
/** A bank that must be calibrated for rarer alarms than this is of no use. */
const MOST_RUN_LENGTH = 1e8;
/** An arm is given up only where the others then find shifts 5 % sooner. */
const WORTHWHILE = 0.05;
/** Leave an error of half a per cent in the run length. */
const HALVINGS = 12;
/** Which arm a bank may begin with. */
const SLOWEST = [0.125, 0.25, 0.5, 1] as const;
/** Shifts whose delays decide which arms stay, in standard deviations. */
const SHIFTS = [0.25, 0.5, 0.75, 1, 1.5, 2] as const;

/** The rate that nine of ten baselines do not exceed, between two cases on the logarithm; or the mean of all. */
function guardedRate(
  errors: readonly BaselineError[],
  rateOf: (error: BaselineError) => number,
  guarantee: GuardedPromise["guarantee"],
): number {
  if (guarantee === "average") return errors.reduce((sum, error) => sum + rateOf(error) * error.weight, 0);
  const rates = errors.map((error) => ({ log: Math.log(rateOf(error)), weight: error.weight })).toSorted((a, b) => a.log - b.log);
  let [below, before] = [0, { log: -Infinity, place: 0 }];
  for (const { log, weight } of rates) {
    const place = below + weight / 2;
    if (place >= NINE_IN_TEN) return Math.exp(before.log + ((log - before.log) * (NINE_IN_TEN - before.place)) / (place - before.place));
    [below, before] = [below + weight, { log, place }];
  }
  return Infinity;
}

/** Arms without the slowest ones, calibrated so that the promise holds; none when no calibration does it. */
function guardedPart(promise: GuardedPromise, errors: readonly BaselineError[], slowest: number): readonly BankArm[] {
  const { runLength, sides, guarantee } = promise;
  const holds = (aim: number): boolean =>
    guardedRate(errors, shakenAlarmRate({ runLength: aim, sides, slowest }), guarantee) * runLength <= RESERVE;
  let [low, high] = [Math.log(runLength / 4 < 10 ? 10 : runLength / 4), Math.log(MOST_RUN_LENGTH)];
  if (!holds(MOST_RUN_LENGTH)) return [];
  for (let pass = 0; pass < HALVINGS; pass++) {
    const middle = (low + high) / 2;
    if (holds(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return bankThresholds({ runLength: Math.exp(high), sides }).filter(({ k }) => k >= slowest);
}

/** Mean logarithm of the delays over the usual shifts, each found by the arm that is quickest for it. */
function slowness(arms: readonly BankArm[]): number {
  if (arms.length === 0) return Infinity;
  const delays = SHIFTS.map((offset) => Math.min(...arms.map((arm) => armRunLength(arm, { offset, scale: 1 }))));
  return delays.reduce((sum, delay) => sum + Math.log(delay), 0) / delays.length;
}

/**
 * Arms of a bank of CUSUMs whose promised run length holds although the mean and the standard deviation of the baseline are estimated
 * (after Gandy and Kvaloy 2013, Scandinavian J. of Statistics 40:647; their bootstrap of normal subgroups is done by quadrature). A
 * baseline that is off by as much as a slow arm looks for sets that arm off for sure, and no threshold mends it: of the banks with and
 * without their slowest arms the one is taken that finds shifts from 0.25 to 2 soonest.
 *
 * @param promise run length (10 to 1e6), sides, guarantee, and what is known of the baseline.
 * @returns the arms in the order of k, at least one; in less than 50 ms. With a baseline without error those of `bankThresholds`.
 * @throws RangeError when a part is out of range, or the baseline is too short for any bank to keep the promise.
 */
export function guardedThresholds(promise: GuardedPromise): readonly BankArm[] {
  const errors = baselineErrors(promise)
    .filter(({ offset }) => promise.sides === 1 || offset >= 0)
    .map((error) => (promise.sides === 2 && error.offset > 0 ? { ...error, weight: 2 * error.weight } : error));
  let best: readonly BankArm[] = [];
  for (const slowest of SLOWEST) {
    const arms = guardedPart(promise, errors, slowest);
    if (slowness(arms) < slowness(best) - WORTHWHILE) best = arms;
  }
  if (best.length === 0) {
    throw new RangeError(`${promise.subgroups} subgroups are too few to promise a run length of ${promise.runLength}`);
  }
  return best;
}
