import type { AlertClauses, AlertSeverity } from "../../agreement/alert-clauses.ts";

/** So much of the budget of misses spent within so much of the window's volume is told. */
export interface SpendRule {
  /** Names the rule within its version, by its volume: `2-percent`. */
  readonly id: string;
  /** Share of the volume expected in the whole window, 0..1. */
  readonly volume: number;
  /** Share of the budget of misses, above 0. */
  readonly budget: number;
  readonly severity: AlertSeverity;
}

/** Near the fastest possible pace a rule speaks only when all is lost: usual rules stay at or below this share of it. */
const USEFUL_BURN = 0.6;

/** How fast a rule lets the budget go, as a multiple of the even pace: 10 % of the budget in 2 % of the volume is 5. */
export function burnOf({ budget, volume }: Pick<SpendRule, "budget" | "volume">): number {
  return budget / volume;
}

/**
 * The pace at which the budget goes when every contact misses: 1 / (1 - T). Nothing is ever faster.
 *
 * @param allowed share that may miss, 1 - T, above 0. Example: 80 % gives 5, 99 % gives 100.
 */
export function fastestBurn(allowed: number): number {
  return 1 / allowed;
}

/** The least share of the volume in which a share of the budget can be spent. Example: 5 % of the budget of 90 % takes 0.5 %. */
export function fastestSpend(budget: number, allowed: number): number {
  return budget * allowed;
}

/** Volume, the pace beyond even as a share of the useful one, and the pace above which no rule need be: those of the SRE workbook's pages and ticket. */
const USUAL = [
  { volume: 0.02, share: 1, most: 14.4, severity: "high" },
  { volume: 0.1, share: 0.6, most: 6, severity: "high" },
  { volume: 0.3, share: 0.3, most: 3, severity: "warning" },
] as const;

/**
 * The usual rules of a target, such that each can be met: at most 60 % of the fastest possible pace. Empty where even that is
 * hardly above the even pace, of levels below 45 %.
 *
 * @param allowed share that may miss, 1 - T. Example: for 80 % the paces are 3, 2.2 and 1.6.
 */
export function usualRules(allowed: number): SpendRule[] {
  const useful = USEFUL_BURN * fastestBurn(allowed);
  if (!(allowed > 0) || useful < 1.1) return [];
  return USUAL.map(({ volume, share, most, severity }) => {
    const burn = Math.min(most, 1 + (useful - 1) * share);
    return { id: ruleId(volume), volume, budget: burn * volume, severity };
  });
}

function ruleId(volume: number): string {
  return `${Number((volume * 100).toFixed(4))}-percent`;
}

/** The rules of a version for a target that allows such a share of misses: those it agrees on, or the usual ones. */
export function spendRulesOf(alerts: AlertClauses | undefined, allowed: number): SpendRule[] {
  if (alerts?.spend === undefined) return usualRules(allowed);
  return alerts.spend.map(({ volume, budget, severity }) => ({ id: ruleId(volume), volume, budget, severity }));
}
