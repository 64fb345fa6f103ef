import type { Zone } from "../calendar/zone.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

/** Reads when a row starts, in UTC milliseconds; NaN where a problem was noted. */
export type StartCell = (cells: Cells) => number;

export interface StartOptions {
  readonly zone: Zone;
  /** Starts lie on multiples of this many milliseconds of the wall clock; `null` for any. */
  readonly gridMs: number | null;
  /** Clock texts that mean "this never happened". */
  readonly never: ReadonlySet<string>;
}

/** Says that a row does not start where an interval of the feed can start. */
export function offGrid(gridMs: number): Fault {
  const minutes = gridMs / 60_000;
  return {
    rule: "off-grid",
    message: `is not the start of an interval of ${minutes} minutes`,
    remedy: `Send starts on multiples of ${minutes} minutes, or correct intervalMinutes in the feed's definition`,
  };
}
