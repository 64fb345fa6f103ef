import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import type { SettlementVersion } from "../../../../shared/settlement/version.ts";
import { credits, history, lineAt, periodAt, settled, targetText, verdictOf, versionOf } from "./money-case.ts";

function figure(num: number, overrides: Partial<Verdict> = {}): Verdict {
  return verdictOf({ start: "2026-01-01", default: "expected", overrides: { value: { num, den: 1000 }, ...overrides } });
}

const BANDS = [
  { beyond: "80 %", credit: "1 %" },
  { beyond: "75 %", credit: "3 %" },
  { beyond: "70 %", credit: "5 %" },
];

function bands(targets: object, rest: object = {}): SettlementVersion {
  return versionOf({ credits: { period: "month", atRisk: "10 %", scheme: { kind: "bands", targets: targets } }, ...rest });
}

describe("bands", () => {
  it.each([
    [799, 1000],
    [750, 1000],
    [749, 3000],
    [700, 3000],
    [699, 5000],
    [0, 5000],
  ])("credit for %i of 1,000 is %i: the dearest band that is passed, exactly on its level not yet", (num, amount) => {
    expect(credits(settled(bands({ sl: BANDS }), [figure(num)]))).toEqual([amount]);
  });

  it("price nothing without a default, however far the figure", () => {
    expect(credits(settled(bands({ sl: BANDS }), [figure(100, { default: null, status: "not-proven" })]))).toEqual([0]);
  });

  it("take what was not measured to be just beyond the expected level", () => {
    expect(credits(settled(bands({ sl: BANDS }), [verdictOf({ start: "2026-01-01", default: "not-measured" })]))).toEqual([1000]);
  });

  it("take what was not measured in the ramp to be just beyond the level of the ramp", () => {
    const verdict = verdictOf({ start: "2026-01-01", default: "not-measured", overrides: { expected: { mantissa: 75, dp: 2 } } });
    expect(credits(settled(bands({ sl: BANDS }), [verdict]))).toEqual([3000]);
  });

  it("compare the rounded figure where the target says so", () => {
    const targets = [targetText("sl", { rounding: { dp: 0, mode: "half-up" } })];
    expect(credits(settled(bands({ sl: BANDS }, { targets }), [figure(748)]))).toEqual([1000]);
    expect(credits(settled(bands({ sl: BANDS }, { targets }), [figure(744)]))).toEqual([3000]);
  });

  it("of a handle time lie above it, rounded to the second or exact", () => {
    const aht = (rounding: object): object => ({
      targets: [targetText("sl", { measure: { metric: "aht" }, direction: "at-most", expected: "6:30", ...rounding })],
    });
    const list = {
      sl: [
        { beyond: "6:30", credit: "1 %" },
        { beyond: "420 s", credit: "4 %" },
      ],
    };
    const verdict = figure(1, {
      unit: "duration",
      direction: "at-most",
      expected: { mantissa: 390_000, dp: 0 },
      value: { num: 420_400, den: 1 },
    });
    expect(credits(settled(bands(list, aht({})), [verdict]))).toEqual([4000]);
    expect(credits(settled(bands(list, aht({ rounding: { dp: 0, mode: "half-up" } })), [verdict]))).toEqual([1000]);
  });

  it("of a share of intervals are shares, whatever is measured in them", () => {
    const share = { aggregation: { by: "intervals-met", level: "6:30" } };
    const targets = [targetText("sl", { measure: { metric: "aht" }, ...share })];
    expect(credits(settled(bands({ sl: BANDS }, { targets }), [figure(740)]))).toEqual([3000]);
  });

  it("of an agreed band lie on both sides of it", () => {
    const targets = [targetText("sl", { direction: "within", expected: "90 %", notBelow: "80 %" })];
    const list = {
      sl: [
        { beyond: "90 %", credit: "1 %" },
        { beyond: "95 %", credit: "2 %" },
        { beyond: "80 %", credit: "3 %" },
      ],
    };
    const amount = (num: number): number[] =>
      credits(
        settled(bands(list, { targets }), [
          figure(num, { direction: "within", expected: { mantissa: 90, dp: 2 }, notBelow: { mantissa: 80, dp: 2 } }),
        ]),
      );
    expect([amount(910), amount(950), amount(960), amount(790)]).toEqual([[1000], [1000], [2000], [3000]]);
  });

  it("are shared by the members of a target with `each`", () => {
    const version = versionOf(
      { credits: { period: "month", atRisk: "10 %", scheme: { kind: "bands", targets: { sl: BANDS } } } },
      { members: { sl: ["a", "b"] } },
    );
    expect(lineAt(settled(version, [{ ...figure(600), targetId: "sl@a" }]), "2026-01-01", "sl@a").credit).toBe(250_000);
  });
});

describe("points", () => {
  const price = { by: "ratchet", free: 0, perPoint: "10", bands: [{ factor: "1" }] } as const;
  const two = { targets: [targetText("sl"), targetText("aht")] };

  function points(list: object, clauses: object = {}, rest: object = {}): SettlementVersion {
    return versionOf({
      ...rest,
      credits: { period: "month", atRisk: "10 %", scheme: { kind: "points", points: list, price }, ...clauses },
    });
  }

  it("are added over the targets, priced once and borne by each by its points", () => {
    const version = points({ sl: { expected: 2 }, aht: { expected: 1 } }, {}, two);
    const verdicts = ["sl", "aht"].map((targetId) => verdictOf({ targetId, start: "2026-01-01", default: "expected" }));
    const period = periodAt(settled(version, verdicts), "2026-01-01");
    expect(period.lines.map((line) => [line.points, line.credit])).toEqual([
      [2, 2000],
      [1, 1000],
    ]);
    expect(period).toMatchObject({ points: 3, credit: 3000 });
  });

  it("below the minimum are those agreed for it, else the expected ones multiplied", () => {
    expect(credits(settled(points({ sl: { expected: 2, minimum: 7 } }, { minimumFactor: "3" }), history("x")))).toEqual([70]);
    expect(credits(settled(points({ sl: { expected: 2 } }, { minimumFactor: "3" }), history("x")))).toEqual([60]);
  });

  it("are doubled for a repetition, and rounded to whole points half up", () => {
    expect(credits(settled(points({ sl: { expected: 3 } }, { repeatFactor: "1.5" }), history("dd")))).toEqual([30, 50]);
  });

  it("are the full points for every member of a target with `each`", () => {
    const version = versionOf(
      { credits: { period: "month", atRisk: "10 %", scheme: { kind: "points", points: { sl: { expected: 4 } }, price } } },
      { members: { sl: ["a", "b"] } },
    );
    const verdicts = ["sl@a", "sl@b"].map((targetId) => verdictOf({ targetId, start: "2026-01-01", default: "expected" }));
    expect(periodAt(settled(version, verdicts), "2026-01-01").points).toBe(8);
  });

  it("cost the part of a month that its days are", () => {
    const version = points({ sl: { expected: 31 } });
    const part = verdictOf({ start: "2026-01-01", next: "2026-01-11", default: "expected" });
    expect(credits(settled(version, [part]))).toEqual([100]);
  });

  it("never cost more than the amount at risk", () => {
    expect(credits(settled(points({ sl: { expected: 1000 } }, { atRisk: "1 %" }), history("d")))).toEqual([1000]);
  });
});
