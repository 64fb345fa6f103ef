import type { Agreement } from "./agreement.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { DaySums } from "./day-sums.ts";
import type { VerdictWindow } from "./verdict.ts";

/** Everything one verdict depends on. */
export interface EvaluationInput {
  readonly agreement: Pick<Agreement, "version" | "timeZone" | "effectiveFrom" | "effectiveTo">;
  readonly compiled: CompiledTarget;
  readonly window: VerdictWindow;
  readonly sums: DaySums;
  /** Whether any hour of the window is measured at all. */
  readonly measured: boolean;
  /** Length of the feed's intervals, for the "as of". */
  readonly intervalMs: number;
  /** When the latest data came: a running interval is known up to then, not to its end. */
  readonly receivedMs: number;
  /** Since when the feed is silent although data is due; `null` when it is not. */
  readonly silentSinceMs: number | null;
}
