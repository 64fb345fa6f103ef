import { type Weekday, WEEKDAYS } from "../calendar/day.ts";
import type { FeedDefinition } from "../feeds/definition.ts";

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};
const WORK_DAYS = "mon,tue,wed,thu,fri";

function daysWords(days: readonly Weekday[]): string {
  const inOrder = WEEKDAYS.filter((day) => days.includes(day));
  if (inOrder.length === WEEKDAYS.length) return "daily";
  if (inOrder.join(",") === WORK_DAYS) return "Mondays to Fridays";
  return inOrder.map((day) => NAMES[day]).join(", ");
}

/** When a feed is due by the clock, such as `Mondays 12:00 Lisbon`; `null` for one that is due every so often. */
export function scheduleWords({ expected, timeZone }: Pick<FeedDefinition, "expected" | "timeZone">): string | null {
  if (expected?.at === undefined) return null;
  const city = timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return `${daysWords(expected.days ?? WEEKDAYS)} ${expected.at} ${city}`;
}
