import type { Verdict } from "../agreement/verdict.ts";
import { capPeriods } from "./caps.ts";
import { costsMoney, periodsOf } from "./periods-of.ts";
import { AS_IT_STANDS, pricePeriods } from "./price-periods.ts";
import type { SettlementVersion } from "./version.ts";

/**
 * What a list of verdicts costs if one version governs them all: after the caps, before anything is earned back. Open windows count as if
 * they ended with the figure they have now.
 *
 * @returns minor units; `null` where the version prices no windows of this kind, or none of these targets.
 */
export function creditOfVerdicts(version: SettlementVersion, verdicts: readonly Verdict[]): number | null {
  const own = verdicts.map((verdict) => ({ ...verdict, version: version.agreement.version }));
  const periods = periodsOf([version], own);
  const priced = version.targets.filter((of) => costsMoney(version, of)).map(({ target }) => target.id);
  if (!periods.some((period) => priced.some((id) => period.verdicts.has(id)))) return null;
  return capPeriods(pricePeriods(periods, AS_IT_STANDS), [version])
    .flatMap(({ kept }) => kept)
    .reduce((sum, credit) => sum + credit, 0);
}
