import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fractionOf, roundHalfUp } from "../../../../shared/settlement/fraction.ts";
import { priceOfDefault } from "../../../../shared/settlement/price-of-default.ts";
import { priceOfPoints } from "../../../../shared/settlement/points.ts";
import { Settlement } from "../../../../shared/settlement/settlement.ts";
import { allocation, anyVersion, judged, months, ratchet, table, versionsOf } from "./money-arbitrary.ts";
import { settled, targetText, verdictOf, versionOf } from "./money-case.ts";

const RUNS = { numRuns: 1000 };

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

describe("any settlement", () => {
  it("adds up: lines make the period, no period exceeds the amount at risk, no year its limit, nothing earned back exceeds its credit", () => {
    fc.assert(
      fc.property(anyVersion, months, (text, verdicts) => {
        const settlement = settled(versionOf(text), verdicts);
        for (const period of settlement.periods) {
          for (const line of period.lines) {
            expect(line.capped >= 0 && line.capped <= line.credit).toBe(true);
            expect(line.earnedBack >= 0 && line.earnedBack <= line.credit - line.capped).toBe(true);
          }
          const net = sum(period.lines.map((line) => line.credit - line.capped - line.earnedBack));
          expect(period.credit).toBe(net);
          expect(period.credit + period.earnedBack).toBeLessThanOrEqual(period.atRisk);
          expect(period.atRisk).toBeLessThanOrEqual(period.fees);
        }
        for (const { year, credit, most } of settlement.years) {
          expect(credit).toBe(sum(settlement.periods.filter(({ start }) => start.startsWith(String(year))).map((period) => period.credit)));
          if (most !== null) expect(credit).toBeLessThanOrEqual(most);
        }
      }),
      RUNS,
    );
  });

  it("does not depend on the order of the verdicts, and is what the schema says", () => {
    fc.assert(
      fc.property(anyVersion, months, fc.infiniteStream(fc.nat()), (text, verdicts, keys) => {
        const shuffled = verdicts.map((verdict) => ({ verdict, key: keys.next().value ?? 0 })).toSorted((a, b) => a.key - b.key);
        const version = versionOf(text);
        const settlement = settled(version, verdicts);
        expect(
          settled(
            version,
            shuffled.map(({ verdict }) => verdict),
          ),
        ).toEqual(settlement);
        expect(Settlement.parse(settlement)).toEqual(settlement);
      }),
      RUNS,
    );
  });

  it("is not changed by a target with an allocation of 0 %", () => {
    fc.assert(
      fc.property(versionsOf(allocation), months, (text, verdicts) => {
        const { credits, targets } = text;
        const categories = credits.scheme.categories.map((category) => ({ ...category, targets: { ...category.targets, d: "0 %" } }));
        const wider = versionOf({
          ...text,
          targets: [...targets, targetText("d")],
          credits: { ...credits, scheme: { ...credits.scheme, categories } },
        });
        const more = verdicts.filter(({ targetId }) => targetId === "a").map((verdict) => ({ ...verdict, targetId: "d" }));
        const [before, after] = [settled(versionOf(text), verdicts), settled(wider, [...verdicts, ...more])];
        expect(after.years).toEqual(before.years);
        after.periods.forEach((period, i) => {
          expect({ ...period, lines: period.lines.filter(({ targetId }) => targetId !== "d") }).toEqual(before.periods[i]);
        });
      }),
      RUNS,
    );
  });

  it("never costs more after bad time of an at-least target was left out", () => {
    fc.assert(
      fc.property(anyVersion, months, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (text, verdicts, pick, part) => {
        const { earnBack: _, ...lasting } = text;
        const version = versionOf(lasting);
        const index = pick % verdicts.length;
        const better = verdicts.map((verdict, i) => {
          if (i !== index || verdict.value === null) return verdict;
          const { num, den } = verdict.value;
          return judged(verdict.targetId, verdict.window.start, { num, den: den - Math.floor((den - num) * part) });
        });
        const [before, after] = [settled(version, verdicts), settled(version, better)];
        expect(sum(after.periods.map(({ credit }) => credit))).toBeLessThanOrEqual(sum(before.periods.map(({ credit }) => credit)));
        if (version.agreement.credits?.scheme.kind === "points") return;
        after.periods.forEach(({ lines }, i) => {
          lines.forEach(({ credit }, j) => expect(credit).toBeLessThanOrEqual(before.periods[i]?.lines[j]?.credit ?? -1));
        });
      }),
      RUNS,
    );
  });

  it("costs nothing in suspended periods, and the rest the same as if they had been met", () => {
    fc.assert(
      fc.property(anyVersion, months, fc.integer({ min: 1, max: 30 }), (text, verdicts, weeks) => {
        const { earnBack: _, ...lasting } = text;
        const version = versionOf({ ...lasting, ramp: { goLive: "2025-11-01", creditsSuspendedWeeks: weeks } });
        const settlement = settled(version, verdicts);
        const suspended = new Set(settlement.periods.filter((period) => period.suspended).map(({ start }) => start));
        for (const period of settlement.periods.filter(({ start }) => suspended.has(start))) expect(period.credit).toBe(0);
        const met = verdicts.map((verdict) =>
          suspended.has(verdict.window.start) ? verdictOf({ targetId: verdict.targetId, start: verdict.window.start }) : verdict,
        );
        expect(settled(version, met).periods.map(({ credit }) => credit)).toEqual(settlement.periods.map(({ credit }) => credit));
      }),
      RUNS,
    );
  });

  it("prices a lone default as the price list says", () => {
    fc.assert(
      fc.property(anyVersion, fc.constantFrom("expected" as const, "minimum" as const), (text, kind) => {
        const { credits, ...rest } = text;
        const { yearMost: _, peaks: __, ...lasting } = credits;
        const version = versionOf({ ...rest, credits: lasting });
        const value = kind === "expected" ? { num: 79_999, den: 100_000 } : { num: 69_999, den: 100_000 };
        const [period] = settled(version, [judged("a", "2026-01-01", value)]).periods;
        expect(priceOfDefault(version, "a", { kind })).toBe(period?.credit);
      }),
      RUNS,
    );
  });
});

