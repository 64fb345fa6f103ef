import { describe, expect, it } from "vitest";
import { credits, history, lineAt, periodAt, PLAIN, settled, targetText, verdictOf, versionOf } from "./money-case.ts";

function average(periods: number, clauses: object = {}): ReturnType<typeof versionOf> {
  return versionOf({ credits: { ...PLAIN, ...clauses }, earnBack: { rule: { by: "average", periods } } });
}

function row(periods: number, clauses: object = {}, earnBack: object = {}): ReturnType<typeof versionOf> {
  return versionOf({ credits: { ...PLAIN, ...clauses }, earnBack: { rule: { by: "consecutive", periods }, ...earnBack } });
}

describe("earning back by the average", () => {
  it("adds the sums of the later periods before it divides", () => {
    const big = verdictOf({ start: "2026-02-01", overrides: { value: { num: 7900, den: 10_000 }, status: "missed", default: "expected" } });
    const small = verdictOf({ start: "2026-03-01", overrides: { value: { num: 100, den: 100 } } });
    const verdicts = [...history("d"), big, small];
    expect(lineAt(settled(average(2), verdicts), "2026-01-01").earnedBack).toBe(0);
    const enough = { ...small, value: { num: 600, den: 600 } };
    expect(lineAt(settled(average(2), [...history("d"), big, enough]), "2026-01-01").earnedBack).toBe(1_000_000);
  });

  it("waits until all the periods are closed, and says how many are known", () => {
    const line = lineAt(settled(average(3), history("dmm")), "2026-01-01");
    expect(line).toMatchObject({ credit: 1_000_000, earnedBack: 0 });
    expect(line.trace.at(-1)).toBe("May be earned back by the figure over the 3 months after it; 2 known");
  });

  it("is not helped by a period without a figure", () => {
    expect(lineAt(settled(average(2), history("dmn")), "2026-01-01").earnedBack).toBe(0);
  });

  it("needs the target judged in every later period", () => {
    const verdicts = [...history("dmm").filter((_, i) => i !== 1), ...history("mmm", "other")];
    const two = versionOf({
      credits: PLAIN,
      targets: [targetText("sl"), targetText("other")],
      earnBack: { rule: { by: "average", periods: 2 } },
    });
    expect(lineAt(settled(two, verdicts), "2026-01-01").earnedBack).toBe(0);
  });

  it("takes the credit off the period's sum, and off the year's", () => {
    const settlement = settled(average(1), history("dm"));
    expect(periodAt(settlement, "2026-01-01")).toMatchObject({ credit: 0, earnedBack: 1_000_000, cappedAway: 0 });
    expect(settlement.years).toEqual([{ year: 2026, credit: 0, most: null }]);
  });
});

describe("earning back by periods in a row", () => {
  it.each([
    ["dmm", 1_000_000],
    ["dm", 0],
    ["dmdmm", 0],
    ["ddmm", 0],
    ["dmnmm", 0],
  ])("over %s gives back %i of January's credit, where two are needed right after it", (letters, amount) => {
    expect(lineAt(settled(row(2), history(letters)), "2026-01-01").earnedBack).toBe(amount);
  });

  it("counts a month of which nothing was judged as not yet proven", () => {
    const [january, , march] = history("dmm");
    const verdicts = [january, march].filter((verdict) => verdict !== undefined);
    const line = lineAt(settled(row(1), verdicts), "2026-01-01");
    expect(line.earnedBack).toBe(0);
    expect(line.trace.at(-1)).toBe("Earned back after 1 month without a default; 0 so far");
  });

  it("never gives back a default below the minimum, unless that was agreed", () => {
    expect(lineAt(settled(row(1), history("xm")), "2026-01-01").earnedBack).toBe(0);
    const lenient = row(1, {}, { excludeMinimumDefaults: false });
    expect(lineAt(settled(lenient, history("xm")), "2026-01-01").earnedBack).toBe(1_000_000);
  });

  it.each([
    [false, 0],
    [true, 1_000_000],
  ])("in a peak whose earn-back is %s gives back %i", (earnBack, amount) => {
    const version = row(1, { peaks: [{ from: "2026-01-01", to: "2026-01-31", earnBack }] });
    expect(lineAt(settled(version, history("dm")), "2026-01-01").earnedBack).toBe(amount);
  });

  it("gives back only what the caps left of the credit", () => {
    const version = row(1, { yearMost: "0.5 %" });
    expect(lineAt(settled(version, history("dm")), "2026-01-01")).toMatchObject({
      credit: 1_000_000,
      capped: 400_000,
      earnedBack: 600_000,
    });
  });

  it("makes no room in the year's limit again", () => {
    const version = row(1, { yearMost: "1 %" });
    expect(credits(settled(version, history("dmdd")))).toEqual([0, 0, 2000, 0]);
  });
});
