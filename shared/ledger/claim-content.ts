import type { ExclusionClaim } from "../settlement/claim.ts";
import { canonicalText } from "./canonical.ts";

/** What was claimed, by whom it was, as one text; the ledger holds its hash. */
export function claimContent({ kind, targets, window, evidence, mitigation, steps }: ExclusionClaim): string {
  const content = { kind, targets, window, evidence: evidence.toWellFormed(), mitigation: mitigation.toWellFormed() };
  return canonicalText({ ...content, by: steps[0]?.by?.id ?? "" });
}
