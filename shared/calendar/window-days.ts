import { addDays, type Day, type Weekday, WEEKDAYS, weekdayOf } from "./day.ts";
import { remember } from "./remember.ts";
import type { WindowKind } from "./window-kind.ts";

/** First and last local day of a window, both in it. */
export interface WindowDays {
  readonly first: Day;
  readonly last: Day;
}

/** `rolling-28d` is `{ length: 28, unit: "d" }`; `null` for calendar windows. */
export interface Rolling {
  readonly length: number;
  readonly unit: "d" | "m";
}

const ROLLING = /^rolling-(\d+)([dm])$/u;
const parsed = remember(200, (kind: WindowKind): { readonly rolling: Rolling | null } => {
  const [, length, unit] = ROLLING.exec(kind) ?? [];
  return { rolling: length === undefined ? null : { length: Number(length), unit: unit === "d" ? "d" : "m" } };
});

export function rollingOf(kind: WindowKind): Rolling | null {
  return parsed(kind).rolling;
}

/** Whether every window of the kind begins and ends with a calendar month. */
export function isWholeMonths(kind: WindowKind): boolean {
  return kind === "month" || kind === "quarter" || rollingOf(kind)?.unit === "m";
}

/** First day of the month that lies some months after the one of a day. */
function monthStart(day: Day, months: number): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
}

function monthsFrom(day: Day, months: number, length: number): WindowDays {
  return { first: monthStart(day, months), last: addDays(monthStart(day, months + length), -1) };
}

/**
 * The window of a kind that a local day belongs to: the week, month or quarter around it; of rolling windows the one
 * that ends with the day, or with its month.
 *
 * @param weekStart first day of a week.
 */
export function windowDaysOf(kind: WindowKind, day: Day, weekStart: Weekday): WindowDays {
  const rolling = rollingOf(kind);
  if (rolling?.unit === "d") return { first: addDays(day, 1 - rolling.length), last: day };
  if (rolling?.unit === "m") return monthsFrom(day, 1 - rolling.length, rolling.length);
  switch (kind) {
    case "week": {
      const into = (WEEKDAYS.indexOf(weekdayOf(day)) - WEEKDAYS.indexOf(weekStart) + 7) % 7;
      return { first: addDays(day, -into), last: addDays(day, 6 - into) };
    }
    case "month":
      return monthsFrom(day, 0, 1);
    case "quarter":
      return monthsFrom(day, -((Number(day.slice(5, 7)) - 1) % 3), 3);
    default:
      return { first: day, last: day };
  }
}

/** Every window of a kind that contains a local day, oldest first: one of the calendar, or as many rolling ones as they are long. */
export function windowsCovering(kind: WindowKind, day: Day, weekStart: Weekday): WindowDays[] {
  const rolling = rollingOf(kind);
  if (rolling === null) return [windowDaysOf(kind, day, weekStart)];
  return Array.from({ length: rolling.length }, (_, i) =>
    rolling.unit === "d" ? windowDaysOf(kind, addDays(day, i), weekStart) : monthsFrom(day, 1 - rolling.length + i, rolling.length),
  );
}

/** Last day of the window that begins with a day. Of a calendar window the day may be any of its days: a part may begin inside it. */
export function lastDayFrom(kind: WindowKind, start: Day, weekStart: Weekday): Day {
  const rolling = rollingOf(kind);
  if (rolling === null) return windowDaysOf(kind, start, weekStart).last;
  return rolling.unit === "d" ? addDays(start, rolling.length - 1) : monthsFrom(start, 0, rolling.length).last;
}
