import type { Quotient, Verdict } from "../agreement/verdict.ts";
import { type Decimal } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import { roundRatio } from "../stats/round.ts";
import type { SettlementTarget } from "./version.ts";
import type { z } from "zod";

type Figure = z.infer<typeof Quotient>;
type Side = Pick<Verdict, "direction" | "expected" | "notBelow">;

/** Decimal places of the stored unit per place of the unit as read: percent, seconds, points. */
function readShift({ formula }: SettlementTarget): number {
  if (formula.unit === "ratio") return 2;
  return formula.unit === "duration" ? -3 : 0;
}

/** The figure as it is compared: exact, or rounded first where the target says so. */
function compared(value: Figure, of: SettlementTarget): Ratio {
  const { rounding } = of.target;
  if (rounding === undefined) return value;
  const places = rounding.dp + readShift(of);
  const factor = 10 ** Math.max(0, -places);
  const { mantissa, dp } = roundRatio({ num: value.num, den: value.den * factor }, Math.max(0, places), rounding.mode);
  return { num: mantissa * factor, den: 10 ** dp };
}

/** -1, 0 or 1 for the figure below, on or above a level. */
export function compareFigure(value: Figure, level: Decimal, of: SettlementTarget): -1 | 0 | 1 {
  return compareRatio(compared(value, of), level);
}

/** Whether a figure is on the side that was agreed; exactly on the level it is. */
export function isOnAgreedSide(value: Figure, side: Side, of: SettlementTarget): boolean {
  const above = compareFigure(value, side.expected, of);
  if (side.direction === "at-least") return above >= 0;
  if (above > 0) return false;
  return side.direction === "at-most" || side.notBelow === null || compareFigure(value, side.notBelow, of) >= 0;
}

/** Whether a figure is worse than a level. A level at or under the middle of a band is one for figures that are too low. */
export function isBeyond(value: Figure, level: Decimal, of: SettlementTarget, side: Side): boolean {
  const above = compareFigure(value, level, of);
  if (side.direction === "at-least") return above < 0;
  if (side.direction === "at-most" || side.notBelow === null) return above > 0;
  const low = compareRatio({ num: level.mantissa, den: 10 ** level.dp }, side.notBelow) <= 0;
  return low ? above < 0 : above > 0;
}
