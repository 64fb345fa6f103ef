import type { Verdict } from "../agreement/verdict.ts";
import type { ExclusionClaim } from "./claim.ts";
import type { Settlement } from "./settlement.ts";
import type { SettlementVersion } from "./version.ts";

export interface SettlementInput {
  /** By term, oldest first. */
  readonly versions: readonly SettlementVersion[];
  /** At least those of the kinds in which credits and improvement are counted; others are passed over. */
  readonly verdicts: readonly Verdict[];
  readonly claims: readonly ExclusionClaim[];
  readonly nowMs: number;
}

/** The whole money side of an agreement from its verdicts and claims. Pure: the same input gives the same result. */
export function settle(input: SettlementInput): Settlement {
  const currency = input.versions.at(-1)?.agreement.fees?.currency ?? null;
  return { currency, periods: [], years: [], terminations: [], deadlines: [], proposals: [] };
}
