import type { Credits } from "../agreement/money-clauses.ts";
import { allotmentOf } from "./allotment.ts";
import { parseAmount } from "./amount.ts";
import type { DefaultKind } from "./default-of.ts";
import { add, type Fraction, fractionOf, multiply, NOTHING, readFactor, readShare } from "./fraction.ts";
import type { PeriodMoney } from "./period-money.ts";
import type { SettlementTarget, SettlementVersion } from "./version.ts";

type PointsScheme = Extract<Credits["scheme"], { kind: "points" }>;
type Price = PointsScheme["price"];

/**
 * Points of one default before repeat and peak factors. Points of their own for a default below the minimum replace the minimum factor.
 * Every member of an `each` target takes the full points of its own default: points count defaults, they are not a share of a sum.
 */
export function basePoints(credits: Credits & { scheme: PointsScheme }, of: SettlementTarget, money: PointsOf): Fraction {
  const listed = allotmentOf(credits.scheme.points, of, money.version)?.entry;
  if (listed === undefined) return NOTHING;
  if (money.kind !== "minimum") return fractionOf(listed.expected);
  if (listed.minimum !== undefined) return fractionOf(listed.minimum);
  return multiply(fractionOf(listed.expected), readFactor(credits.minimumFactor));
}

interface PointsOf {
  readonly version: SettlementVersion;
  readonly kind: DefaultKind;
}

/** The row with the highest `from` that is reached. */
function tableShare(rows: Extract<Price, { by: "table" }>["rows"], points: number): string {
  return rows.filter(({ from }) => from <= points).toSorted((a, b) => b.from - a.from)[0]?.credit ?? "0 %";
}

function ratchet({ free, perPoint, bands }: Extract<Price, { by: "ratchet" }>, points: number): Fraction {
  let [sum, below] = [NOTHING, free];
  for (const { to = points, factor } of bands) {
    const inBand = Math.max(0, Math.min(points, to) - below);
    sum = add(sum, multiply(fractionOf(inBand * parseAmount(perPoint)), readFactor(factor)));
    below = Math.max(below, to);
  }
  return sum;
}

/**
 * What the points of a period cost, exactly, in minor units.
 *
 * `table`: the share of the fees in the highest row reached (TELUS: 12 points -> row 10 -> 2 %). `ratchet`: each band prices the points
 * above the one before (PFI: 120 points at 3 with 20 free, x1.0 to 100, x1.2 to 200 cost 80 x 3 + 20 x 3.60 = 312); of a part of a
 * period the price is its part, as the fees are.
 */
export function priceOfPoints(price: Price, points: number, money: Pick<PeriodMoney, "fees" | "share">): Fraction {
  return price.by === "table"
    ? multiply(money.fees, readShare(tableShare(price.rows, points)))
    : multiply(ratchet(price, points), money.share);
}
