import type { Day } from "./day.ts";
import type { Range } from "./range.ts";
import { remember } from "./remember.ts";
import type { ServiceHours } from "./service-hours.ts";
import { WEEKDAYS } from "./day.ts";
import type { Zone } from "./zone.ts";

/** Hours of one day of the calendar; they win over the weekday and over a holiday. */
interface DayHours {
  readonly date: Day;
  readonly hours: "closed" | "always" | readonly { readonly from: string; readonly to: string }[];
}

export interface HoursRules {
  readonly hours: ServiceHours;
  readonly holidays: readonly Day[];
  readonly overrides: readonly DayHours[];
}

/** When a service is open, compiled: each day is worked out once and remembered. */
export interface OpenHours {
  /** Open ranges of a local day, in order, apart from each other. */
  rangesOf(day: Day): readonly Range[];
  /** Which rule made the day what it is. */
  ruleOf(day: Day): "weekday" | "holiday" | "override";
}

const REMEMBERED_DAYS = 4000;

/** The hours of one day: its override if it has one, none on a holiday, else those of its weekday. */
function rangesOf(zone: Zone, rules: HoursRules, override: DayHours | undefined, day: Day): readonly Range[] {
  if (override === undefined) return zone.openRanges(rules.hours, rules.holidays, day);
  if (override.hours === "closed") return [];
  const hours = override.hours === "always" ? override.hours : override.hours.map((block) => ({ days: WEEKDAYS, ...block }));
  return zone.openRanges(hours, [], day);
}

/**
 * Compiles service hours with split shifts, holidays and overrides by date. An hour that the clock jumps over is not
 * there, an hour shown twice is open twice.
 *
 * @throws RangeError from its functions when a block does not end after it begins.
 */
export function compileHours(zone: Zone, rules: HoursRules): OpenHours {
  const overrides = new Map(rules.overrides.map((override) => [override.date, override]));
  const holidays = new Set(rules.holidays);
  return {
    rangesOf: remember(REMEMBERED_DAYS, (day: Day) => rangesOf(zone, rules, overrides.get(day), day)),
    ruleOf: (day) => (overrides.has(day) ? "override" : holidays.has(day) ? "holiday" : "weekday"),
  };
}
