import { describe, expect, it } from "vitest";
import { bettingRatios } from "../../../../shared/drift/betting-ratios.ts";
import { eEvidence, emptyEDetector, eStep } from "../../../../shared/drift/e-detector.ts";
import {
  bernoulliStep,
  poissonReference,
  poissonStep,
  riskAdjustedStep,
  riskAdjustedWeight,
} from "../../../../shared/drift/event-cusum.ts";
import { listedByEvidence, periodEvidence } from "../../../../shared/drift/false-discovery-evidence.ts";
import { drawBeta, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

/** Mean and standard error of how long `runOnce` takes. */
function meanLength(runs: number, runOnce: () => number): { mean: number; error: number } {
  const lengths = Array.from({ length: runs }, runOnce);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / runs;
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / (runs - 1);
  return { mean, error: Math.sqrt(variance / runs) };
}

function within(measured: { mean: number; error: number }, exact: number): void {
  expect(Math.abs(measured.mean - exact) / measured.error).toBeLessThan(3);
}

describe("CUSUMs of single events", () => {
  // Exact Markov chains (method of Brook and Evans 1972).
  it.each([
    { m: 7, H: 31, p: 0.2, exact: 63.084 },
    { m: 7, H: 31, p: 0.15, exact: 152.372 },
    { m: 14, H: 54, p: 0.1, exact: 103.667 },
  ])("the Bernoulli CUSUM m = $m, H = $H takes $exact audits at a failure rate of $p", ({ m, H, p, exact }) => {
    const stream = randomStream(`bernoulli ${m} ${p}`);
    const runOnce = (): number => {
      let [sum, audits] = [0, 0];
      for (; sum < H; audits++) sum = bernoulliStep(sum, stream.next() < p, m);
      return audits;
    };
    within(meanLength(1_500, runOnce), exact);
  });

  it.each([
    { k: 2, h: 5, mu: 1.5, exact: 96.684 },
    { k: 2, h: 5, mu: 2, exact: 19.797 },
    { k: 2, h: 5, mu: 3, exact: 5.366 },
  ])("the Poisson CUSUM k = $k, h = $h takes $exact counts of $mu each", ({ k, h, mu, exact }) => {
    const stream = randomStream(`poisson ${mu}`);
    const runOnce = (): number => {
      let [sum, counts] = [0, 0];
      for (; sum < h; counts++) sum = poissonStep(sum, { events: drawPoisson(stream, mu), exposure: 1 }, k);
      return counts;
    };
    within(meanLength(1_500, runOnce), exact);
    expect(poissonReference(2, 4)).toBeCloseTo(2.885, 3);
  });

  it("a unit of high risk that goes wrong weighs less than one of low risk", () => {
    expect(riskAdjustedWeight({ bad: true, risk: 0.1 }, 2)).toBeCloseTo(0.5978, 4);
    expect(riskAdjustedWeight({ bad: false, risk: 0.1 }, 2)).toBeCloseTo(-0.0953, 4);
    expect(riskAdjustedStep(0, { bad: true, risk: 0.5 }, 2)).toBeLessThan(riskAdjustedStep(0, { bad: true, risk: 0.1 }, 2));
  });
});

describe("betting on bounded scores", () => {
  it("stakes follow the gap between score and mean", () => {
    const ratios = bettingRatios({ x: 0.5, mean: 0.9 }, "down");
    [1.2, 1.6, 2.4].forEach((ratio, i) => expect(ratios[i]).toBeCloseTo(ratio, 12));
    for (const ratio of bettingRatios({ x: 1, mean: 0.9 }, "down")) expect(ratio).toBeLessThan(1);
  });

  it("scores of any shape with an unmoved mean raise no more false alarms than promised", () => {
    const stream = randomStream("betting");
    const runOnce = (): number => {
      let [state, scores] = [emptyEDetector(3), 0];
      for (; eEvidence(state, [0.25, 0.5, 0.25]) < 50 && scores < 5_000; scores++) {
        state = eStep(state, bettingRatios({ x: drawBeta(stream, 0.9, 0.1), mean: 0.9 }, "down"), "sum");
      }
      return scores;
    };
    const { mean, error } = meanLength(150, runOnce);
    expect(mean + 3 * error).toBeGreaterThan(50);
  });
});

describe("the digest list", () => {
  it("lists the series whose evidence holds up against their number", () => {
    expect(listedByEvidence([3, 50, 0.5, 25], 0.1)).toEqual([1, 3]);
    expect(listedByEvidence([1, 1, 1], 0.1)).toEqual([]);
    expect(listedByEvidence([], 0.1)).toEqual([]);
  });

  it("evidence of a period is the mean of what each bet has come to", () => {
    expect(periodEvidence([])).toBe(1);
    expect(
      periodEvidence([
        [2, 0.5],
        [2, 0.5],
      ]),
    ).toBeCloseTo((4 + 0.25) / 2, 12);
  });
});
