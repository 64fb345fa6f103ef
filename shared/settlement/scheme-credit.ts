import type { Credits } from "../agreement/money-clauses.ts";
import { parseLevel } from "../agreement/level.ts";
import type { Verdict } from "../agreement/verdict.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareDecimal } from "../stats/round.ts";
import { allotmentOf } from "./allotment.ts";
import { isBeyond } from "./compared-figure.ts";
import { add, type Fraction, fractionOf, isLess, multiply, NOTHING, readShare } from "./fraction.ts";
import type { PeriodMoney } from "./period-money.ts";
import type { SettlementTarget } from "./version.ts";

type Scheme = Credits["scheme"];
type AllocationScheme = Extract<Scheme, { kind: "allocation" }>;
type BandsScheme = Extract<Scheme, { kind: "bands" }>;

/** A figure that is in default, or where there is none, a level just beyond which it would be. */
export type Shortfall =
  | { readonly at: "figure"; readonly value: NonNullable<Verdict["value"]>; readonly verdict: Verdict }
  | { readonly at: "level"; readonly level: Decimal };

/** A target's credit before any factor, and how it came about. */
interface BaseCredit {
  readonly credit: Fraction;
  readonly says: string;
}

/** Pool of the category x allocation of the target x amount at risk, over all categories that name the target. */
function allocationCredit(scheme: AllocationScheme, of: SettlementTarget, money: PeriodMoney): BaseCredit {
  const parts = scheme.categories.flatMap(({ pool, targets }) => {
    const found = allotmentOf(targets, of, money.version);
    return found === null ? [] : [{ pool, ...found }];
  });
  const credit = parts
    .map(({ pool, entry, among }) => multiply(money.atRisk, readShare(pool), readShare(entry), fractionOf(1, among)))
    .reduce(add, NOTHING);
  const shares = parts.map(({ pool, entry, among }) => `${pool} x ${entry}${among > 1 ? ` / ${among}` : ""}`);
  return { credit, says: `${shares.join(" + ")} of the amount at risk` };
}

function isPassed(beyond: string, of: SettlementTarget, shortfall: Shortfall): boolean {
  const level = parseLevel(beyond, of.unit);
  if (level === null) return false;
  if (shortfall.at === "figure") return isBeyond(shortfall.value, level, of, shortfall.verdict);
  const side = compareDecimal(shortfall.level, level);
  return of.target.direction === "at-least" ? side <= 0 : side >= 0;
}

/** The dearest band whose level is passed; a share of the fees. */
function bandsCredit(scheme: BandsScheme, of: SettlementTarget, money: PeriodMoney, shortfall: Shortfall): BaseCredit {
  const found = allotmentOf(scheme.targets, of, money.version);
  const passed = (found?.entry ?? []).filter(({ beyond }) => isPassed(beyond, of, shortfall));
  const worst = passed.toSorted((a, b) => (isLess(readShare(a.credit), readShare(b.credit)) ? 1 : -1))[0];
  if (found === null || worst === undefined) return { credit: NOTHING, says: "No band is passed" };
  const shared = found.among > 1 ? ` / ${found.among}` : "";
  return {
    credit: multiply(money.fees, readShare(worst.credit), fractionOf(1, found.among)),
    says: `Beyond ${worst.beyond}: ${worst.credit}${shared} of the fees`,
  };
}

/** The credit of a default by how far the figure is, or under an allocation by the target alone. */
export function baseCredit(
  scheme: AllocationScheme | BandsScheme,
  of: SettlementTarget,
  money: PeriodMoney,
  shortfall: Shortfall,
): BaseCredit {
  return scheme.kind === "allocation" ? allocationCredit(scheme, of, money) : bandsCredit(scheme, of, money, shortfall);
}
