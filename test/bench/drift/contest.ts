import { type Chart, CHARTS } from "./charts.ts";
import type { SeriesModel } from "./kinds.ts";
import { climb, firstAbove, type Ladder, type Mean, meanOf, runLength, thresholdFor } from "./ladder.ts";
import { createScores, type Scores } from "./scores.ts";

/** How much is simulated. */
export interface Effort {
  /** Runs without a change, to measure and calibrate run lengths. */
  readonly quiet: number;
  /** Runs with a change, for each shift: of ours and of the optimum. */
  readonly moved: number;
  /** Runs of each other chart. */
  readonly rivals: number;
  /** Days of the baseline that stands for known parameters. */
  readonly baselineDays: number;
}

/** What a self-starting chart has seen before the watching begins. */
const SEEN_BEFORE = 365;
/** Runs are cut off after so many run lengths: one in 3,000 of a memoryless alarm. */
const CUT_OFF = 8;

type Which = "raw" | "ideal";

export function quietSeed(model: SeriesModel, run: number): string {
  return `${model.name}, quiet ${run}`;
}

export function movedSeed(model: SeriesModel, shift: number, run: number): string {
  return `${model.name}, moved by ${shift}, ${run}`;
}

export function quietScores(model: SeriesModel): Scores {
  return createScores(model, 0, (run) => quietSeed(model, run));
}

export function movedScores(model: SeriesModel, shift: number): Scores {
  return createScores(model, shift, (run) => movedSeed(model, shift, run));
}

interface Asked {
  readonly chart: Chart;
  readonly which: Which;
  readonly longest: number;
  readonly enough?: number;
}

function ladderOf(scores: Scores, run: number, { chart, which, longest, enough }: Asked): Ladder {
  const following = chart.start();
  if (chart.selfStarting === true) {
    const before = scores.model.start(`${scores.model.name}, before run ${run}`);
    for (let day = 0; day < SEEN_BEFORE; day++) following.take(before.next(0).raw);
  }
  let day = 0;
  return climb(() => following.take(scores.at(run, day++, which)), longest, enough);
}

function laddersOf(scores: Scores, count: number, asked: Asked): Ladder[] {
  return Array.from({ length: count }, (_, run) => ladderOf(scores, run, asked));
}

/** The threshold that gives a run length on quiet scores: roughly by a tenth of the runs, then by all of them, no further than needed. */
export function calibrated(quiet: Scores, asked: Pick<Asked, "chart" | "which">, want: { runLength: number; runs: number }): number {
  const longest = Math.ceil(CUT_OFF * want.runLength);
  const pilot = thresholdFor(laddersOf(quiet, Math.ceil(want.runs / 10), { ...asked, longest }), want.runLength);
  for (let enough = 1.1 * pilot; ; enough *= 1.2) {
    const ladders = laddersOf(quiet, want.runs, { ...asked, longest, enough });
    if (runLength(ladders, enough) >= want.runLength) return thresholdFor(ladders, want.runLength);
  }
}

/** Days from the change to the alarm, run by run. */
export function delaysOf(
  moved: Scores,
  asked: Pick<Asked, "chart" | "which">,
  run: { threshold: number; runs: number; longest: number },
): number[] {
  const { threshold, runs, longest } = run;
  return laddersOf(moved, runs, { ...asked, longest, enough: threshold }).map((ladder) => firstAbove(ladder, threshold) ?? longest);
}

export interface ChartDelays {
  readonly name: string;
  /** One for each shift. */
  readonly delays: readonly Mean[];
}

/** The mean delays of every other chart at the same measured run length, with known mean and standard deviation of all days. */
export function rivalDelays(quiet: Scores, moved: readonly Scores[], want: { runLength: number; runs: number }): ChartDelays[] {
  return CHARTS.map((chart) => {
    const threshold = calibrated(quiet, { chart, which: "raw" }, want);
    const longest = Math.ceil(CUT_OFF * want.runLength);
    const delays = moved.map((scores) => meanOf(delaysOf(scores, { chart, which: "raw" }, { threshold, runs: want.runs, longest })));
    return { name: chart.name, delays };
  });
}
