import { describe, expect, it } from "vitest";
import { Random, seedOf } from "../../../../workers/simulate/centre/random.ts";

function sample(draw: (random: Random) => number): { mean: number; values: number[] } {
  const random = new Random(seedOf("sample"));
  const values = Array.from({ length: 40_000 }, () => draw(random));
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, values };
}

describe("the seeded source of random numbers", () => {
  it("continues from its state as if it had never stopped", () => {
    const random = new Random(seedOf("stop"));
    random.unit();
    const copy = new Random(random.state);
    expect(Array.from({ length: 20 }, () => copy.unit())).toEqual(Array.from({ length: 20 }, () => random.unit()));
  });

  it("draws the means it is asked for, within 3 %", () => {
    expect(sample((random) => random.unit()).mean).toBeCloseTo(0.5, 1.8);
    expect(sample((random) => random.exponential(366)).mean / 366).toBeCloseTo(1, 1.5);
    expect(sample((random) => random.lognormal(183, 0.9)).mean / 183).toBeCloseTo(1, 1.5);
    expect(sample((random) => random.poisson(3)).mean / 3).toBeCloseTo(1, 1.5);
  });

  it("draws no Poisson count for a mean of zero, and every unit below one", () => {
    expect(sample((random) => random.poisson(0)).mean).toBe(0);
    expect(sample((random) => random.unit()).values.every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
