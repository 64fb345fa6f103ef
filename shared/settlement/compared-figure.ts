import type { Verdict } from "../agreement/verdict.ts";
import { READ_SHIFT } from "../agreement/level.ts";
import { roundSigned } from "../agreement/round-signed.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareRatio } from "../stats/ratio.ts";
import { compareDecimal } from "../stats/round.ts";
import type { SettlementTarget } from "./version.ts";

type Figure = NonNullable<Verdict["value"]>;
type Side = Pick<Verdict, "direction" | "expected" | "notBelow">;

/** -1, 0 or 1 for the figure below, on or above a level; rounded first where the target says so. */
export function compareFigure(value: Figure, level: Decimal, of: SettlementTarget): -1 | 0 | 1 {
  const { rounding } = of.target;
  if (rounding === undefined) return compareRatio(value, level);
  return compareDecimal(roundSigned(value, rounding.dp + READ_SHIFT[of.unit], rounding.mode), level);
}

/** Whether a figure is on the side that was agreed; exactly on the level it is. */
export function isOnAgreedSide(value: Figure, side: Side, of: SettlementTarget): boolean {
  const above = compareFigure(value, side.expected, of);
  if (side.direction === "at-least") return above >= 0;
  if (above > 0) return false;
  return side.direction === "at-most" || side.notBelow === null || compareFigure(value, side.notBelow, of) >= 0;
}

/** Whether a figure is worse than a level. Of a band, a level on or under its lower end is passed downwards. */
export function isBeyond(value: Figure, level: Decimal, of: SettlementTarget, side: Side): boolean {
  const above = compareFigure(value, level, of);
  if (side.direction === "at-least") return above < 0;
  if (side.direction === "at-most" || side.notBelow === null) return above > 0;
  const low = compareDecimal(level, side.notBelow) <= 0;
  return low ? above < 0 : above > 0;
}
