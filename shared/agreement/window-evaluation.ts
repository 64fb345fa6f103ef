import type { Day } from "../calendar/day.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import type { DayCounts } from "./day-sums.ts";

/** What a verdict is judged from: counts, volume and forecast by local day, and nothing else. */
export interface WindowEvaluation {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly nowMs: number;
  /** When the latest data of the feed came. */
  readonly receivedMs: number;
  /** Since when the feed is silent although data is due; `null` when it is not. */
  readonly silentSinceMs: number | null;
  /** Counts of a local day of this target; `undefined` where nothing was ever counted. */
  readonly countsOf: (day: Day) => DayCounts | undefined;
  /** Contacts offered on a local day, where a volume band is agreed; `null` where nobody knows. */
  readonly volumeOf: (day: Day) => number | null;
  /** The locked forecast of a local day; `null` where none was locked. */
  readonly forecastOf: (day: Day) => number | null;
}
