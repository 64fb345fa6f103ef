import type { Agreement } from "../agreement/agreement.ts";
import type { CompiledTarget } from "../agreement/compiled.ts";
import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import type { Day } from "../calendar/day.ts";

/** What the money needs to know of a target, or of one member of it; the engine's compiled target has it. */
export type SettlementTarget = Pick<CompiledTarget, "target" | "base" | "unit" | "expected" | "minimum" | "stretch" | "ramp">;

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
