import { describe, expect, it } from "vitest";
import { bankThresholds } from "../../../../shared/drift/bank-thresholds.ts";
import { type BankArm, bankAlarm, bankStep, emptyBank } from "../../../../shared/drift/cusum-bank.ts";
import { EWMA_LAMBDA, ewmaStep, startEwma } from "../../../../shared/drift/ewma.ts";
import { twoSidedCusumRunLength } from "../../../../shared/stats/cusum-run-length.ts";
import { cusumThreshold } from "../../../../shared/stats/cusum-threshold.ts";
import { randomStream, type RandomStream } from "../../../../shared/stats/random.ts";
import { drawNormal, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { BERNOULLI, CUSUM_TWO_SIDED, EWMA, POISSON, SHEWHART, SHIFTS } from "../stats/run-length-tables.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
/** The full size takes a minute of a quiet machine altogether. */
const PATIENT = { timeout: FULL ? 600_000 : 30_000 };

/** A chart from its start: takes one draw at a time and says whether that gave an alarm. */
type Chart = () => (value: number) => boolean;

interface Simulation {
  readonly seed: string;
  readonly runs: number;
  readonly chart: Chart;
  readonly draw: (stream: RandomStream) => number;
}

function simulated({ seed, runs, chart, draw }: Simulation): { readonly mean: number; readonly error: number } {
  const stream = randomStream(seed);
  let [sum, squares] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const alarm = chart();
    let length = 1;
    while (!alarm(draw(stream))) length++;
    sum += length;
    squares += length * length;
  }
  const mean = sum / runs;
  return { mean, error: Math.sqrt((squares / runs - mean * mean) / runs) };
}

function bank(arms: readonly BankArm[]): Chart {
  return () => {
    let state = emptyBank(arms);
    return (z) => bankAlarm((state = bankStep(state, z, arms)), arms) !== null;
  };
}

function ewma(limit: number): Chart {
  const edge = limit * Math.sqrt(EWMA_LAMBDA / (2 - EWMA_LAMBDA));
  return () => {
    let state = startEwma(0);
    return (z) => Math.abs((state = ewmaStep(state, z)).mean) > edge;
  };
}

/** The CUSUMs of counts, which no series of ours is watched with: they are here to hold the solvers against. */
function countCusum(k: number, h: number): Chart {
  return () => {
    let sum = 0;
    return (count) => (sum = Math.max(0, sum + count - k)) >= h;
  };
}

function moved(shift: number): (stream: RandomStream) => number {
  return (stream) => drawNormal(stream) + shift;
}

/** Which cells of a row a quick run looks at: one far, one near. */
const CELLS = SHIFTS.flatMap((shift, i) => (FULL || shift === 0.5 || shift === 1.5 ? [{ shift, i }] : []));
const RUNS = FULL ? 10_000 : 1_200;

/** The figure simulated lies within three of its standard errors of the published one. */
function expectPublished(simulation: Simulation, published: number): void {
  const { mean, error } = simulated(simulation);
  expect(Math.abs(mean - published), `${simulation.seed}: ${mean} +- ${error} against ${published}`).toBeLessThan(3 * error);
}

describe("running charts find a shift when the solvers say", PATIENT, () => {
  it("the CUSUMs of the bank", () => {
    for (const { h, row } of FULL ? CUSUM_TWO_SIDED : CUSUM_TWO_SIDED.slice(1, 2)) {
      const chart = bank([{ k: 0.5, h }]);
      for (const { shift, i } of CELLS)
        expectPublished({ seed: `two-sided ${h} ${shift}`, runs: RUNS, chart, draw: moved(shift) }, row[i] ?? 0);
    }
  });

  it("the drawn line with its limits", () => {
    const row = EWMA.find(({ weight }) => weight === EWMA_LAMBDA)?.row ?? [];
    const chart = ewma(2.814);
    for (const { shift, i } of CELLS) expectPublished({ seed: `ewma ${shift}`, runs: RUNS, chart, draw: moved(shift) }, row[i] ?? 0);
  });

  it("single days beyond 3 standard deviations", () => {
    const chart: Chart = () => (z) => Math.abs(z) > 3;
    for (const { shift, i } of CELLS)
      expectPublished({ seed: `shewhart ${shift}`, runs: RUNS, chart, draw: moved(shift) }, SHEWHART[i] ?? 0);
  });

  it("CUSUMs of events and of single units", () => {
    for (const { h, k, mu, arl } of POISSON.filter((cell) => cell.arl < (FULL ? 2_000 : 100))) {
      expectPublished({ seed: `poisson ${h} ${mu}`, runs: RUNS, chart: countCusum(k, h), draw: (s) => drawPoisson(s, mu) }, arl);
    }
    for (const { m, h, p, arl } of BERNOULLI.filter((cell) => FULL || cell.arl < 100)) {
      const draw = (stream: RandomStream): number => (stream.next() < p ? m : 0);
      expectPublished({ seed: `bernoulli ${h} ${p}`, runs: RUNS, chart: countCusum(1, h), draw }, arl);
    }
  });
});

/** How much longer the bank takes than the best chart for this very shift at the same run length. */
function slowdown(runLength: number, shift: number): number {
  const k = shift / 2;
  const best = twoSidedCusumRunLength({ k, h: cusumThreshold(k, 2 * runLength) }, shift);
  const chart = bank(bankThresholds({ runLength, sides: 2 }));
  return simulated({ seed: `bank ${runLength} ${shift}`, runs: FULL ? 40_000 : 2_500, chart, draw: moved(shift) }).mean / best;
}

describe("the bank", PATIENT, () => {
  it.each(FULL ? [20, 50, 150, 370.4, 1_000, 3_000, 20_000] : [50])("gives one false alarm in %d days", (runLength) => {
    const chart = bank(bankThresholds({ runLength, sides: 2 }));
    const runs = FULL ? Math.max(2_000, 8e6 / runLength) : 1_500;
    const { mean, error } = simulated({ seed: `quiet ${runLength}`, runs, chart, draw: moved(0) });
    // The table itself was simulated: it is good to one per cent.
    expect(Math.abs(mean - runLength), `${mean} +- ${error}`).toBeLessThan(3 * error + 0.01 * runLength);
  });

  it("has the run length at the reference's thresholds that the reference gives", () => {
    const arms = [
      { k: 0.25, h: 9.315 },
      { k: 0.5, h: 5.444 },
      { k: 1, h: 2.852 },
    ];
    const { mean, error } = simulated({ seed: "reference", runs: FULL ? 20_000 : 300, chart: bank(arms), draw: moved(0) });
    expect(Math.abs(mean - 370.5)).toBeLessThan(3 * Math.hypot(error, 4.8));
  });

  it("finds shifts from 0.5 to 2 within 10 % of the best chart for each, from 0.25 to 3 within 25 %", () => {
    for (const runLength of FULL ? [100, 300, 400, 1_000, 5_000, 20_000] : [1_000]) {
      for (const shift of FULL ? [0.5, 0.75, 1, 1.5, 2] : [1])
        expect(slowdown(runLength, shift), `${runLength} ${shift}`).toBeLessThan(1.1);
      for (const shift of FULL ? [0.25, 2.5, 3] : [3]) expect(slowdown(runLength, shift), `${runLength} ${shift}`).toBeLessThan(1.25);
    }
  });
});
