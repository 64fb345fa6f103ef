import type { Day } from "../calendar/day.ts";

/** One subgroup of a watched series: a local day of a metric, as its counts say it. */
export interface DriftPoint {
  readonly day: Day;
  /** What stands below the line: contacts, answers, evaluations, agent-days. A day without any is left out of the series. */
  readonly n: number;
  /** What stands above it, in the integers of the counters: contacts in time, milliseconds, points. */
  readonly num: number;
  /** Contacts, answers or evaluations that the figure rests on, where `n` counts something else (points, agent-days); else `n`. */
  readonly sample?: number;
  /** Sum of squares of what single contacts add above the line, where it is known. */
  readonly squares?: number;
  /** A day that counts neither in the baseline nor for an alarm: a holiday, an accepted exclusion. */
  readonly leftOut?: true;
  /** Figures that may still change because what they count may still happen (repeat contacts): drawn, never alarmed. */
  readonly open?: true;
}

/**
 * How a series is scored. `share`: each unit is good or not. `mean`: a quotient of sums. `log-mean`: the same on the log scale, for times.
 * `rate`: few events on much exposure (leavers on agent-days).
 */
export type SeriesKind = "share" | "mean" | "log-mean" | "rate";

/** Which way is worse. `both`: either is worth a question, as with handle time. */
export type WorseSide = "down" | "up" | "both";

/** How one series is to be watched. */
export interface SeriesSettings {
  readonly kind: SeriesKind;
  readonly worse: WorseSide;
  /** False alarms may come once in so many subgroups, on average, while nothing has moved. Above 10. */
  readonly runLength: number;
  /** The days that say what is usual, agreed by both parties; without them the first 56 days (or 25 subgroups) are taken. They stay until others are agreed. */
  readonly baseline: { readonly from: Day; readonly to: Day } | null;
}
