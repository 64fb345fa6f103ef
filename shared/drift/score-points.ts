import { varianceOf } from "./day-variance.ts";
import { expectedOn, type Baseline } from "./fit-baseline.ts";
import { mayCount, type Reading } from "./reading.ts";

/** The final point before another. */
export interface Predecessor {
  readonly z: number;
  /** Usual steps between the two. */
  readonly steps: number;
}

/** A point as the detectors see it. */
export interface ScoredPoint extends Reading {
  /** What baseline and weekday expect, on the scale of scoring. */
  readonly expected: number;
  /** Standard deviation of a day of this size while nothing moves. */
  readonly sd: number;
  /** Distance from what is expected, in standard deviations. */
  readonly z: number;
  /** The final point before it, where one lies a whole number of usual steps back. */
  readonly before: Predecessor | null;
  /** What of `z` that point does not foretell, standardised: independent while nothing moves. */
  readonly fresh: number;
  /** How much of the one before is carried over: its correlation with this point. */
  readonly carry: number;
  /** Whether an alarm may rest on it: after the baseline, final, not left out. */
  readonly counted: boolean;
}

/** A wild day foretells the next no better than a far one. */
const FARTHEST_CARRIED = 4;

function predecessor(at: number, before: { readonly at: number; readonly z: number } | null, step: number): Predecessor | null {
  if (before === null) return null;
  const steps = (at - before.at) / step;
  return Number.isInteger(steps) ? { z: Math.max(-FARTHEST_CARRIED, Math.min(FARTHEST_CARRIED, before.z)), steps } : null;
}

/** How much of the point before is carried over at a correlation of neighbours: correlation ^ steps. */
export function carryOf({ before }: Pick<ScoredPoint, "before">, correlation: number): number {
  return before === null || correlation <= 0 ? 0 : correlation ** before.steps;
}

/** What of a point the one before does not foretell, standardised (the one-step residual of a first-order autoregression). */
export function freshOf({ z, before }: Pick<ScoredPoint, "z" | "before">, carry: number): number {
  return before === null ? z : (z - carry * before.z) / Math.sqrt(1 - carry * carry);
}

/**
 * Scores readings against a baseline: standardised distances, and what of each the one before does not foretell.
 *
 * @param readings in order of time.
 * @param lastAt the last day of the baseline, in days since 1970: later ones count.
 */
export function scorePoints(readings: readonly Reading[], baseline: Baseline, lastAt: number): ScoredPoint[] {
  const { correlation, variance } = baseline;
  let last: { readonly at: number; readonly z: number } | null = null;
  const scored: ScoredPoint[] = [];
  for (const reading of readings) {
    const expected = expectedOn(reading.weekday, baseline);
    const sd = Math.sqrt(varianceOf(variance, reading.size));
    const z = (reading.x - expected) / sd;
    const before = predecessor(reading.at, last, correlation.step);
    const carry = carryOf({ before }, correlation.used);
    const final = mayCount(reading);
    scored.push({
      ...reading,
      expected,
      sd,
      z,
      before,
      carry,
      fresh: freshOf({ z, before }, carry),
      counted: final && reading.at > lastAt,
    });
    if (final) last = { at: reading.at, z };
  }
  return scored;
}
