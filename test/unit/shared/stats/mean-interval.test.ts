import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval } from "../../../../shared/stats/mean-interval.ts";

const histogramOf = (counts: readonly number[]) => counts.map((count, at) => ({ score: at + 1, count }));

describe("the interval of a mean of scores", () => {
  it("of 3, 4, 4 and 5 is 4 give or take 0.80", () => {
    const { low, high } = meanInterval(histogramOf([0, 0, 1, 2, 1]));
    expect([low, high].map((limit) => limit.toFixed(4))).toEqual(["3.1998", "4.8002"]);
  });

  it.each([[[0, 0, 0, 0, 0]], [[0, 0, 0, 0, 1]]])("of %j is the whole line: nothing is known about spread", (counts) => {
    expect(meanInterval(histogramOf(counts))).toEqual({ low: -Infinity, high: Infinity });
  });

  it("lies around the mean and narrows when every answer is given four times", () => {
    const counts = fc
      .array(fc.integer({ min: 0, max: 500 }), { minLength: 5, maxLength: 5 })
      .filter((list) => list.reduce((a, b) => a + b) >= 2);
    fc.assert(
      fc.property(counts, (list) => {
        const once = meanInterval(histogramOf(list));
        const often = meanInterval(histogramOf(list.map((count) => count * 4)));
        expect(often.high - often.low).toBeLessThanOrEqual(once.high - once.low);
        expect(often.high + often.low).toBeCloseTo(once.high + once.low, 9);
      }),
    );
  });
});
