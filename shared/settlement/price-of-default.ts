import { ordinaryPeriod, type PeriodMoney } from "./period-money.ts";
import { costsMoney } from "./periods-of.ts";
import { priceLines } from "./price-lines.ts";
import type { SettlementVersion } from "./version.ts";

/** Which default, and in how long a window. */
export interface DefaultCase {
  readonly kind: "expected" | "minimum";
  /** Days of the period that the version governs; the whole period if left out. */
  readonly windowDays?: number;
}

/** @returns minor units; `null` where the target carries no credit. */
export function priceIn(money: PeriodMoney, targetId: string, kind: DefaultCase["kind"]): number | null {
  const of = money.version.targets.find(({ target }) => target.id === targetId);
  if (of === undefined || !costsMoney(money.version, of)) return null;
  const level = (kind === "minimum" ? of.minimum : null) ?? of.expected;
  const line = { of, default: kind, shortfall: { at: "level", level }, repeated: false } as const;
  return priceLines([line], money)[0]?.credit ?? null;
}

/**
 * The credit of one default of a target by itself, figure just beyond the level, in an ordinary period: no peak, no ramp, no default
 * before it. The cap of the period holds, that of the year is not looked at.
 *
 * @returns minor units; 0 where the target carries no credit. Example (Texas DIR): 50 % x 40 % of 10 % of 100,000 is 200,000.
 */
export function priceOfDefault(version: SettlementVersion, targetId: string, { kind, windowDays }: DefaultCase): number {
  return priceIn(ordinaryPeriod(version, windowDays ?? null), targetId, kind) ?? 0;
}
