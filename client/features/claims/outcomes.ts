import type { OtherCount, Verdict } from "../../../shared/agreement/verdict.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { PeriodSettlement, Settlement, SettlementLine } from "../../../shared/settlement/settlement.ts";
import type { z } from "zod";
import type { AgreementState } from "../../live/agreement-state.ts";
import { touchesTarget } from "../../live/claim-words.ts";

export interface Outcome {
  readonly target: TargetView;
  readonly verdict: Verdict;
  /** The same window if every open claim were accepted; `null` where nothing changes. */
  readonly accepted: z.infer<typeof OtherCount> | null;
}

/** The windows that a claim lies in, per target, longest first, as they stand and as they would be. */
export function outcomesOf(state: AgreementState, claim: ExclusionClaim): readonly Outcome[] {
  const { window } = claim;
  return state.agreement.targets
    .filter((target) => touchesTarget(claim, target))
    .flatMap((target) =>
      [...state.verdicts.values()]
        .filter((verdict) => verdict.targetId === target.id && verdict.window.fromMs < window.toMs && verdict.window.toMs > window.fromMs)
        .toSorted((a, b) => b.window.toMs - b.window.fromMs - (a.window.toMs - a.window.fromMs) || a.window.fromMs - b.window.fromMs)
        .map((verdict) => ({ target, verdict, accepted: verdict.ifAllAccepted })),
    );
}

export interface PricedOutcome {
  readonly period: PeriodSettlement;
  readonly line: SettlementLine;
}

/** What the periods of a claim cost as they stand and if every open claim were accepted; only lines that an open claim touches. */
export function pricedOutcomes(
  { periods }: Settlement,
  outcomes: readonly Outcome[],
  window: ExclusionClaim["window"],
): readonly PricedOutcome[] {
  const ids = new Set(outcomes.map(({ target }) => target.id));
  return periods
    .filter((period) => period.fromMs < window.toMs && period.toMs > window.fromMs)
    .flatMap((period) =>
      period.lines.filter((line) => ids.has(line.targetId) && line.ifAllAccepted !== null).map((line) => ({ period, line })),
    );
}
