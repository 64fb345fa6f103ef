import { existsSync } from "node:fs";
import { realDataFile } from "../support/real-data.ts";
import { ourAlarms } from "./nab/our-detectors.ts";
import { LEADERS, WINDOWED_GAUSSIAN } from "./nab/published.ts";
import { readNab } from "./nab/read-nab.ts";
import { type FileScore, type LabelledSeries, normalised, PROFILES, scoreFile } from "./nab/scoring.ts";
import { windowedGaussian } from "./nab/windowed-gaussian.ts";
import { say } from "./report.ts";

/** Published scores have twelve digits. */
const EXACT = 1e-10;

type Detect = (values: readonly number[]) => readonly number[];

interface Scored {
  readonly series: LabelledSeries;
  /** Under each profile. */
  readonly scores: readonly FileScore[];
}

function scored(files: readonly LabelledSeries[], detect: Detect): Scored[] {
  return files.map((series) => {
    const alarms = detect(series.values);
    return { series, scores: PROFILES.map((profile) => scoreFile(series, alarms, profile)) };
  });
}

/** How many published figures the recomputed ones differ from. */
export function differences(files: readonly LabelledSeries[]): { readonly compared: number; readonly differ: readonly string[] } {
  const differ: string[] = [];
  let compared = 0;
  for (const { series, scores } of scored(files, windowedGaussian)) {
    const published = WINDOWED_GAUSSIAN[series.name];
    for (const [at, { score, tp, fp }] of scores.entries()) {
      compared += 3;
      const wanted = published?.scores[at] ?? NaN;
      if (Math.abs(score - wanted) > EXACT || tp !== published?.tp || fp !== published.fp)
        differ.push(`${series.name}, ${PROFILES[at]?.name ?? ""}: ${score} instead of ${wanted}`);
    }
  }
  return { compared, differ };
}

function windowsOf(files: readonly LabelledSeries[]): number {
  return files.reduce((sum, { windows }) => sum + windows.length, 0);
}

/** Normalised scores under the three profiles. */
export function totals(files: readonly LabelledSeries[], detect: Detect): number[] {
  const all = scored(files, detect);
  return PROFILES.map((profile, at) => {
    const raw = all.reduce((sum, { scores }) => sum + (scores[at]?.score ?? 0), 0);
    return normalised(raw, windowsOf(files), profile);
  });
}

function row(name: string, figures: readonly (number | null)[], end = ""): void {
  const cells = figures.map((figure) => (figure === null ? "" : figure.toFixed(1)).padStart(10));
  say(`  ${name.padEnd(20)}${cells.join("")}  ${end}`.trimEnd());
}

/** NAB on the files that are here: scoring checked against published scores, then ours beside the leaders. */
export async function nabBench(): Promise<void> {
  const folder = realDataFile("nab");
  if (!existsSync(folder)) {
    say(`nab: skipped, ${folder} is not there (ACCORD_DATA names the folder of real input)`);
    return;
  }
  const files = await Promise.resolve(readNab(folder));
  const { compared, differ } = differences(files);
  say(`nab: ${files.length} of 58 files, ${windowsOf(files)} of 116 windows`);
  say(
    `  scoring: windowedGaussian recomputed, ${compared} published figures compared, ${differ.length === 0 ? "all equal" : `${differ.length} DIFFER`}`,
  );
  differ.forEach((line) => say(`    ${line}`));
  row("", [], " standard    low FP    low FN   standard over all 58 files, as published");
  row("ours", totals(files, ourAlarms), "one configuration, chosen on these files");
  row("windowedGaussian", totals(files, windowedGaussian), "    39.6");
  const [standard, lowFalse] = PROFILES;
  const windows = windowsOf(files);
  for (const { name, raw, lowFp, corpus } of LEADERS) {
    if (standard === undefined || lowFalse === undefined) return;
    const figures = [normalised(raw, windows, standard), lowFp === undefined ? null : normalised(lowFp, windows, lowFalse), null];
    row(name, figures, `    ${corpus.toFixed(1)}`);
  }
  for (const { series, scores } of scored(files, ourAlarms)) {
    const [first] = scores;
    if (first !== undefined)
      say(`    ${series.name.padEnd(56)} ${first.score.toFixed(2).padStart(6)} of ${series.windows.length}; false alarms ${first.fp}`);
  }
}
