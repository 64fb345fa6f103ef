import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks } from "../../../client/features/drift/axis-ticks.ts";
import { controlData } from "../../../client/features/drift/control-data.ts";
import { waterfallBars } from "../../../client/features/drift/waterfall-bars.ts";
import { DAY_MS, utcStartOf } from "../../../shared/calendar/day.ts";
import type { Cause, CausePart, DriftView } from "../../../shared/drift/drift-view.ts";
import { buildDriftView as view, RISE } from "../../support/drift-view-case.ts";

function plain(text: string | null | undefined): string {
  return (text ?? "").replaceAll("\u00a0", " ");
}

const Amount = fc.double({ min: -50, max: 50, noNaN: true });

describe("the waterfall", () => {
  const causeOf = (before: number, parts: readonly CausePart[]): Cause => {
    const window = { from: "2026-08-01", to: "2026-08-25", n: 1000 };
    const after = parts.reduce((sum, { amount }) => sum + amount, before);
    return { before: { ...window, value: before }, after: { ...window, value: after }, parts: [...parts], conclusion: "", closer: null };
  };
  const part = (amount: number, kind: CausePart["kind"] = "rate"): CausePart => ({ kind, name: "", detail: "", amount, error: null });

  it("each bar begins where the one before ended, the first at the figure before and the last at the figure now", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 500, noNaN: true }), fc.array(Amount, { minLength: 1, maxLength: 7 }), (before, amounts) => {
        const fall = waterfallBars(
          causeOf(
            before,
            amounts.map((amount) => part(amount)),
          ),
        );
        const ends = fall.bars.map(({ left, width, part: { amount } }) =>
          amount < 0 ? { from: left + width, to: left } : { from: left, to: left + width },
        );
        const starts = [...ends.map(({ from }) => from), fall.after];
        for (const [index, start] of starts.entries()) expect(start).toBeCloseTo(ends[index - 1]?.to ?? fall.before, 6);
        for (const { left, width } of fall.bars) {
          expect(left).toBeGreaterThanOrEqual(-1e-9);
          expect(left + width).toBeLessThanOrEqual(100 + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the largest part that raises is strongest, what lowers is an outline, and noise is hatched however large it is", () => {
    const { bars } = waterfallBars(causeOf(10.4, [part(0.2), part(0.5), part(1.8), part(-0.1), part(3, "noise")]));
    expect(bars.map(({ tone }) => tone)).toEqual(["raises", "raises", "lead", "lowers", "noise"]);
  });

  it("nothing that moved is a waterfall, too", () => {
    const { bars, before, after } = waterfallBars(causeOf(0, []));
    expect(bars).toEqual([]);
    expect(before).toBe(after);
    expect(before).toBeGreaterThan(0);
  });
});

describe("the control chart", () => {
  const drawn = (changes: Partial<DriftView> = {}, level: number | null = 0.12) => {
    const agreed = level === null ? null : { level, floor: null, words: "agreed ≤ 12 %" };
    return controlData(view(changes), { agreed, marks: [{ day: "2026-08-22", word: "new script" }] });
  };

  it("draws at most the last 96 days, one row a day, and a day without figures stays a gap", () => {
    const points = view().points.filter(({ day }) => day < "2026-08-10" || day > "2026-08-12");
    const data = drawn({ points });
    expect(data?.rows).toHaveLength(96);
    expect(data?.rows.filter(({ value }) => value === null).map(({ x }) => new Date(x).toISOString().slice(0, 10))).toEqual([
      "2026-08-10",
      "2026-08-11",
      "2026-08-12",
    ]);
    expect(data?.days.length).toBeLessThanOrEqual(6);
    expect(drawn({ points: [] })).toBeNull();
  });

  it("dots are the watched days since the onset", () => {
    const counted = drawn()?.rows.filter(({ isCounted }) => isCounted) ?? [];
    expect(counted[0]?.x).toBe(utcStartOf(RISE.onset.day));
    expect(drawn({ drift: null })?.rows.some(({ isCounted }) => isCounted)).toBe(false);
  });

  it("open days are one hatched range with no line of the level over them", () => {
    const points = view().points.map((each) => (each.day > "2026-09-16" ? { ...each, open: true, counted: false } : each));
    const data = drawn({ points });
    expect(data?.open).toEqual([{ fromX: utcStartOf("2026-09-17") - DAY_MS / 2, toX: utcStartOf("2026-09-20") + DAY_MS / 2 }]);
    expect(data?.rows.at(-1)?.ewma).toBeNull();
  });

  it("an agreed level that would press the figures flat is said instead of drawn", () => {
    expect(drawn({}, 0.12)?.agreed?.level).toBe(0.12);
    const far = drawn({}, 0.8);
    expect(far?.agreed).toBeNull();
    expect(plain(far?.agreedBeyond)).toBe("agreed ≤ 12 %: 66.5 pp above what is drawn");
  });

  it("the agreed level's word leaves the side on which a limit runs through it", () => {
    // The limits are 7.3 and 13.5 %.
    expect(drawn({}, 0.12)?.agreed?.isWordBelow).toBe(false);
    expect(drawn({}, 0.133)?.agreed?.isWordBelow).toBe(true);
    expect(drawn({}, 0.137)?.agreed?.isWordBelow).toBe(false);
  });

  it("while nothing is usual yet there are no limits, and no baseline", () => {
    const data = drawn({ state: "learning", baseline: null, drift: null });
    expect(data?.baseline).toBeNull();
    expect(data?.rows.every(({ low, high }) => low === null && high === null)).toBe(true);
  });

  it("marks, onset and alarm have a row of words each, and only the latest marks are shown", () => {
    const rows = (found: ReturnType<typeof drawn>) => found?.moments.map(({ text, side, row }) => [text, side, row]);
    expect(rows(drawn())).toEqual([
      ["new script 22 Aug", "left", 0],
      ["onset 26 Aug", "left", 1],
      ["alarm 6 Sep", "left", 2],
    ]);
    const marks = [1, 3, 5, 7, 9].map((date) => ({ day: `2026-07-0${date}`, word: "coaching" }));
    const many = controlData(view(), { agreed: null, marks });
    expect(rows(many)?.[0]).toEqual(["coaching 3 Jul", "right", 5]);
    expect(new Set(many?.moments.map(({ row }) => row)).size).toBe(6);
  });

  it("ticks are round, hold what is drawn, and the top one has the unit", () => {
    const words = (low: number, high: number, unit: DriftView["unit"]) => axisTicks(low, high, unit).words.map(plain);
    expect(words(0.07, 0.135, "ratio")).toEqual(["6", "8", "10", "12", "14 %"]);
    expect(words(330_000, 392_000, "duration")).toEqual(["5:30", "5:45", "6:00", "6:15", "6:30", "6:45"]);
    expect(words(15_600, 21_800, "duration")).toEqual(["14", "16", "18", "20", "22 s"]);
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), fc.double({ min: 0, max: 500, noNaN: true }), (low, span) => {
        const { ticks, ...axis } = axisTicks(low, low + span, "points");
        expect(axis.low).toBeLessThanOrEqual(low + 1e-9);
        expect(axis.high).toBeGreaterThanOrEqual(low + span - 1e-9);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(new Set(axis.words).size).toBe(ticks.length);
      }),
      { numRuns: 200 },
    );
  });
});
