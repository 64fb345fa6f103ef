import { BANK_FIRST_EXPONENT, BANK_STEPS, FOUR_ARMS, THREE_ARMS } from "./bank-table.ts";
import type { BankArm } from "./cusum-bank.ts";

/** What the thresholds of a bank are to keep. */
export interface BankPromise {
  /** Subgroups between false alarms on average while nothing moves: 10 to 1e8. Calibrated by simulation up to 20,000, cautious beyond. */
  readonly runLength: number;
  /** 1: only a shift to one side gives an alarm. 2: either does. */
  readonly sides: 1 | 2;
}

interface ArmTable {
  readonly k: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

const THREE: ArmTable = { k: [0.25, 0.5, 1], rows: THREE_ARMS };
const FOUR: ArmTable = { k: [0.125, 0.25, 0.5, 1], rows: FOUR_ARMS };
/** Up to here three arms do; for rarer alarms a slow one with k = 0.125 joins them, else small shifts would be found late. */
const THREE_UP_TO = 375;

/** Lagrange's polynomial through the four entries around a place of the table. */
function interpolated({ rows }: ArmTable, arm: number, place: number): number {
  const first = Math.min(Math.max(Math.floor(place) - 1, 0), rows.length - 4);
  const x = place - first;
  const y = [0, 1, 2, 3].map((at) => rows[first + at]?.[arm] ?? 0);
  return y.reduce((sum, value, at) => {
    const factor = [0, 1, 2, 3].reduce((product, other) => (other === at ? product : (product * (x - other)) / (at - other)), 1);
    return sum + value * factor;
  }, 0);
}

/**
 * Arms of a bank of CUSUMs over independent standard scores which together give one false alarm per `runLength` subgroups:
 * k = 0.25, 0.5 and 1, above a run length of 375 (two-sided) k = 0.125 as well. Of all shifts from 0.5 to 2 standard deviations each is found
 * within 10 % of the time that the best chart for this very shift takes, from 0.25 to 3 within 25 % (26 % just below 375).
 *
 * @param promise the run length and the sides. One side has the thresholds of two sides at half the run length.
 * @returns the arms in the order of k; an alarm when a sum exceeds its `h`. Table made by simulation, decision 040.
 *   Example: two sides and 370.4 give h = 9.34, 5.46 and 2.86 (a simulation of its own found 9.315, 5.444 and 2.852).
 * @throws RangeError when the run length is below 10 or above 1e8.
 */
export function bankThresholds({ runLength, sides }: BankPromise): readonly BankArm[] {
  if (!(runLength >= 10 && runLength <= 1e8)) throw new RangeError(`a run length lies from 10 to 1e8, not at ${runLength}`);
  const twoSided = sides === 2 ? runLength : runLength / 2;
  const table = twoSided <= THREE_UP_TO ? THREE : FOUR;
  const place = Math.log10(twoSided) * BANK_STEPS - BANK_FIRST_EXPONENT;
  return table.k.map((k, arm) => ({ k, h: interpolated(table, arm, place) }));
}
