import type { CompiledTarget } from "./compiled.ts";
import type { Tally } from "./tally.ts";
import type { VerdictWindow } from "./verdict.ts";
import type { Term } from "./window-calendar.ts";

/** Everything one verdict depends on. */
export interface EvaluationInput {
  readonly agreement: { readonly version: number; readonly timeZone: string };
  readonly term: Term;
  readonly compiled: CompiledTarget;
  readonly window: VerdictWindow;
  /** The window in UTC, for the trace. */
  readonly says: string;
  readonly adjusted: Tally;
  /** `null`: the same as adjusted. */
  readonly recomputed: Tally | null;
  /** `null`: the same as adjusted. */
  readonly ifAllAccepted: Tally | null;
  /** What the volume band did, one line each. */
  readonly notes: readonly string[];
  /** Whether any hour of the window is measured at all. */
  readonly measured: boolean;
  /** Length of the feed's intervals, for the "as of". */
  readonly intervalMs: number;
  /** When the latest data came: a running interval is known up to then, not to its end. */
  readonly receivedMs: number;
  /** Since when the feed is silent although data is due; `null` when it is not. */
  readonly silentSinceMs: number | null;
}
