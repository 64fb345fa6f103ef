import { sequenceHalfWidth } from "./confidence-sequence.ts";
import { varianceOf } from "./day-variance.ts";
import type { DrawnPoint } from "./drift-view.ts";
import { ewmaStep, startEwma } from "./ewma.ts";
import type { Baseline } from "./fit-baseline.ts";
import { mayCount, unscaled, valueOf } from "./reading.ts";
import type { DriftEpisode } from "./run-watch.ts";
import type { ScoredPoint } from "./score-points.ts";

/** Statistical limits: 3 standard deviations. */
const LIMIT_SIGMAS = 3;
/** The confidence sequence is narrowest after so many usual days. */
const NARROWEST_AFTER = 30;

interface Range {
  readonly low: number;
  readonly high: number;
}

/** In the metric's own unit, and for what cannot be less than nothing or more than all, cut there. */
function shown({ low, high }: Range, { kind }: Baseline): Range {
  const [bottom, top] = [kind === "share" || kind === "rate" ? 0 : -Infinity, kind === "share" ? 1 : Infinity];
  return { low: Math.max(bottom, unscaled(low, kind)), high: Math.min(top, unscaled(high, kind)) };
}

/** The confidence sequence of the level, begun anew where a drift began and where it ended. */
function sequences(scored: readonly ScoredPoint[], baseline: Baseline, episodes: readonly DriftEpisode[]): (Range | null)[] {
  const fresh = new Set(episodes.flatMap(({ onset, endedOn }) => [onset.best.point.point.day, ...(endedOn === null ? [] : [endedOn])]));
  const narrowest = NARROWEST_AFTER / varianceOf(baseline.variance, baseline.size);
  const alike = (1 + baseline.correlation.used) / (1 - baseline.correlation.used);
  let [score, information] = [0, 0];
  return scored.map((point) => {
    if (fresh.has(point.point.day)) [score, information] = [0, 0];
    if (point.counted) {
      const weight = 1 / (point.sd * point.sd * alike);
      score += weight * (point.x - point.expected);
      information += weight;
    }
    if (information === 0) return null;
    const middle = baseline.level + score / information;
    const half = sequenceHalfWidth(information, narrowest);
    return shown({ low: middle - half, high: middle + half }, baseline);
  });
}

/** What the chart shows of each point. The line follows the figure with the weekday's usual effect taken out. */
export function drawPoints(scored: readonly ScoredPoint[], baseline: Baseline, episodes: readonly DriftEpisode[]): DrawnPoint[] {
  const bands = sequences(scored, baseline, episodes);
  let line = startEwma(baseline.level);
  return scored.map((point, i) => {
    const final = mayCount(point);
    if (final) line = ewmaStep(line, point.x - (point.expected - baseline.level));
    const half = LIMIT_SIGMAS * point.sd;
    return {
      day: point.point.day,
      n: point.point.sample ?? point.point.n,
      value: valueOf(point.point),
      expected: unscaled(point.expected, baseline.kind),
      limits: shown({ low: point.expected - half, high: point.expected + half }, baseline),
      ewma: unscaled(line.mean, baseline.kind),
      sequence: bands[i] ?? null,
      counted: point.counted,
      open: !final,
    };
  });
}
