import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Figure,
  formatClaim,
  formatCount,
  formatDuration,
  formatExpected,
  formatFigure,
  formatGap,
} from "../../../../shared/metrics/format.ts";
import { compareRatio } from "../../../../shared/stats/ratio.ts";

const NBSP = "\u00a0";
const percent = (num: number, den: number, level: number, direction: Figure["direction"] = "at-least"): Figure => ({
  value: { num, den },
  unit: "ratio",
  direction,
  expected: { mantissa: level, dp: 2 },
});
const duration = (ms: number, contacts: number, levelMs: number): Figure => ({
  value: { num: ms, den: contacts },
  unit: "duration",
  direction: "at-most",
  expected: { mantissa: levelMs, dp: 0 },
});

describe("figures", () => {
  it.each([
    { what: "the story of the design", figure: percent(34_069, 43_180, 80), shown: "78.9", gap: "1.1 pp short" },
    { what: "79.96 % against 80 %", figure: percent(7996, 10_000, 80), shown: "79.9", gap: "0.1 pp short" },
    { what: "one call short in a million", figure: percent(799_999, 1_000_000, 80), shown: "79.9", gap: "0.1 pp short" },
    { what: "exactly the level", figure: percent(60, 75, 80), shown: "80.0", gap: "exactly met" },
    { what: "a hair above the level", figure: percent(80_001, 100_000, 80), shown: "80.0", gap: "just met" },
    { what: "97.8 % of plan", figure: percent(978, 1000, 95), shown: "97.8", gap: "2.8 pp spare" },
    { what: "abandonment well below", figure: percent(46, 1000, 5, "at-most"), shown: "4.6", gap: "0.4 pp spare" },
    { what: "5.01 % against at most 5 %", figure: percent(501, 10_000, 5, "at-most"), shown: "5.1", gap: "0.1 pp over" },
    { what: "backlog over", figure: percent(34, 1000, 2, "at-most"), shown: "3.4", gap: "1.4 pp over" },
  ])("$what is shown as $shown %, $gap", ({ figure, shown, gap }) => {
    expect(formatFigure(figure)).toBe(`${shown}${NBSP}%`);
    expect(formatGap(figure)).toBe(gap.replace(" pp", `${NBSP}pp`));
  });

  it("a level of two decimals gets a figure of two decimals", () => {
    const figure: Figure = {
      value: { num: 80_204, den: 100_000 },
      unit: "ratio",
      direction: "at-least",
      expected: { mantissa: 8025, dp: 4 },
    };
    expect(formatFigure(figure)).toBe(`80.20${NBSP}%`);
    expect(formatGap(figure)).toBe(`0.05${NBSP}pp short`);
  });

  it.each([
    { figure: duration(372_000, 1, 390_000), shown: "6:12", gap: "0:18 spare" },
    { figure: duration(390_400, 1, 390_000), shown: "6:31", gap: "0:01 over" },
    { figure: duration(17_260 * 3, 3, 20_000), shown: `17.3${NBSP}s`, gap: `2.7${NBSP}s spare` },
    { figure: duration(20_010, 1, 20_000), shown: `20.1${NBSP}s`, gap: `0.1${NBSP}s over` },
    { figure: duration(75_000, 1, 20_000), shown: "1:15", gap: "0:55 over" },
    { figure: duration(59_990, 1, 60_000), shown: "1:00", gap: "just met" },
  ])("a handle time is shown as $shown, $gap", ({ figure, shown, gap }) => {
    expect(formatFigure(figure)).toBe(shown);
    expect(formatGap(figure)).toBe(gap);
  });

  it.each([
    { ms: 402_000, shown: "6:42", gap: "0:12 over" },
    { ms: 280_000, shown: "4:40", gap: "0:20 under" },
    { ms: 390_000, shown: "6:30", gap: "inside the band" },
    { ms: 390_001, shown: "6:31", gap: "0:01 over" },
    { ms: 300_000, shown: "5:00", gap: "inside the band" },
    { ms: 299_999, shown: "4:59", gap: "0:01 under" },
    { ms: 389_999, shown: "6:30", gap: "inside the band" },
  ])("$ms ms in a band of 5:00 to 6:30 is shown as $shown, $gap", ({ ms, shown, gap }) => {
    const figure: Figure = { ...duration(ms, 1, 390_000), direction: "within", notBelow: { mantissa: 300_000, dp: 0 } };
    expect(formatFigure(figure)).toBe(shown);
    expect(formatGap(figure)).toBe(gap);
    expect(formatExpected(figure)).toBe("5:00 to 6:30");
  });

  it("a band of shares shows as many decimals as its borders have", () => {
    const band = { unit: "ratio", direction: "within", expected: { mantissa: 90, dp: 2 }, notBelow: { mantissa: 8525, dp: 4 } } as const;
    expect(formatFigure({ ...band, value: { num: 85_249, den: 100_000 } })).toBe(`85.24${NBSP}%`);
    expect(formatGap({ ...band, value: { num: 85_249, den: 100_000 } })).toBe(`0.01${NBSP}pp under`);
    expect(formatExpected(band)).toBe(`85.25${NBSP}% to 90${NBSP}%`);
  });

  it("a level between two whole seconds is not passed by the rounding of a figure that reaches it", () => {
    expect(formatFigure(duration(20_050, 1, 20_050))).toBe(`20.0${NBSP}s`);
  });

  it.each([
    { num: -1250, den: 100, shown: "−12.5", gap: "47.5 short" },
    { num: 3499, den: 100, shown: "34.9", gap: "0.1 short" },
    { num: 35, den: 1, shown: "35.0", gap: "exactly met" },
  ])("points may lie below zero: $shown, $gap", ({ num, den, shown, gap }) => {
    const figure: Figure = { value: { num, den }, unit: "points", direction: "at-least", expected: { mantissa: 35, dp: 0 } };
    expect(formatFigure(figure)).toBe(shown);
    expect(formatGap(figure)).toBe(gap);
    expect(formatExpected(figure)).toBe(`≥${NBSP}35`);
  });

  it.each([
    { num: 1412, den: 1, shown: "1,412", gap: "212 over" },
    { num: 48_051, den: 40, shown: "1,201.3", gap: "1.3 over" },
    { num: 12_000_001, den: 10_000, shown: "1,200.1", gap: "0.1 over" },
  ])("a count of things is whole where it can be: $shown, $gap", ({ num, den, shown, gap }) => {
    const figure: Figure = { value: { num, den }, unit: "count", direction: "at-most", expected: { mantissa: 1200, dp: 0 } };
    expect(formatFigure(figure)).toBe(shown);
    expect(formatGap(figure)).toBe(gap);
    expect(formatExpected(figure)).toBe(`≤${NBSP}1,200`);
  });

  it("a score has one decimal and its own gap", () => {
    const figure: Figure = { value: { num: 2831, den: 642 }, unit: "score", direction: "at-least", expected: { mantissa: 42, dp: 1 } };
    expect(formatFigure(figure)).toBe("4.4");
    expect(formatGap(figure)).toBe("0.2 spare");
  });

  it("a figure that does not exist is a dash, not zero", () => {
    expect(formatFigure({ ...percent(0, 1, 80), value: null })).toBe("—");
    expect(formatGap({ ...percent(0, 1, 80), value: null })).toBe("—");
    expect(formatFigure(percent(0, 0, 80))).toBe("—");
  });

  it("no figure on the wrong side reads as the level or better, and none is off by more than one step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (part, den, level, isFloor) => {
          const figure = percent(Math.min(part, den), den, level, isFloor ? "at-least" : "at-most");
          const shown = Number(formatFigure(figure).replace(`${NBSP}%`, ""));
          const side = compareRatio(figure.value, figure.expected);
          if (isFloor && side < 0) expect(shown).toBeLessThan(level);
          if (!isFloor && side > 0) expect(shown).toBeGreaterThan(level);
          expect(Math.abs(shown - (figure.value.num / den) * 100)).toBeLessThan(0.100_001);
        },
      ),
    );
  });
});

