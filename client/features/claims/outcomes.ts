import type { OtherCount, Verdict } from "../../../shared/agreement/verdict.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { Settlement } from "../../../shared/settlement/settlement.ts";
import type { z } from "zod";
import type { AgreementState } from "../../live/agreement-state.ts";
import { stakeAt } from "../../live/stake.ts";
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

/** What one target costs in one period, in minor units, after either decision. */
export interface PricedOutcome {
  readonly key: string;
  readonly name: string;
  readonly rejected: number;
  readonly accepted: number;
}

function closedPrices({ periods }: Settlement, ids: ReadonlySet<string>, window: ExclusionClaim["window"]): PricedOutcome[] {
  return periods
    .filter((period) => !period.open && period.fromMs < window.toMs && period.toMs > window.fromMs)
    .flatMap(({ start, lines }) =>
      lines.flatMap(({ targetId, name, credit, ifAllAccepted }) =>
        ids.has(targetId) && ifAllAccepted !== null
          ? [{ key: `${start} ${targetId}`, name, rejected: credit, accepted: ifAllAccepted }]
          : [],
      ),
    );
}

/** An open period has no credit yet: its windows cost what a miss would if they ended so. */
function openPrices(state: AgreementState, { target, verdict, accepted }: Outcome): PricedOutcome[] {
  if (!verdict.window.open || verdict.window.kind === "day" || accepted === null) return [];
  const [rejected, changed] = [stakeAt(state, verdict, verdict.value), stakeAt(state, verdict, accepted.value)];
  if (rejected === null || changed === null) return [];
  return [{ key: `${verdict.window.kind} ${verdict.window.start} ${target.id}`, name: target.name, rejected, accepted: changed }];
}

/** What the claim decides in money: of closed periods by the settlement, of open windows by what is at stake. */
export function pricedOutcomes(
  state: AgreementState,
  settlement: Settlement,
  claim: { readonly window: ExclusionClaim["window"]; readonly outcomes: readonly Outcome[] },
): readonly PricedOutcome[] {
  const ids = new Set(claim.outcomes.map(({ target }) => target.id));
  return [...closedPrices(settlement, ids, claim.window), ...claim.outcomes.flatMap((outcome) => openPrices(state, outcome))];
}
