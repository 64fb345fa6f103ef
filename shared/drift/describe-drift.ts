import { varianceOf } from "./day-variance.ts";
import type { DriftPoint, WorseSide } from "./drift-point.ts";
import type { FoundDrift } from "./drift-view.ts";
import { driftSize } from "./drift-size.ts";
import type { Baseline } from "./fit-baseline.ts";
import { unscaled } from "./reading.ts";
import type { DriftEpisode } from "./run-watch.ts";

/** Brings a shift on the scale of scoring to the metric's own unit, as a distance from the baseline's level. */
function distance(shift: number, { level, kind }: Baseline): number {
  return unscaled(level + shift, kind) - unscaled(level, kind);
}

/** What people are told of a drift: when, how far, and what the figure is now. */
export function describeDrift(episode: DriftEpisode, baseline: Baseline, worse: WorseSide): FoundDrift {
  const { direction, by, raisedOn, endedOn, onset, moved } = episode;
  const usual = Math.sqrt(varianceOf(baseline.variance, baseline.size));
  const { estimate, low, high } = driftSize(onset, usual, baseline.levelVariance);
  const sum = (of: (point: DriftPoint) => number): number => moved.reduce((total, { point }) => total + of(point), 0);
  const value = sum(({ num }) => num) / sum(({ n }) => n);
  return {
    direction,
    worse: worse === "both" || worse === direction,
    by,
    raisedOn,
    onset: { day: onset.best.point.point.day, from: onset.from.point.day, to: onset.to.point.day },
    size: { estimate: distance(estimate, baseline), low: distance(low, baseline), high: distance(high, baseline) },
    now: { value, n: sum(({ n, sample }) => sample ?? n) },
    endedOn,
  };
}
