import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bankAlarm, bankStep, emptyBank, type BankArm } from "../../../../shared/drift/cusum-bank.ts";
import { drawNormal } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

const BANK = [
  { k: 0.25, h: 9.315 },
  { k: 0.5, h: 5.444 },
  { k: 1, h: 2.852 },
] as const;
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 20_000 : 1_000;

function meanRun(arms: readonly BankArm[], shift: number): { mean: number; error: number } {
  const stream = randomStream(`bank ${shift} ${arms.length}`);
  const lengths = Array.from({ length: RUNS }, () => {
    let [state, steps] = [emptyBank(arms), 0];
    do {
      state = bankStep(state, drawNormal(stream) + shift, arms);
      steps++;
    } while (bankAlarm(state, arms) === null);
    return steps;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / RUNS;
  return { mean, error: Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / (RUNS - 1) / RUNS) };
}

describe("the bank of CUSUMs", () => {
  // One arm: Gauss-Legendre solution, n = 120. Three arms: 20,000 simulated runs a cell (standard error 4.8 at rest).
  it.each([
    { arms: [{ k: 0.5, h: 4.77 }], shift: 1, exact: 9.917, error: 0 },
    { arms: [{ k: 0.5, h: 4 }], shift: 0, exact: 167.684, error: 0 },
    { arms: BANK, shift: 0, exact: 370.5, error: 4.8 },
    { arms: BANK, shift: 0.5, exact: 30.9, error: 0.15 },
    { arms: BANK, shift: 2, exact: 3.57, error: 0.02 },
  ])("$arms.length arms at a shift of $shift take $exact subgroups", ({ arms, shift, exact, error }) => {
    const measured = meanRun(arms, shift);
    expect(Math.abs(measured.mean - exact)).toBeLessThan(3 * Math.hypot(measured.error, error));
  });

  it("a mirrored series gives the mirrored bank", () => {
    const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(scores, (zs) => {
        const fold = (sign: number) => zs.reduce((state, z) => bankStep(state, sign * z, BANK), emptyBank(BANK));
        const mirrored = fold(-1).map(({ up, down, upFor, downFor }) => ({ up: down, down: up, upFor: downFor, downFor: upFor }));
        expect(mirrored).toEqual(fold(1));
      }),
    );
  });

  it("the arm furthest beyond its threshold says which way and how far", () => {
    const arms = [{ k: 0.5, h: 4.77 }];
    let state = emptyBank(arms);
    for (let i = 0; i < 3; i++) state = bankStep(state, 2, arms);
    expect(bankAlarm(state, arms)).toBeNull();
    expect(bankAlarm(bankStep(state, 2, arms), arms)).toEqual({ direction: "up", shift: 2, days: 4 });
  });
});
