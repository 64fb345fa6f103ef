import { watchSeries } from "../../../shared/drift/watch-series.ts";
import type { SeriesModel } from "./kinds.ts";
import { meanOf } from "./ladder.ts";

/** What came of a promise, over simulated series-years with a baseline as long as in production. */
export interface Realised {
  readonly years: number;
  /** Alarms that the budget allows in them. */
  readonly allowed: number;
  readonly alarms: number;
  /** Standard error of `alarms`. */
  readonly error: number;
  /** Years that could not be watched. */
  readonly unwatched: number;
}

const BASELINE_DAYS = 56;
const YEAR_DAYS = 365;

/** Watches so many quiet series for a year each, as production does: baseline estimated from 56 days, alarms ended and re-armed. */
export function realisedAlarms(model: SeriesModel, { years, runLength }: { readonly years: number; readonly runLength: number }): Realised {
  const settings = { kind: model.kind, worse: model.worse, runLength, baseline: null };
  const counts = Array.from({ length: years }, (_, year) => {
    const series = model.start(`${model.name}, year ${year}`);
    const points = Array.from({ length: BASELINE_DAYS + YEAR_DAYS }, () => series.next(0).point);
    const { state, budget } = watchSeries(points, settings);
    return { alarms: budget.alarms, watched: budget.watched, isWatched: state === "steady" || state === "drifting" };
  });
  const each = meanOf(counts.map(({ alarms }) => alarms));
  return {
    years,
    allowed: counts.reduce((sum, { watched }) => sum + watched, 0) / runLength,
    alarms: counts.reduce((sum, { alarms }) => sum + alarms, 0),
    error: each.error * years,
    unwatched: counts.filter(({ isWatched }) => !isWatched).length,
  };
}
