import { describe, expect, it } from "vitest";
import { createAdwin } from "../../../bench/drift/adwin.ts";
import { CHARTS } from "../../../bench/drift/charts.ts";
import { measuredRunLength, shiftDelay } from "../../../bench/drift/compare.ts";
import { movedScores, quietScores, rivalDelays } from "../../../bench/drift/contest.ts";
import { realisedAlarms } from "../../../bench/drift/false-alarms.ts";
import { MODELS } from "../../../bench/drift/kinds.ts";
import { meanOf } from "../../../bench/drift/ladder.ts";
import { watcherFor } from "../../../bench/drift/ours.ts";
import { tunedCusum } from "../../../bench/drift/optimum.ts";

const [NORMAL] = MODELS;

describe("the bench of drift, in small", () => {
  it("ours finds a shift of one standard deviation not much later than the best chart for it, and sooner than others", () => {
    if (NORMAL === undefined) throw new Error("there are no kinds of series");
    const effort = { quiet: 40, moved: 200, rivals: 20, baselineDays: 3000 };
    const watcher = watcherFor(NORMAL, { runLength: 100, days: effort.baselineDays });
    const { mean: runLength, error } = measuredRunLength(watcher, 100, effort);
    expect(runLength).toBeGreaterThan(100 - 3 * error);
    const scores = { quiet: quietScores(NORMAL), moved: movedScores(NORMAL, 1) };
    const { optimum, ratio } = shiftDelay(watcher, scores, { runLength, effort });
    expect(Math.abs(optimum.mean - 7.1)).toBeLessThan(1);
    expect(ratio.mean).toBeLessThan(1.25);
    const rivals = rivalDelays(scores.quiet, [scores.moved], { runLength, runs: effort.rivals });
    expect(rivals.map(({ name }) => name)).toEqual(CHARTS.map(({ name }) => name));
    expect(rivals[0]?.delays[0]?.mean).toBeGreaterThan(1.5 * optimum.mean);
  });

  it.each(MODELS)("$name: a quiet year can be watched, and every day has one score to the other's spread", (model) => {
    const series = model.start("a sample");
    const days = Array.from({ length: 700 }, () => series.next(0));
    for (const of of [days.map(({ ideal }) => ideal), days.map(({ raw }) => raw)]) {
      expect(Math.abs(meanOf(of).mean)).toBeLessThan(0.2);
      expect(Math.abs(meanOf(of.map((score) => score * score)).mean - 1)).toBeLessThan(0.25);
    }
    const { years, unwatched, allowed } = realisedAlarms(model, { years: 2, runLength: 365 });
    expect({ years, unwatched, allowed: Math.round(allowed) }).toEqual({ years: 2, unwatched: 0, allowed: 2 });
  });

  it("thresholds of the optimum are those of the published table: two sides, k = 0.5", () => {
    const { threshold } = tunedCusum(1)(1);
    // Hawkins 1993: 4.77 for a run length of 370; 368.56 by the exact equation.
    expect(threshold?.(368.56)).toBeCloseTo(4.77, 3);
  });

  it("ADWIN's statistic stays low on a level and rises at once behind a jump", () => {
    const adwin = createAdwin();
    const level = Array.from({ length: 400 }, (_, at) => adwin.take(0.5 + 0.05 * Math.sin(at)));
    const jumped = Array.from({ length: 30 }, (_, at) => adwin.take(0.8 + 0.05 * Math.sin(at)));
    expect(Math.max(...level)).toBeLessThan(2);
    // By hand: means 0.3 apart, m = 27.9, v = 0.0071 give ln(2/d') = 9.6, less ln ln 430 = 1.8.
    expect(Math.abs((jumped.at(-1) ?? 0) - 7.8)).toBeLessThan(0.3);
  });
});
