import type { Verdict } from "../agreement/verdict.ts";
import { allotmentOf } from "./allotment.ts";
import { compareFigure } from "./compared-figure.ts";
import { fractionOf, multiply, readShare, roundHalfUp } from "./fraction.ts";
import type { JudgedPeriod } from "./periods-of.ts";
import { shareOut } from "./share-out.ts";
import type { SettlementTarget } from "./version.ts";

function reachesStretch(verdict: Verdict | null, of: SettlementTarget): boolean {
  const { direction } = of.target;
  if (verdict?.status !== "met" || verdict.value === null || of.stretch === null || direction === "within") return false;
  const side = compareFigure(verdict.value, of.stretch, of);
  return direction === "at-least" ? side >= 0 : side <= 0;
}

/** The bonus of each line of a closed period, in minor units: a share of the fees where `stretch` is reached, together `most` at most. */
export function bonuses(
  period: JudgedPeriod,
  lines: readonly { readonly of: SettlementTarget; readonly verdict: Verdict | null }[],
): number[] {
  const { bonus } = period.version.agreement;
  if (bonus === undefined || period.open) return lines.map(() => 0);
  const earned = lines.map(({ of, verdict }) => {
    const found = allotmentOf(bonus.targets, of, period.version);
    if (found === null || !reachesStretch(verdict, of)) return 0;
    return roundHalfUp(multiply(period.money.fees, readShare(found.entry), fractionOf(1, found.among)));
  });
  const most = roundHalfUp(multiply(period.money.fees, readShare(bonus.most)));
  return shareOut(
    Math.min(
      most,
      earned.reduce((all, amount) => all + amount, 0),
    ),
    earned,
  );
}
