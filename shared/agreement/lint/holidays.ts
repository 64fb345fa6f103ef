import type { Agreement } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { hoursOf, type WrittenHours } from "./hours.ts";

function twice(days: readonly string[]): string[] {
  return [...new Set(days.filter((day, i) => days.indexOf(day) !== i))];
}

function lintOverrides({ prefix, holidays, overrides }: WrittenHours): DocumentProblem[] {
  const path = `${prefix}overrides`;
  const dates = overrides.map(({ date }) => date);
  const repeated = twice(dates).map((day) =>
    problem(path, {
      message: `${day} has two overrides.`,
      dispute: "Each side will hold to the hours that suit it.",
      remedy: "Write one entry for the day, with all its blocks.",
    }),
  );
  const both = overrides.filter(({ date, hours }) => hours !== "closed" && holidays.includes(date));
  return [
    ...repeated,
    ...both.map(({ date }) =>
      doubt(path, {
        message: `${date} is a holiday and has hours of its own; the hours win.`,
        dispute: "One side will say that a holiday is not measured.",
        remedy: "Take the day out of holidays, or out of overrides.",
      }),
    ),
  ];
}

function isOutside({ effectiveFrom, effectiveTo }: Agreement, day: string): boolean {
  return day < effectiveFrom || (effectiveTo !== undefined && day > effectiveTo);
}

function strangeDays(path: string, days: readonly string[]): DocumentProblem[] {
  const [first, ...others] = days;
  if (first === undefined) return [];
  const message =
    others.length === 0
      ? `${first} lies outside the agreement's term.`
      : `${days.length} days lie outside the agreement's term: ${days.join(", ")}.`;
  return [
    doubt(path, {
      message,
      dispute: "A slip in the year leaves the real day measured as any other.",
      remedy: "Correct the year, or leave the day out.",
    }),
  ];
}

function lintDays(agreement: Agreement, { prefix, holidays, overrides }: WrittenHours): DocumentProblem[] {
  const strange = (days: readonly string[]): string[] => days.filter((day) => isOutside(agreement, day));
  return [
    ...strangeDays(`${prefix}holidays`, strange(holidays)),
    ...strangeDays(`${prefix}overrides`, strange(overrides.map(({ date }) => date))),
    ...twice(holidays).map((day) =>
      doubt(`${prefix}holidays`, {
        message: `${day} is named twice.`,
        dispute: "One of the two may have been meant to be another day.",
        remedy: "Name each holiday once.",
      }),
    ),
  ];
}

/** Years of the term in which no holiday is listed although another year has some. */
function gaps(agreement: Agreement, { prefix, holidays }: WrittenHours): DocumentProblem[] {
  const { effectiveFrom, effectiveTo } = agreement;
  const own = holidays.filter((day) => !isOutside(agreement, day));
  if (effectiveTo === undefined || own.length === 0) return [];
  const listed = new Set(own.map((day) => day.slice(0, 4)));
  const first = Number(effectiveFrom.slice(0, 4));
  const years = Array.from({ length: Number(effectiveTo.slice(0, 4)) - first + 1 }, (_, i) => String(first + i));
  const missing = years.filter((year) => !listed.has(year));
  if (missing.length === 0) return [];
  return [
    doubt(`${prefix}holidays`, {
      message: `Holidays are listed for ${[...listed].toSorted().join(", ")}, but not for ${missing.join(", ")}.`,
      dispute: "In those years the holidays are measured like any other day, and the provider will miss them.",
      remedy: "List the holidays of every year of the term, or sign a new version before each year.",
    }),
  ];
}

/** Holidays and special days that fall into a gap: outside the term, in some years only, or with two sets of hours. */
export function lintHolidays(agreement: Agreement): DocumentProblem[] {
  return hoursOf(agreement).flatMap((hours) => [...lintOverrides(hours), ...lintDays(agreement, hours), ...gaps(agreement, hours)]);
}
