import type { SeriesModel, SimulatedSeries } from "./kinds.ts";
import { signedShift } from "./signed-shift.ts";

/** What is simulated for one run: as a chart without knowledge sees it, and as nobody can know it. */
interface SimulatedRun {
  readonly series: SimulatedSeries;
  readonly raw: number[];
  readonly ideal: number[];
}

/** Scores of simulated runs, made when they are first asked for, so that every chart follows the same. */
export interface Scores {
  readonly model: SeriesModel;
  readonly shift: number;
  /** Score of a day of a run, the first being 0. */
  at(run: number, day: number, which: "raw" | "ideal"): number;
}

/** @param seedOf the seed of a run. */
export function createScores(model: SeriesModel, shift: number, seedOf: (run: number) => string): Scores {
  const runs: SimulatedRun[] = [];
  return {
    model,
    shift,
    at: (run, day, which) => {
      const simulated = (runs[run] ??= { series: begun(model, seedOf(run)), raw: [], ideal: [] });
      while (simulated.raw.length <= day) {
        const { raw, ideal } = simulated.series.next(signedShift(model, shift, run));
        simulated.raw.push(raw);
        simulated.ideal.push(ideal);
      }
      return simulated[which][day] ?? 0;
    },
  };
}

/** A series whose first day, before the watching begins, is over. */
function begun(model: SeriesModel, seed: string): SimulatedSeries {
  const series = model.start(seed);
  series.next(0);
  return series;
}
