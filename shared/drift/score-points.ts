import { carriedOver } from "./autocorrelation.ts";
import { varianceOf } from "./day-variance.ts";
import { expectedOn, type Baseline } from "./fit-baseline.ts";
import { mayCount, type Reading } from "./reading.ts";

/** A point as the detectors see it. */
export interface ScoredPoint extends Reading {
  /** What baseline and weekday expect, on the scale of scoring. */
  readonly expected: number;
  /** Standard deviation of a day of this size while nothing moves. */
  readonly sd: number;
  /** Distance from what is expected, in standard deviations. */
  readonly z: number;
  /** What of `z` the counted point before does not foretell, standardised: independent while nothing moves. */
  readonly fresh: number;
  /** How much of the one before is carried over: its correlation with this point. */
  readonly carry: number;
  /** Whether an alarm may rest on it: after the baseline, final, not left out. */
  readonly counted: boolean;
}

/** A wild day foretells the next no better than a far one. */
const FARTHEST_CARRIED = 4;

function clipped(z: number): number {
  return Math.max(-FARTHEST_CARRIED, Math.min(FARTHEST_CARRIED, z));
}

/**
 * Scores readings against a baseline: standardised distances, and what of each the one before does not foretell (a first-order
 * autoregression's one-step residual).
 *
 * @param readings in order of time.
 * @param lastAt the last day of the baseline, in days since 1970: later ones count.
 */
export function scorePoints(readings: readonly Reading[], baseline: Baseline, lastAt: number): ScoredPoint[] {
  let before: { readonly at: number; readonly z: number } | null = null;
  const scored: ScoredPoint[] = [];
  for (const reading of readings) {
    const expected = expectedOn(reading.weekday, baseline);
    const sd = Math.sqrt(varianceOf(baseline.variance, reading.size));
    const z = (reading.x - expected) / sd;
    const carry: number = before === null ? 0 : carriedOver(baseline.correlation, reading.at - before.at);
    const fresh = before === null ? z : (z - carry * clipped(before.z)) / Math.sqrt(1 - carry * carry);
    const final = mayCount(reading);
    scored.push({ ...reading, expected, sd, z, fresh, carry, counted: final && reading.at > lastAt });
    if (final) before = { at: reading.at, z };
  }
  return scored;
}
