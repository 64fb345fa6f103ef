import type { PullSchedule } from "../../../shared/protocol/pull.ts";
import { countWords } from "../../live/count-words.ts";
import { zoneCity } from "../../ui/zone-time.ts";

const DAILY = /^(?<minute>\d{1,2}) (?<hour>\d{1,2}) \* \* (?<days>\*|1-5)$/u;
const HOURLY = /^(?<minute>\d{1,2}) \* \* \* \*$/u;

/** A schedule as people say it; what is too intricate for that stays a cron pattern. */
export function scheduleWords(schedule: PullSchedule): string {
  if (schedule.kind === "every") return schedule.minutes === 1 ? "every minute" : `every ${schedule.minutes} minutes`;
  const { pattern, timeZone } = schedule;
  const there = `${zoneCity(timeZone)} time`;
  const daily = DAILY.exec(pattern)?.groups;
  if (daily !== undefined) {
    const clock = `${(daily["hour"] ?? "").padStart(2, "0")}:${(daily["minute"] ?? "").padStart(2, "0")}`;
    return `${daily["days"] === "*" ? "every day" : "Monday to Friday"} at ${clock}, ${there}`;
  }
  const hourly = HOURLY.exec(pattern)?.groups;
  if (hourly !== undefined) return `every hour at ${countWords(Number(hourly["minute"]), "minute")} past`;
  return `by the pattern ${pattern}, ${there}`;
}

/** The time of day of a daily pattern as a form shows it, or `null`. */
export function clockOf(schedule: PullSchedule): string | null {
  const daily = schedule.kind === "cron" ? DAILY.exec(schedule.pattern)?.groups : undefined;
  if (daily === undefined || daily["days"] !== "*") return null;
  return `${(daily["hour"] ?? "").padStart(2, "0")}:${(daily["minute"] ?? "").padStart(2, "0")}`;
}
