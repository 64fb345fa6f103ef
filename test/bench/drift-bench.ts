import { measuredRunLength, type ShiftDelay, shiftDelay } from "./drift/compare.ts";
import { type Effort, movedScores, quietScores, rivalDelays } from "./drift/contest.ts";
import { realisedAlarms } from "./drift/false-alarms.ts";
import { MODELS, type SeriesModel, SHIFTS } from "./drift/kinds.ts";
import type { Mean } from "./drift/ladder.ts";
import { watcherFor } from "./drift/ours.ts";
import { say, whole } from "./report.ts";

/** One false alarm a year of days. */
const RUN_LENGTH = 365;
const FULL = { quiet: 3000, moved: 4000, rivals: 500, baselineDays: 100_000, years: 1000 } as const;
const QUICK = { quiet: 1000, moved: 1500, rivals: 200, baselineDays: 20_000, years: 100 } as const;

interface Extent extends Effort {
  readonly years: number;
}

function cell(text: string): string {
  return text.padStart(8);
}

function row(name: string, cells: readonly string[], end = ""): void {
  say(`  ${name.padEnd(18)}${cells.map(cell).join("")}  ${end}`.trimEnd());
}

function delay({ mean }: Mean): string {
  return mean.toFixed(mean < 10 ? 2 : 1);
}

function verdict(isReached: boolean): string {
  return isReached ? "PASS" : "MISSED";
}

function tellRatios(delays: readonly ShiftDelay[]): boolean {
  const reached = delays.map(({ ratio, goal }) => ratio.mean <= goal);
  row(
    "ours / optimum",
    delays.map(({ ratio }) => ratio.mean.toFixed(3)),
    verdict(reached.every(Boolean)),
  );
  row(
    "standard error",
    delays.map(({ ratio }) => ratio.error.toFixed(3)),
  );
  row(
    "at most",
    delays.map(({ goal }) => goal.toFixed(2)),
  );
  row("", reached.map(verdict));
  return reached.every(Boolean);
}

function compare(model: SeriesModel, extent: Extent): boolean {
  const watcher = watcherFor(model, { runLength: RUN_LENGTH, days: extent.baselineDays });
  const measured = measuredRunLength(watcher, RUN_LENGTH, extent);
  const promised = measured.mean + 2 * measured.error >= RUN_LENGTH;
  say(`drift, ${model.name}: known parameters; promised one false alarm in ${RUN_LENGTH} days`);
  say(`  measured: one in ${measured.mean.toFixed(1)} (standard error ${measured.error.toFixed(1)}) ${verdict(promised)}`);
  const runLength = measured.mean;
  row(
    "shift (sd)",
    SHIFTS.map((shift) => shift.toFixed(2)),
  );
  const quiet = quietScores(model);
  const moved = SHIFTS.map((shift) => movedScores(model, shift));
  const delays = moved.map((scores) => shiftDelay(watcher, { quiet, moved: scores }, { runLength, effort: extent }));
  row(
    "optimum",
    delays.map(({ optimum }) => delay(optimum)),
  );
  row(
    "ours",
    delays.map(({ ours }) => delay(ours)),
  );
  const reached = tellRatios(delays);
  for (const { name, delays: theirs } of rivalDelays(quiet, moved, { runLength, runs: extent.rivals })) row(name, theirs.map(delay));
  return reached && promised;
}

function countAlarms(model: SeriesModel, extent: Extent): boolean {
  const { years, allowed, alarms, error, unwatched } = realisedAlarms(model, { years: extent.years, runLength: RUN_LENGTH });
  const isReached = alarms <= allowed;
  const not = unwatched > 0 ? `, ${whole(unwatched)} not watched` : "";
  say(
    `  ${model.name.padEnd(28)} ${whole(years)} series-years${not}: ${whole(alarms)} alarms (standard error ${error.toFixed(0)}), budget ${allowed.toFixed(0)} ${verdict(isReached)}`,
  );
  return isReached;
}

/**
 * Delays of ours, of the theoretical optimum and of other methods at one measured run length, on five kinds of series; then false alarms
 * of a simulated production against the budget. `--quick` takes a minute.
 */
export async function driftBench(isQuick: boolean): Promise<void> {
  const extent: Extent = isQuick ? QUICK : FULL;
  const startedAt = performance.now();
  const reached: boolean[] = [];
  for (const model of MODELS) {
    reached.push(compare(model, extent));
    await Promise.resolve();
  }
  say(`drift, false alarms of quiet series: baseline of 56 days, then a year each, as production watches them`);
  for (const model of MODELS) {
    reached.push(countAlarms(model, extent));
    await Promise.resolve();
  }
  const missed = reached.filter((one) => !one).length;
  say(
    `  ${missed === 0 ? "all goals reached" : `${missed} of ${reached.length} goals MISSED`}; ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  );
}
