import type { Agreement, Target } from "../agreement/agreement.ts";
import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import type { Day } from "../calendar/day.ts";
import type { MeasureUnit } from "../metrics/measure.ts";

/** What the money needs to know of a target; the engine's compiled target has it. */
export interface SettlementTarget {
  readonly target: Target;
  /** The id as written in the agreement; differs from `target.id` for a member of an `each` target. */
  readonly base: string;
  readonly formula: { readonly unit: MeasureUnit };
}

/** What the money needs to know of one version; the engine's context has it. */
export interface SettlementVersion {
  readonly agreement: Agreement;
  /** The days it governs; `to` is the last, `null` without an end. */
  readonly term: { readonly from: Day; readonly to: Day | null };
  readonly targets: readonly SettlementTarget[];
}

/** How often this version settles: as its credits say, else as its fees are paid. */
export function settlementKind({ agreement }: Pick<SettlementVersion, "agreement">): SettlementPeriod {
  return agreement.credits?.period ?? agreement.fees?.per ?? "month";
}
