import type { Redis } from "ioredis";
import type { Day } from "../../shared/calendar/day.ts";
import type { ClosedIn } from "./closed-periods.ts";
import type { DayCountsSource } from "./day-counts-source.ts";
import type { FeedState } from "./feed-health.ts";
import type { Occasion } from "./plan.ts";

/** What an evaluation is made of: why it is made, and where its figures come from. */
export interface EvaluationRequest extends Occasion {
  readonly redis: Redis;
  readonly feeds: readonly FeedState[];
  readonly source: DayCountsSource;
  /** The closed period in which a window lies. */
  readonly closedIn: ClosedIn;
  readonly forecastOf: (day: Day) => number | null;
}
