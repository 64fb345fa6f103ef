import { bankThresholds, type BankPromise } from "./bank-thresholds.ts";
import type { BankArm } from "./cusum-bank.ts";

/** How scores lie that were made with an estimated baseline while nothing has moved. */
export interface Shaken {
  /** Their mean, in their own nominal standard deviations. */
  readonly offset: number;
  /** Their standard deviation, nominally 1. */
  readonly scale: number;
}

/** A bank without its slowest arms, its thresholds as calibrated with them. */
export interface PartOfBank extends BankPromise {
  /** Arms with a smaller k are left out. */
  readonly slowest: number;
}

const STANDARD: Shaken = { offset: 0, scale: 1 };
/** How far a sum overshoots its edges on average, together (Siegmund 1985, Sequential Analysis, 2.56). */
const OVERSHOOT = 1.166;

/**
 * Average run length of one arm on one side by Siegmund's approximation: (e^x - x - 1) / 2d², d = (k - offset) / scale,
 * x = 2d(h / scale + 1.166).
 *
 * @returns scores until the alarm, within 6 % of the exact figure for h from 3 on. Example: k = 0.5, h = 4 gives 339 (exact 335).
 */
export function armRunLength({ k, h }: BankArm, { offset, scale }: Shaken): number {
  const drift = (k - offset) / scale;
  const width = h / scale + OVERSHOOT;
  const x = 2 * drift * width;
  return Math.abs(x) < 1e-4 ? width * width : (Math.expm1(x) - x) / (2 * drift * drift);
}

/**
 * Alarms per score of one side: those of its busiest arm, and of the others the part that comes at other times. The further the scores
 * are off, the more the arms cross together: the two factors were fitted to simulations, some of which are in the tests.
 */
function sideRate(arms: readonly BankArm[], shaken: Shaken, standardApart: number): number {
  const apart = standardApart * Math.exp(-5 * Math.max(0, shaken.offset) - 1.5 * Math.max(0, shaken.scale - 1));
  let [sum, most] = [0, 0];
  for (const arm of arms) {
    const rate = 1 / armRunLength(arm, shaken);
    sum += rate;
    if (rate > most) most = rate;
  }
  return most + apart * (sum - most);
}

/**
 * How often a calibrated bank gives a false alarm when its scores are not quite standard: the arms put together so that it is exact for
 * standard scores and the whole bank.
 *
 * @param part what the bank was calibrated for, and which of its arms stay.
 * @returns a function from the scores' offset and scale to false alarms per score, within 10 % of simulated ones for offsets up to 0.3
 *   and scales from 0.9 to 1.3. Example: two sides and 370.4 give 1 / 370.4 for offset 0 and scale 1, and 1 / 162 for scale 1.1.
 */
export function shakenAlarmRate({ runLength, sides, slowest }: PartOfBank): (shaken: Shaken) => number {
  const whole = bankThresholds({ runLength, sides });
  const [all, least] = [sideRate(whole, STANDARD, 1), sideRate(whole, STANDARD, 0)];
  const each = 1 / (runLength * sides);
  const apart = Math.min(1, Math.max(0, (each - least) / (all - least)));
  const correction = each / sideRate(whole, STANDARD, apart);
  const arms = whole.filter(({ k }) => k >= slowest);
  return ({ offset, scale }) => {
    const worse = sideRate(arms, { offset, scale }, apart);
    return correction * (sides === 1 ? worse : worse + sideRate(arms, { offset: -offset, scale }, apart));
  };
}
