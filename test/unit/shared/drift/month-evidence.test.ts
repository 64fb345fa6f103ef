import { describe, expect, it } from "vitest";
import { addDays } from "../../../../shared/calendar/day.ts";
import { type DriftLine, driftLine, driftList, standsOutText } from "../../../../shared/drift/drift-line.ts";
import type { DriftPoint, SeriesSettings } from "../../../../shared/drift/drift-point.ts";
import { watchSeries } from "../../../../shared/drift/watch-series.ts";
import { drawBinomial } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

/** The 84th day is the last of March. */
const FIRST = "2026-01-07";
const DAYS = 84;
/** One alarm in ten years: what stands out has not been told of. */
const SETTINGS: SeriesSettings = { kind: "share", worse: "down", runLength: 3650, baseline: null };
const FULL = process.env.ACCORD_TESTS === "full";

function lineOf(name: string, n: number, levelOn: (day: string) => number): DriftLine {
  const stream = randomStream(`month ${name}`);
  const points = Array.from({ length: DAYS }, (_, i): DriftPoint => {
    const day = addDays(FIRST, i);
    return { day, n, num: drawBinomial(stream, n, levelOn(day)) };
  });
  const about = { targetId: name, version: 1, unit: "ratio", worse: "down", cause: null, besides: null, leads: null, atMs: 0 } as const;
  return driftLine({ ...about, ...watchSeries(points, SETTINGS) });
}

function steady(name: string, n = 500): DriftLine {
  return lineOf(name, n, () => 0.9);
}

describe("what stands out of a month", () => {
  it("is what has moved too little for an alarm, beside what has raised one, with its figure against the usual one", () => {
    const fallen = ["a", "b", "c"].map((name) => lineOf(name, 500, (day) => (day >= "2026-03-01" ? 0.888 : 0.9)));
    const { lines } = driftList([...Array.from({ length: 3 }, (_, i) => steady(`steady ${i}`)), ...fallen], 1);
    expect(lines.slice(0, 4).map(({ targetId, state, standsOut }) => [targetId, state, standsOut])).toEqual([
      ["b", "drifting", false],
      ["a", "steady", true],
      ["c", "steady", true],
      ["steady 0", "steady", false],
    ]);
    expect(standsOutText(fallen[0] ?? steady("none")).replaceAll("\u00A0", " ")).toMatch(
      /^8[89]\.\d % in Mar 2026 so far, lower than the usual (?:89|90)\.\d %$/u,
    );
  });

  it("is evidence whose mean is at most 1 while nothing moves, of many units a day and of few", () => {
    for (const n of [500, 20]) {
      const found = Array.from({ length: FULL ? 2000 : 100 }, (_, i) => steady(`calm ${n} ${i}`, n).month?.evidence ?? 0);
      const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
      const error = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / found.length;
      expect(mean - 3 * error).toBeLessThanOrEqual(1);
      expect(found.filter((value) => value >= 10).length / found.length).toBeLessThanOrEqual(0.1);
    }
  });

  it("is a number however wild a month is", () => {
    const points = Array.from({ length: DAYS }, (_, i): DriftPoint => ({
      day: addDays(FIRST, i),
      n: 1000,
      num: i < 60 ? i % 2 : 1e6,
    }));
    const { month } = watchSeries(points, { ...SETTINGS, kind: "rate", worse: "up" });
    expect(month?.evidence).toBeGreaterThan(1e9);
    expect(month?.evidence).toBeLessThan(Infinity);
  });

  it("is not what an alarm has told of already, nor anything of a month in which others were fed and it was not", () => {
    const told = lineOf("told", 500, (day) => (day >= "2026-03-01" ? 0.8 : 0.9));
    const stale = {
      ...told,
      targetId: "stale",
      state: "steady",
      drift: null,
      month: { of: "2026-02", value: 0.8, evidence: 1e9, direction: "down" },
    } as const;
    expect(told.state).toBe("drifting");
    expect(driftList([told, stale, steady("calm")], 1).lines.map(({ standsOut }) => standsOut)).toEqual([false, false, false]);
  });
});
