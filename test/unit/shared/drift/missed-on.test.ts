import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../../../shared/calendar/day.ts";
import type { DriftPoint } from "../../../../shared/drift/drift-point.ts";
import { missedOn, type WindowAhead } from "../../../../shared/drift/missed-on.ts";

const APRIL: WindowAhead = { from: "2026-04-01", to: "2026-04-30", nextTo: "2026-05-31" };
const below =
  (level: number) =>
  ({ num, n }: { readonly num: number; readonly n: number }): boolean =>
    num / n < level;

/** Days of 100 from 1 March on; the first of April begins the new level. */
function daysUntil(last: string, share: (day: string, i: number) => number): DriftPoint[] {
  return daysBetween("2026-03-01", last).map((day, i) => ({ day, n: 100, num: Math.round(100 * share(day, i)) }));
}

function on(points: readonly DriftPoint[], level: number, windows: readonly WindowAhead[] = [APRIL]): string | null {
  return missedOn(points, { onset: "2026-04-01", windows, isMissed: below(level) });
}

describe("the day on which a drift would miss the agreement", () => {
  it("is the end of the open window, of the one after it, or none", () => {
    const points = daysUntil("2026-04-10", (day) => (day < "2026-04-01" ? 0.9 : 0.7));
    expect(on(points, 0.8)).toBe("2026-04-30");
    expect(on(points, 0.7)).toBeNull();
    const late = daysUntil("2026-04-20", (day) => (day < "2026-04-01" ? 0.95 : day < "2026-04-15" ? 0.95 : 0.75));
    expect(missedOn(late, { onset: "2026-04-15", windows: [APRIL], isMissed: below(0.8) })).toBe("2026-05-31");
    expect(missedOn(late, { onset: "2026-04-15", windows: [{ ...APRIL, nextTo: null }], isMissed: below(0.8) })).toBeNull();
  });

  it("counts on with a fall that has not stopped", () => {
    const falling = daysUntil("2026-04-20", (day, i) => (day < "2026-04-01" ? 0.95 : 0.95 - 0.005 * (i - 30)));
    expect(falling.at(-1)?.num).toBe(85);
    expect(on(falling, 0.82)).toBe("2026-05-31");
    expect(on(falling, 0.9)).toBe("2026-04-30");
  });

  it("is not known without a day since the onset, and days that are open or left out say nothing", () => {
    expect(
      on(
        daysUntil("2026-03-31", () => 0.9),
        0.8,
      ),
    ).toBeNull();
    const hidden = daysUntil("2026-04-10", (day) => (day < "2026-04-01" ? 0.9 : 0.1)).map((point) =>
      point.day < "2026-04-01" ? point : { ...point, ...(point.day < "2026-04-05" ? { leftOut: true as const } : { open: true as const }) },
    );
    expect(on(hidden, 0.8)).toBeNull();
  });

  it("is always the end of a window that is not over, and never later for a stricter level or one more window", () => {
    const week = { from: "2026-04-06", to: "2026-04-12", nextTo: "2026-04-19" };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 0, max: 20 }),
        (shares, level, stricter) => {
          const points = shares.map((num, i): DriftPoint => ({ day: addDays("2026-04-01", i), n: 100, num }));
          const found = on(points, level / 100);
          expect([null, APRIL.to, APRIL.nextTo]).toContain(found);
          const strict = on(points, (level + stricter) / 100) ?? "9999-12-31";
          expect(strict <= (found ?? "9999-12-31")).toBe(true);
          expect((on(points, level / 100, [APRIL, week]) ?? "9999-12-31") <= (found ?? "9999-12-31")).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
