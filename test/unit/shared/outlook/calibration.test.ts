import { describe, expect, it } from "vitest";
import { calibrationOf, foretellYear, REGIMES, seededNumbers } from "../../../bench/outlook-years.ts";

describe("P(miss) over simulated years", () => {
  const random = seededNumbers(7);
  const foretold = REGIMES.flatMap((regime) => Array.from({ length: 8 }, () => foretellYear(regime, random)).flat());
  const { count, brier, baseBrier, reliabilityError, buckets } = calibrationOf(foretold);

  it("comes true as often as it says, within 0.03 on average (issue: reliability error)", () => {
    expect(count).toBe(REGIMES.length * 8 * 11 * 5);
    expect(reliabilityError).toBeLessThan(0.03);
  });

  it("tells far more than the share of months missed does", () => expect(brier).toBeLessThan(baseBrier / 2));

  it("is sure only of what comes", () => {
    const sure = [buckets.at(0), buckets.at(-1)].map((bucket) => bucket?.observed ?? NaN);
    expect(sure[0]).toBeLessThan(0.04);
    expect(sure[1]).toBeGreaterThan(0.96);
  });
});
