import { remember } from "../calendar/remember.ts";
import { feesOfYear } from "./fees.ts";
import { multiply, readShare, roundHalfUp } from "./fraction.ts";
import type { JudgedPeriod } from "./periods-of.ts";
import type { PricedPeriod } from "./price-periods.ts";
import { shareOut } from "./share-out.ts";
import type { SettlementVersion } from "./version.ts";

/** What a period may cost, and what is left of every line's credit then. */
export interface CappedPeriod extends PricedPeriod {
  readonly atRisk: number;
  /** Credits after the caps, in the order of the lines. */
  readonly kept: readonly number[];
  readonly capTrace: readonly string[];
}

/** The year that a period counts for: that of its first day. */
export function yearOf({ start }: Pick<JudgedPeriod, "start">): number {
  return Number(start.slice(0, 4));
}

/** What all credits of a calendar year may reach under a version, in minor units; `null` where it sets no limit. */
export function yearMost(versions: readonly SettlementVersion[], version: SettlementVersion, year: number): number | null {
  const most = version.agreement.credits?.yearMost;
  return most === undefined ? null : roundHalfUp(multiply(feesOfYear(versions, year), readShare(most)));
}

function capTrace(cost: number, atRisk: number, yearLeft: number): string[] {
  return [
    ...(cost > atRisk ? ["Reduced with all lines of the period to the amount at risk"] : []),
    ...(Math.min(cost, atRisk) > yearLeft ? ["Reduced with all lines of the period to what is left of the year's limit"] : []),
  ];
}

/**
 * Applies the caps of the period (the amount at risk) and of the calendar year, oldest period first. Lines lose in proportion to their
 * credits, by largest remainder, so that they add up exactly. What is earned back later does not make room in the year again.
 */
export function capPeriods(priced: readonly PricedPeriod[], versions: readonly SettlementVersion[]): CappedPeriod[] {
  const spent = new Map<number, number>();
  const mostOf = remember(100, (key: string) => {
    const [version, year] = key.split(".").map(Number);
    const found = versions.find(({ agreement }) => agreement.version === version);
    return { most: found === undefined || year === undefined ? null : yearMost(versions, found, year) };
  });
  return priced.map((entry) => {
    const { period, lines } = entry;
    const [year, atRisk] = [yearOf(period), roundHalfUp(period.money.atRisk)];
    const { most } = mostOf(`${period.version.agreement.version}.${year}`);
    const used = spent.get(year) ?? 0;
    const yearLeft = most === null ? Infinity : Math.max(0, most - used);
    const credits = lines.map(({ credit }) => credit);
    const cost = credits.reduce((all, credit) => all + credit, 0);
    const cap = Math.min(cost, atRisk, yearLeft);
    if (!period.open) spent.set(year, used + cap);
    return { ...entry, atRisk, kept: shareOut(cap, credits), capTrace: capTrace(cost, atRisk, yearLeft) };
  });
}
