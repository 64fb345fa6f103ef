import type { Exclusion } from "../agreement/exclusion.ts";
import type { ExclusionClaim } from "./claim.ts";

function exclusions(claim: ExclusionClaim): Exclusion[] {
  const common = { id: claim.id, targets: claim.targets, why: claim.kind.replaceAll("-", " ") };
  if (claim.state === "claimed") return [{ ...common, ...claim.window, state: "open" }];
  return claim.accepted.map((range) => ({ ...common, ...range, state: "accepted" }));
}

/** The time that claims leave out, for the engine: accepted parts, and whole claims that are still open. Lapse overdue claims before. */
export function exclusionsOf(claims: readonly ExclusionClaim[]): Exclusion[] {
  return claims.flatMap(exclusions);
}
