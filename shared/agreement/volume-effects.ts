import type { Day } from "../calendar/day.ts";
import type { Levels } from "./compiled.ts";
import type { WindowEvaluation } from "./evaluate-window.ts";

/** What a volume band does to the days of a window. */
export interface VolumeEffects {
  /** Whether it changes anything at all. */
  readonly changes: boolean;
  isLeftOut(day: Day): boolean;
  levelOf(day: Day, levels: Levels): Levels;
  /** One line per thing it did, for the trace. */
  readonly notes: readonly string[];
}

/** The effects of the agreed volume band; `null` where none is agreed. */
export function bandOf({ context }: WindowEvaluation, _days: readonly Day[]): VolumeEffects | null {
  return context.agreement.volume === undefined ? null : null;
}
