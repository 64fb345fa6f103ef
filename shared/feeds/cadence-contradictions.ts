import type { Contradiction } from "./contradiction.ts";
import type { Expected } from "./definition-parts.ts";

const WEEK_DAYS = 7;
const DAY_HOURS = 24;

function hours(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "hours" });
}

/** What a cadence says twice, or not at all. */
export function cadenceContradictions(expected: Expected | undefined): Contradiction[] {
  if (expected === undefined) return [];
  const { every, at, grace } = expected;
  if ((every === undefined) === (at === undefined))
    return [{ path: ["expected"], message: "needs either every, such as PT15M, or at, such as 12:00" }];
  const found: Contradiction[] = [];
  if (every !== undefined && hours(every) === 0) found.push({ path: ["expected", "every"], message: "must be longer than nothing" });
  if (at !== undefined && expected.hours !== undefined)
    found.push({
      path: ["expected", "hours"],
      message: "is only for every: data due at a time of day is due whether the service is open or not",
    });
  if (at !== undefined && hours(grace) >= DAY_HOURS * (expected.days === undefined ? 1 : WEEK_DAYS))
    found.push({ path: ["expected", "grace"], message: "must be shorter than the time until data is due again" });
  return found;
}
