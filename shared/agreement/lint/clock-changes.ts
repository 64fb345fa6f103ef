import { WEEKDAYS } from "../../calendar/day.ts";
import { isKnownZone } from "../../calendar/zone.ts";
import type { Agreement } from "../agreement.ts";
import { type DocumentProblem, doubt } from "./document-problem.ts";
import { clockMinutes, hoursOf, type WrittenHours } from "./hours.ts";

/** The minutes of the wall clock that one day skips, or shows twice. */
interface ClockChange {
  readonly day: string;
  readonly weekday: string;
  readonly from: number;
  readonly to: number;
  readonly skips: boolean;
}

/** Two years of clock changes show every pattern there is. */
const MOST_CHANGES = 4;

function changesOf({ timeZone, effectiveFrom, effectiveTo = "9999-12-31" }: Agreement): ClockChange[] {
  const changes: ClockChange[] = [];
  let at = Temporal.PlainDate.from(effectiveFrom).toZonedDateTime(timeZone);
  while (changes.length < MOST_CHANGES) {
    const next = at.getTimeZoneTransition("next");
    if (next === null) break;
    const before = next.subtract({ nanoseconds: 1 });
    const stepMinutes = (next.offsetNanoseconds - before.offsetNanoseconds) / 60e9;
    const day = next.toPlainDate().toString();
    if (day > effectiveTo) break;
    const shown = next.hour * 60 + next.minute;
    const [from, to] = stepMinutes > 0 ? [shown - stepMinutes, shown] : [shown, shown - stepMinutes];
    changes.push({ day, weekday: WEEKDAYS[next.dayOfWeek - 1] ?? "", from, to, skips: stepMinutes > 0 });
    at = next;
  }
  return changes;
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function cut({ prefix, serviceHours }: WrittenHours, change: ClockChange, timeZone: string): DocumentProblem[] {
  const { day, weekday, skips } = change;
  const blocks = serviceHours === "always" ? [] : serviceHours;
  const inside = (minutes: number): boolean => minutes > change.from && minutes < change.to;
  return blocks.flatMap(({ days, from, to }, i) => {
    const [opens, closes] = [clockMinutes(from), clockMinutes(to)];
    const vanishes = skips && opens >= change.from && closes <= change.to;
    if (!days.some((name) => name === weekday) || !(inside(opens) || inside(closes) || vanishes)) return [];
    const what = skips ? "skips" : "shows twice";
    return [
      doubt(`${prefix}serviceHours.${i}`, {
        message: `On ${day} the clock in ${timeZone} ${what} ${clockText(change.from)} to ${clockText(change.to)}; the block ${from} to ${to} ${vanishes ? "does not happen" : "is cut there"}.`,
        dispute: skips
          ? "One side staffs the hour that does not exist, or is blamed for it."
          : "The border comes twice: each side will mean another one of the two.",
        remedy: `Let the block begin and end outside ${clockText(change.from)} to ${clockText(change.to)}, or write an override for ${day}.`,
      }),
    ];
  });
}

/** Service hours whose border falls into an hour that a clock change skips or repeats. */
export function lintClockChanges(agreement: Agreement): DocumentProblem[] {
  if (!isKnownZone(agreement.timeZone)) return [];
  const changes = changesOf(agreement);
  return hoursOf(agreement).flatMap((hours) => {
    const settled = new Set(hours.overrides.map(({ date }) => date));
    const found = changes.filter(({ day }) => !settled.has(day)).flatMap((change) => cut(hours, change, agreement.timeZone));
    return found.filter(({ path }, i) => found.findIndex((other) => other.path === path) === i);
  });
}