describe("words around figures", () => {
  it("levels carry their direction and no idle zeros", () => {
    expect(formatExpected(percent(0, 1, 80))).toBe(`≥${NBSP}80${NBSP}%`);
    expect(formatExpected({ unit: "ratio", direction: "at-most", expected: { mantissa: 50, dp: 3 } })).toBe(`≤${NBSP}5${NBSP}%`);
    expect(formatExpected({ unit: "ratio", direction: "at-least", expected: { mantissa: 1, dp: 0 } })).toBe(`≥${NBSP}100${NBSP}%`);
    expect(formatExpected(duration(0, 1, 390_000))).toBe(`≤${NBSP}6:30`);
    expect(formatExpected(duration(0, 1, 20_000))).toBe(`≤${NBSP}20${NBSP}s`);
    expect(formatExpected({ unit: "score", direction: "at-least", expected: { mantissa: 420, dp: 2 } })).toBe(`≥${NBSP}4.2`);
  });

  it("a claim keeps the digits it was printed with", () => {
    expect(formatClaim({ mantissa: 9401, dp: 4 }, "ratio")).toBe(`94.01${NBSP}%`);
    expect(formatClaim({ mantissa: 80, dp: 2 }, "ratio")).toBe(`80${NBSP}%`);
    expect(formatClaim({ mantissa: 9, dp: 1 }, "ratio")).toBe(`90${NBSP}%`);
    expect(formatClaim({ mantissa: 173, dp: 1 }, "duration")).toBe(`17.3${NBSP}s`);
    expect(formatClaim({ mantissa: 372, dp: 0 }, "duration")).toBe("6:12");
    expect(formatClaim({ mantissa: 43, dp: 1 }, "score")).toBe("4.3");
  });

  it("durations change their form at a minute and at an hour", () => {
    expect([0, 900, 59_900, 60_000, 3_599_000, 3_723_000].map(formatDuration)).toEqual([
      `0.0${NBSP}s`,
      `0.9${NBSP}s`,
      `59.9${NBSP}s`,
      "1:00",
      "59:59",
      "1:02:03",
    ]);
  });

  it("counts have separators", () => {
    expect([0, 999, 1000, 43_180, 1_204_331].map(formatCount)).toEqual(["0", "999", "1,000", "43,180", "1,204,331"]);
  });
});

describe("a level that weighs several others", () => {
  const expected = { mantissa: 461_587_006_123, dp: 12 };

  it("is shown to two decimals of a percentage, and the figure beside it too, but never onto it from the wrong side", () => {
    const figure = { unit: "ratio", direction: "at-least", expected } as const;
    expect(formatExpected(figure)).toBe("≥\u00a046.16\u00a0%");
    expect(formatFigure({ ...figure, value: { num: 46_158, den: 100_000 } })).toBe("46.15\u00a0%");
    expect(formatFigure({ ...figure, value: { num: 1, den: 2 } })).toBe("50.00\u00a0%");
  });

  it("of a length of time is shown in milliseconds", () => {
    expect(formatExpected({ unit: "duration", direction: "at-most", expected: { mantissa: 19_851_234_567_890, dp: 9 } })).toBe(
      "≤\u00a019.851\u00a0s",
    );
  });

  it("leaves a level alone that somebody wrote", () => {
    expect(formatExpected({ unit: "ratio", direction: "at-least", expected: { mantissa: 99_999_999, dp: 8 } })).toBe(
      "≥\u00a099.999999\u00a0%",
    );
  });
});
