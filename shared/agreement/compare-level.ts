import type { Decimal } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import { compareDecimal } from "../stats/round.ts";
import type { CompiledTarget, Levels } from "./compiled.ts";
import { READ_SHIFT } from "./level.ts";
import { roundSigned } from "./round-signed.ts";

/** -1, 0 or 1 for the figure against a level, rounded first only if the agreement says so. */
function against(compiled: CompiledTarget, value: Ratio, level: Decimal): -1 | 0 | 1 {
  const { rounding } = compiled.target;
  if (rounding === undefined) return compareRatio(value, level);
  return compareDecimal(roundSigned(value, rounding.dp + READ_SHIFT[compiled.unit], rounding.mode), level);
}

/** Whether a figure is on the agreed side of a level; exactly on it is. */
function isOnSide(compiled: CompiledTarget, value: Ratio, level: Decimal): boolean {
  const side = against(compiled, value, level);
  return compiled.target.direction === "at-least" ? side >= 0 : side <= 0;
}

/** Whether a figure is as agreed; in a band, neither above its upper end nor below its lower one. */
export function isMet(compiled: CompiledTarget, value: Ratio, levels: Levels): boolean {
  if (!isOnSide(compiled, value, levels.expected)) return false;
  return compiled.target.direction !== "within" || compiled.notBelow === null || against(compiled, value, compiled.notBelow) >= 0;
}

/** Whether a figure is beyond the minimum too; a band has none. */
export function isBelowMinimum(compiled: CompiledTarget, value: Ratio, { minimum }: Levels): boolean {
  return minimum !== null && compiled.target.direction !== "within" && !isOnSide(compiled, value, minimum);
}

/**
 * Whether a share would be as agreed with one contact more on the good side: (num + 1) / den for "at least", (num - 1) / den
 * for "at most", either one for a band. Means of durations and scores have no such contact.
 */
export function isMetButForOne(compiled: CompiledTarget, { num, den }: Ratio, levels: Levels): boolean {
  if (compiled.unit !== "ratio") return false;
  const { direction } = compiled.target;
  const nums = direction === "at-least" ? [num + 1] : direction === "at-most" ? [num - 1] : [num + 1, num - 1];
  return nums.some((one) => isMet(compiled, { num: Math.max(0, Math.min(den, one)), den }, levels));
}
