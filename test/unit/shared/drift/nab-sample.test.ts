import { describe, expect, it } from "vitest";
import { differences, totals } from "../../../bench/nab-bench.ts";
import { ourAlarms } from "../../../bench/nab/our-detectors.ts";
import { LEADERS } from "../../../bench/nab/published.ts";
import { readNab } from "../../../bench/nab/read-nab.ts";
import { type LabelledSeries, normalised, PROFILES, scoreFile } from "../../../bench/nab/scoring.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";

const [STANDARD] = PROFILES;

function series(rows: number, windows: LabelledSeries["windows"]): LabelledSeries {
  const values = Array.from({ length: rows }, (_, row) => row);
  return { name: "made up", timestamps: values.map(String), values, windows };
}

describe("NAB's scoring", () => {
  it("an alarm in the first row of a window is worth one, in the last less, and none costs one", () => {
    if (STANDARD === undefined) throw new Error("there is no standard profile");
    const made = series(1000, [{ first: 500, last: 599 }]);
    const of = (...alarms: number[]): number => scoreFile(made, alarms, STANDARD).score;
    expect([of(500), of(500, 590), of()]).toEqual([1, 1, -1]);
    expect(of(599)).toBeCloseTo((2 / (1 + Math.exp(-0.05)) - 1) / 0.986614298, 9);
    expect(of(500, 700)).toBeCloseTo(1 - 0.11 * (1 - 2 / (1 + Math.exp((5 * 101) / 99))), 9);
    // Within the first 15 % of the rows nothing counts.
    expect(of(100)).toBe(-1);
    expect([of(300), of(999)].map((score) => score.toFixed(6))).toEqual(["-1.110000", "-1.110000"]);
    expect([normalised(1, 1, STANDARD), normalised(-1, 1, STANDARD)]).toEqual([100, 0]);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: NAB", () => {
  it("the scoring gives what is published of windowedGaussian, on every file and under every profile", () => {
    const files = readNab(realDataFile("nab"));
    expect({ files: files.length, ...differences(files) }).toEqual({ files: 21, compared: 189, differ: [] });
  });

  it.skipIf(process.env["ACCORD_TESTS"] !== "full")("ours scores above all but the best two of the leaders", () => {
    const files = readNab(realDataFile("nab"));
    const [own = 0] = totals(files, ourAlarms);
    const others = LEADERS.map(({ raw }) => (100 * (raw + 39)) / 78);
    expect(others.filter((score) => score > own)).toHaveLength(2);
  });
});
