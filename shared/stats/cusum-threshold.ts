import { cusumRunLength } from "./cusum-run-length.ts";
import { normalCdf } from "./normal.ts";
import { secantRoot } from "./secant-root.ts";

/** Where Siegmund's run length (e^x - x - 1) / 2k², x = 2k(h + 1.166), reaches the given one: a guess good to a few hundredths. */
function guess(k: number, runLength: number): number {
  let x = Math.log(1 + 2 * k * k * runLength);
  for (let pass = 0; pass < 30; pass++) x = Math.log(1 + x + 2 * k * k * runLength);
  return Math.max(0.05, x / (2 * k) - 1.166);
}

/**
 * Threshold of a one-sided tabular CUSUM for a wanted run length between false alarms. Two sides share the run length: ask
 * for twice as much.
 *
 * @param k allowance in standard deviations, 0.05 to 5: half the shift that is to be found soonest (Moustakides 1986, Annals of
 *   Statistics 14:1379: no other procedure with this run length finds that shift sooner in the worst case).
 * @param runLength observations between false alarms on average; above 1 / P(Z > k), which no threshold at all gives, at most 2e9.
 * @returns h in standard deviations, error below 1e-6. Example: 0.5 and 370.4 give 4.0965, which finds a shift of 1 after 8.5751.
 * @throws RangeError when no threshold up to 100 gives that run length.
 */
export function cusumThreshold(k: number, runLength: number): number {
  if (!(runLength > 1 / normalCdf(-k))) throw new RangeError(`with k = ${k} no chart has a run length as short as ${runLength}`);
  const h = secantRoot((at) => Math.log(cusumRunLength({ k, h: at }, 0) / runLength), guess(k, runLength));
  if (h === null) throw new RangeError(`no threshold gives k = ${k} a run length of ${runLength}`);
  return h;
}
