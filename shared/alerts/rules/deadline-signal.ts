import { addDays, type Day, weekdayOf } from "../../calendar/day.ts";
import type { Zone } from "../../calendar/zone.ts";
import type { Agreement } from "../../agreement/agreement.ts";
import type { SignalEvent } from "../signal-event.ts";
import type { DeadlineDate } from "./deadline-dates.ts";

const WARNED_SHARE = 0.2;
const WARNED_WORKING_DAYS = 2;
const MINUTE_MS = 60_000;
const DAYS_SEARCHED = 31;

export interface DeadlineClock {
  readonly agreement: Pick<Agreement, "id" | "version" | "holidays">;
  readonly zone: Zone;
}

function isWorkingDay(day: Day, holidays: readonly string[]): boolean {
  return !["sat", "sun"].includes(weekdayOf(day)) && !holidays.includes(day);
}

/** The first instant of the last two working days before something is due. */
function twoWorkingDaysBefore(dueAtMs: number, { agreement, zone }: DeadlineClock): number {
  let day = zone.localDay(dueAtMs - 1);
  let found = 0;
  for (let i = 0; i < DAYS_SEARCHED; i++) {
    if (isWorkingDay(day, agreement.holidays)) found++;
    if (found === WARNED_WORKING_DAYS) break;
    day = addDays(day, -1);
  }
  return zone.dayRange(day).fromMs;
}

/**
 * From when a deadline is warned of: when a fifth of its time is left or two working days are, whichever is earlier, but never
 * while more than half of it is left.
 *
 * Example: 15 days that end with Friday 16 October are warned of from Tuesday on, 48 hours for the last 24.
 */
export function warnedFromMs({ dueAtMs, lengthMs }: Pick<DeadlineDate, "dueAtMs" | "lengthMs">, clock: DeadlineClock): number {
  const early = Math.min(dueAtMs - lengthMs * WARNED_SHARE, twoWorkingDaysBefore(dueAtMs, clock));
  return Math.max(early, dueAtMs - lengthMs / 2);
}

/** A headline stands for days, so it names the instant; how long that is from now is for whoever shows it. */
function dueText(dueAtMs: number, zone: Zone, before: string): string {
  const day = zone.localDay(dueAtMs - 1);
  if (zone.dayRange(day).toMs === dueAtMs) return `${before} the end of ${day}`;
  const minutes = Math.floor(zone.clockAt(dueAtMs) / MINUTE_MS);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${before} ${zone.localDay(dueAtMs)} ${hour}:${minute}`;
}

/**
 * What a deadline says: a warning while little time is left; when it is over, that something was not done or is lost, or, of a
 * right that nobody had to use, nothing more. Whoever must act is asked first; a report is the provider's business until it is late.
 *
 * @param isSeenTo somebody has closed it: Accord does not see reports or letters, people say when they have gone out.
 */
export function deadlineSignal(date: DeadlineDate, clock: DeadlineClock, nowMs: number, isSeenTo: boolean): SignalEvent {
  const { agreement, zone } = clock;
  const { subject, says, dueAtMs, party, outcome } = date;
  const about = { agreementId: agreement.id, subject, party, nowMs, version: agreement.version };
  if (isSeenTo) return { ...about, signal: "clear", headline: `${says}: seen to` };
  if (nowMs < warnedFromMs(date, clock)) return { ...about, signal: "clear", headline: `${says}: there is time` };
  if (nowMs < dueAtMs) {
    const audience = subject.deadline === "report" && party === "provider" ? { audience: "provider" as const } : {};
    return { ...about, ...audience, signal: "warning", headline: `${says}: due ${dueText(dueAtMs, zone, "by")}` };
  }
  const over = `${says}: the time for it was over ${dueText(dueAtMs, zone, "at")}`;
  if (outcome === "ended") return { ...about, signal: "clear", headline: over };
  return { ...about, signal: "critical", headline: `${over}, and nobody has said that it was done` };
}