describe("any price of points", () => {
  it("does not fall as points grow", () => {
    const money = { fees: fractionOf(12_345_678), share: fractionOf(1) };
    fc.assert(
      fc.property(fc.oneof(table, ratchet), fc.nat({ max: 300 }), fc.nat({ max: 50 }), (price, points, more) => {
        const [less, greater] = [points, points + more].map((some) => roundHalfUp(priceOfPoints(price, some, money)));
        expect(less).toBeLessThanOrEqual(greater ?? -1);
      }),
      RUNS,
    );
  });
});

describe("any month cut in two by a new version with the same terms", () => {
  it("costs what the whole month costs, within half a cent a line", () => {
    fc.assert(
      fc.property(versionsOf(allocation), fc.integer({ min: 2, max: 31 }), (text, day) => {
        const cut = `2026-01-${String(day).padStart(2, "0")}`;
        const { credits, ...rest } = text;
        const { repeatFactor: _, yearMost: __, ...lasting } = credits;
        const first = versionOf({ ...rest, credits: lasting });
        const second = versionOf({ ...rest, credits: lasting, version: 2, effectiveFrom: cut });
        const whole = ["a", "b"].map((targetId) => verdictOf({ targetId, start: "2026-01-01", default: "expected" }));
        const parts = ["a", "b"].flatMap((targetId) => [
          verdictOf({ targetId, start: "2026-01-01", next: cut, default: "expected" }),
          verdictOf({ targetId, start: cut, next: "2026-02-01", version: 2, default: "expected" }),
        ]);
        const split = settled(first, parts, { versions: [{ ...first, term: { from: "2020-01-01", to: cut } }, second] });
        const total = sum(settled(first, whole).periods.map(({ credit }) => credit));
        expect(Math.abs(sum(split.periods.map(({ credit }) => credit)) - total)).toBeLessThanOrEqual(3);
      }),
      RUNS,
    );
  });
});
