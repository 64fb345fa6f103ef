import type { Day } from "../calendar/day.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import type { SeriesKind } from "./drift-point.ts";

/** The parts that handle time is the sum of, in milliseconds of all contacts of a cell. */
export interface HandleParts {
  readonly talk: number;
  readonly hold: number;
  readonly wrap: number;
}

/**
 * What some contacts, answers or evaluations of one agent and queue add up to. Cells of an agent may be cut as finely as one likes;
 * those without an agent are best one a day, because how they differ from each other tells what chance does.
 */
export interface CauseCell {
  readonly queue: string;
  /** Pseudonym; `null` where the feed does not tell agents apart. */
  readonly agent: string | null;
  /** Whole days since the agent began, at the time of the contacts; `null` where it is not known. */
  readonly tenureDays: number | null;
  /** Where the agent is not known. */
  readonly day?: Day;
  /** What stands below the line, >= 0. */
  readonly n: number;
  /** What stands above it. */
  readonly num: number;
  /** Contacts, answers or evaluations, where `n` counts something else; else `n`. */
  readonly sample?: number;
  readonly parts?: HandleParts;
  /** Sum of squares of what single contacts add above the line, where it is known. */
  readonly squares?: number;
}

export interface CauseWindow {
  readonly from: Day;
  readonly to: Day;
  readonly cells: readonly CauseCell[];
}

/** Two windows of one figure, of which the second differs from the first: what moved it? */
export interface CauseQuestion {
  readonly before: CauseWindow;
  readonly after: CauseWindow;
  readonly unit: MeasureUnit;
  readonly kind: SeriesKind;
  /** How much more days differ than chance makes them (Laney's sigma-z of the baseline), 1 when left out. */
  readonly dispersion?: number;
}
