import type { AlertClauses, AlertSeverity } from "../../agreement/alert-clauses.ts";

type BySeverity = Readonly<Record<AlertSeverity, number>>;

/** From which probability of a miss an alert of each severity comes, and down to which it stays: 0..1. */
export interface MissLevels {
  readonly raise: BySeverity;
  readonly recover: BySeverity;
}

const USUAL: BySeverity = { warning: 0.25, high: 0.5, critical: 0.9 };
const RECOVERS_LOWER = 0.15;
const RECOVERS_AT_SHARE = 0.6;

/** 15 points lower, or at 60 % of a level too small for that: never where it was raised, or it would come and go with each file. */
function recoverOf(raise: number): number {
  return Math.max(raise - RECOVERS_LOWER, raise * RECOVERS_AT_SHARE);
}

/**
 * The agreed levels, or the usual ones: raised at 25, 50 and 90 %, recovered at 15, 35 and 75 %.
 *
 * @param alerts the clauses of the version that governs the window.
 */
export function missLevelsOf(alerts: AlertClauses | undefined): MissLevels {
  const raise = alerts?.missProbability ?? USUAL;
  return {
    raise,
    recover: { warning: recoverOf(raise.warning), high: recoverOf(raise.high), critical: recoverOf(raise.critical) },
  };
}
