import { expectedSteps } from "./expected-steps.ts";

/** A CUSUM over counts: S = max(0, S + count - k), alarm when S reaches h. */
export interface PoissonCusum {
  /** Allowance, at least 0, and threshold, above 0: whole multiples of 1 / `grain`. */
  readonly k: number;
  readonly h: number;
  /** Where it starts, 0 to below h, a multiple as well; 0 when left out. */
  readonly start?: number;
  /** Into how many parts one event is divided, 1 when left out: 4 for an allowance of 1.25. */
  readonly grain?: number;
}

/** A CUSUM over single units: a failure adds `up`, a pass takes 1 away, never below 0; alarm when the sum reaches h. */
export interface BernoulliCusum {
  /** A whole number from 1. */
  readonly up: number;
  /** A whole number from 1, at most 5,000. */
  readonly h: number;
  /** Where it starts, a whole number from 0 to below h; 0 when left out. */
  readonly start?: number;
}

function whole(value: number, name: string, from: number): number {
  const near = Math.round(value);
  if (!(Math.abs(value - near) < 1e-9 && near >= from && near <= 5_000)) {
    throw new RangeError(`${name} is a whole number of steps from ${from} to 5,000, not ${value}`);
  }
  return near;
}

/** Probabilities of 0, 1, ... up to `most` events. */
function poissonProbabilities(mean: number, most: number): Float64Array {
  const probabilities = new Float64Array(most + 1);
  let log = -mean;
  for (let count = 0; count <= most; count++) {
    probabilities[count] = Math.exp(log);
    log += Math.log(mean / (count + 1));
  }
  return probabilities;
}

/**
 * Average run length of a Poisson CUSUM, by the exact Markov chain of its sums (Brook and Evans 1972, Biometrika 59:539;
 * Lucas 1985, Technometrics 27:129).
 *
 * @param design allowance, threshold and start in events.
 * @param mean events expected in each interval, above 0, from the first.
 * @returns intervals until the alarm, it included; relative error 1e-15 times the run length.
 *   Example: k = 2, h = 5 gives 1903.543 at mean 1 and 5.366 at 3; starting at 3 (fast initial response) 1833.484 and 2.934.
 * @throws RangeError when a part is out of range or no multiple of the grain.
 */
export function poissonCusumRunLength({ k, h, start = 0, grain = 1 }: PoissonCusum, mean: number): number {
  const states = whole(h * grain, "h", 1);
  const [allowance, first] = [whole(k * grain, "k", 0), whole(start * grain, "the start", 0)];
  if (!(mean > 0)) throw new RangeError(`the mean is above 0, not ${mean}`);
  if (first >= states) throw new RangeError("the start lies below h");
  const probabilities = poissonProbabilities(mean, Math.floor((states + allowance) / grain));
  const moves = Array.from({ length: states }, (_, from) => {
    const row = new Float64Array(states);
    for (const [count, probability] of probabilities.entries()) {
      const to = Math.max(0, from + count * grain - allowance);
      if (to < states) row[to] = (row[to] ?? 0) + probability;
    }
    return row;
  });
  return expectedSteps(moves)[first] ?? 1;
}

/**
 * Average run length of a Bernoulli CUSUM, by the exact Markov chain of its sums (Reynolds and Stoumbos 1999, J. Quality
 * Technology 31:87).
 *
 * @param design what a failure adds, and the threshold; a failure rate of about 1 / (up + 1) lies between usual and bad.
 * @param chance probability that a unit fails, above 0 and at most 1, from the first.
 * @returns units until the alarm, it included; relative error 1e-15 times the run length.
 *   Example: up = 6, h = 31 gives 1043.606 at 0.1 and 63.084 at 0.2.
 * @throws RangeError when a part is out of range.
 */
export function bernoulliCusumRunLength({ up, h, start = 0 }: BernoulliCusum, chance: number): number {
  const [states, step, first] = [whole(h, "h", 1), whole(up, "up", 1), whole(start, "the start", 0)];
  if (!(chance > 0 && chance <= 1)) throw new RangeError(`a chance lies above 0 and at most at 1, not at ${chance}`);
  if (first >= states) throw new RangeError("the start lies below h");
  const moves = Array.from({ length: states }, (_, from) => {
    const row = new Float64Array(states);
    row[Math.max(0, from - 1)] = 1 - chance;
    if (from + step < states) row[from + step] = chance;
    return row;
  });
  return expectedSteps(moves)[first] ?? 1;
}
