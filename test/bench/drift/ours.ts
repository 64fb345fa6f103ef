import { fitBaseline, type Baseline } from "../../../shared/drift/fit-baseline.ts";
import { readPoints, type Reading } from "../../../shared/drift/reading.ts";
import { scorePoints } from "../../../shared/drift/score-points.ts";
import { type WatchRules, watchRules } from "../../../shared/drift/watch-rules.ts";
import { startWatching, watchStep } from "../../../shared/drift/watch-state.ts";
import type { SeriesModel, SimulatedSeries } from "./kinds.ts";

/** Our detectors with a baseline so long that nothing in it is uncertain, as the other charts have. */
export interface Watcher {
  readonly model: SeriesModel;
  readonly baseline: Baseline;
  readonly rules: WatchRules;
}

/** Days that are scored at a time. */
const CHUNK = 32;

function readingsOf(model: SeriesModel, series: SimulatedSeries, { days, shift }: { days: number; shift: number }): readonly Reading[] {
  return readPoints(
    Array.from({ length: days }, () => series.next(shift).point),
    model.kind,
  );
}

/** @param days of the baseline: with 50,000 its mean is known to 0.005 standard deviations. */
export function watcherFor(model: SeriesModel, { runLength, days }: { readonly runLength: number; readonly days: number }): Watcher {
  const readings = readingsOf(model, model.start(`${model.name}, what is usual`), { days, shift: 0 });
  const baseline = fitBaseline(readings, model.kind);
  return { model, baseline, rules: watchRules(baseline, runLength) };
}

/**
 * The day on which ours raises an alarm, the first day of the shift being 1.
 *
 * @returns `null` when none came in the longest time.
 */
export function firstAlarm({ model, baseline, rules }: Watcher, run: { seed: string; shift: number; longest: number }): number | null {
  const series = model.start(run.seed);
  let before = readingsOf(model, series, { days: 1, shift: 0 });
  let state: ReturnType<typeof watchStep>["state"] = startWatching(rules);
  for (let day = 0; day < run.longest; day += CHUNK) {
    const readings = readingsOf(model, series, { days: CHUNK, shift: run.shift });
    const scored = scorePoints([...before, ...readings], baseline, before[0]?.at ?? 0);
    for (const [at, point] of scored.entries()) {
      const step = watchStep(state, point, rules);
      ({ state } = step);
      if (step.event !== null) return day + at;
    }
    before = readings.slice(-1);
  }
  return null;
}
