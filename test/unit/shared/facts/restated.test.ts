import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addRecord, type Known, Restated } from "../../../../shared/facts/restated.ts";

const LAYOUT = { counters: ["offered", "handle-ms"], claims: ["answer-rate"] } as const;
const layout = { counters: [...LAYOUT.counters], claims: [...LAYOUT.claims] };

function known(startMs: number, counters: (number | null)[], printed: { mantissa: number; dp: number } | null = null): Known {
  return { queue: "main", startMs, counters, claims: [printed] };
}

describe("what a correction changed", () => {
  it("adds up what was and what is, of the counts that changed anywhere", () => {
    const restated = new Restated(layout);
    restated.add(known(1000, [10, 500]), known(1000, [12, 500]));
    restated.add(known(2000, [5, 100]), known(2000, [5, 100]));
    expect(restated.totals).toEqual([{ counter: "offered", old: 15, new: 17 }]);
    expect(restated.starts).toEqual([1000, 2000]);
  });

  it("tells a value that was not given from zero, and a printed figure with the digits of the file", () => {
    const restated = new Restated(layout);
    restated.add(known(1000, [null, 0], { mantissa: 9401, dp: 2 }), known(1000, [0, 0], { mantissa: 5, dp: 2 }));
    expect(restated.first).toEqual([
      { queue: "main", startMs: 1000, counter: "offered", old: null, new: "0" },
      { queue: "main", startMs: 1000, counter: "answer-rate as printed", old: "94.01", new: "0.05" },
    ]);
  });

  it("keeps the first twenty values by time, however many there are and in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 3000 }, (_, i) => i),
          { minLength: 40 },
        ),
        (starts) => {
          const restated = new Restated({ counters: ["offered"], claims: [] });
          for (const start of starts) restated.add(known(start, [1]), known(start, [2]));
          const expected = starts.toSorted((a, b) => a - b).slice(0, 20);
          expect(restated.first.map(({ startMs }) => startMs)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("a record that moved leaves one interval and comes into another; one that stays is compared", () => {
    const restated = new Restated({ counters: ["offered", "handle-ms"], claims: [] });
    const shares = (queue: string, startMs: number, added: number[]) => ({ queue, shares: [{ startMs, added }] });
    addRecord(restated, shares("a", 1000, [1, 0]), shares("b", 1000, [1, 700]));
    addRecord(restated, shares("a", 3000, [1, 50]), shares("a", 3000, [1, 60]));
    expect(restated.first.map(({ queue, startMs, counter, old, new: now }) => [queue, startMs, counter, old, now])).toEqual([
      ["a", 1000, "offered", "1", null],
      ["b", 1000, "offered", null, "1"],
      ["b", 1000, "handle-ms", null, "700"],
      ["a", 3000, "handle-ms", "50", "60"],
    ]);
  });
});
