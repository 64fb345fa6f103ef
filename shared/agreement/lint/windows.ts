import { DAY_MS, utcStartOf, WEEKDAYS } from "../../calendar/day.ts";
import { isWholeMonths, rollingOf } from "../../calendar/window-days.ts";
import type { WindowKind } from "../../calendar/window-kind.ts";
import type { FeedDefinition } from "../../feeds/definition.ts";
import { grainOf } from "../../feeds/grain.ts";
import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";

const CALENDAR_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, quarter: 92 };

/** The longest a window of the kind can be, in days. */
function longestDays(kind: WindowKind): number {
  const rolling = rollingOf(kind);
  if (rolling === null) return CALENDAR_DAYS[kind] ?? 0;
  return rolling.length * (rolling.unit === "d" ? 1 : 31);
}

/** The shortest a whole window of the kind can be, in days. */
function shortestDays(kind: WindowKind): number {
  const rolling = rollingOf(kind);
  if (rolling?.unit === "m") return Math.floor(rolling.length * 30.4) - 2;
  return kind === "month" ? 28 : kind === "quarter" ? 90 : longestDays(kind);
}

function termDays({ effectiveFrom, effectiveTo }: Agreement): number {
  return effectiveTo === undefined ? Infinity : (utcStartOf(effectiveTo) - utcStartOf(effectiveFrom)) / DAY_MS + 1;
}

function spans(agreement: Agreement, target: Target): DocumentProblem[] {
  const days = termDays(agreement);
  if (days <= 0) return [];
  return target.windows
    .filter((kind) => shortestDays(kind) > days)
    .map((kind) =>
      problem(`targets.${target.id}.windows`, {
        message: `A window of ${kind} is longer than the ${days} days of the agreement, so none is ever whole.`,
        dispute: "The figure would be judged over less time than was agreed.",
        remedy: "Choose a shorter window or a later effectiveTo.",
      }),
    );
}

/** The longest time between two days on which data is due, in days, and how the definition says it. */
function longestGap({ every, at, days }: NonNullable<FeedDefinition["expected"]>): { readonly days: number; readonly says: string } {
  if (every !== undefined) return { days: Temporal.Duration.from(every).total({ unit: "hours" }) / 24, says: every };
  const due = WEEKDAYS.map((_, at7) => at7).filter((at7) => days?.includes(WEEKDAYS[at7] ?? "mon") ?? true);
  const gaps = due.map((one, i) => (due[i + 1] ?? (due[0] ?? one) + 7) - one);
  return { days: Math.max(...gaps), says: `${days?.join(", ") ?? "day"} at ${at ?? ""}` };
}

function cadence(feed: FeedDefinition, target: Target): DocumentProblem[] {
  if (feed.expected === undefined) return [];
  const gap = longestGap(feed.expected);
  const starved = target.windows.filter((kind) => rollingOf(kind) === null && longestDays(kind) < gap.days);
  return starved.map((kind) =>
    doubt(`targets.${target.id}.windows`, {
      message: `A ${kind} is judged, but ${feed.id} comes only every ${gap.says}.`,
      dispute: `The ${kind} is over before its data arrives; until then it has no data, which looks like the provider's silence.`,
      remedy: "Judge longer windows, or agree on a feed that comes more often.",
    }),
  );
}

/** Minutes of the intervals in which a feed is counted. */
function lengthOf(agreement: Agreement, feed: FeedDefinition): number {
  return "intervalMinutes" in feed && feed.intervalMinutes !== undefined ? feed.intervalMinutes : agreement.intervalMinutes;
}

function wholeMonths(feed: FeedDefinition, target: Target): DocumentProblem[] {
  if (grainOf(feed) !== "month") return [];
  const { aggregation } = target;
  const path = `targets.${target.id}`;
  const split = target.windows.filter((kind) => !isWholeMonths(kind));
  const found = split.map((kind) =>
    problem(`${path}.windows`, {
      message: `A window of ${kind} is judged, but ${feed.id} gives whole months.`,
      dispute: "No month says what was in a part of it.",
      remedy: "Judge month, quarter or rolling months, or ask for a daily or interval feed.",
    }),
  );
  if (aggregation.by === "ratio-of-sums" || aggregation.by === "intervals-met") return found;
  const days = problem(`${path}.aggregation`, {
    message: `The target is judged by its days, but ${feed.id} gives whole months.`,
    dispute: "A month would be taken for its first day.",
    remedy: "Leave aggregation out, or ask for a daily or interval feed.",
  });
  return [...found, days];
}

function intervals(agreement: Agreement, feed: FeedDefinition, target: Target): DocumentProblem[] {
  const { aggregation } = target;
  if (aggregation.by !== "intervals-met") return [];
  const path = `targets.${target.id}.aggregation`;
  const grain = grainOf(feed);
  if (grain !== "interval")
    return [
      problem(path, {
        message: `The target counts intervals, but ${feed.id} gives whole ${grain}s.`,
        dispute: `No interval can be judged from a ${grain}'s sum.`,
        remedy: "Ask for an interval or contact feed, or judge by days-met.",
      }),
    ];
  const length = lengthOf(agreement, feed);
  const asked = aggregation.minutes ?? length;
  if (asked % length === 0) return [];
  return [
    problem(`${path}.minutes`, {
      message: `Intervals of ${asked} minutes cannot be had from those of ${length} minutes in ${feed.id}.`,
      dispute: "What happened inside a longer interval is not known, so each side would guess.",
      remedy: `Write minutes: ${[15, 30, 60].filter((minutes) => minutes % length === 0).join(" or ") || length}, or ask for finer intervals.`,
    }),
  ];
}

function meanOfDays(target: Target): DocumentProblem[] {
  const { aggregation, clause = "" } = target;
  const path = `targets.${target.id}.aggregation`;
  if (aggregation.by === "ratio-of-sums" || aggregation.by === "intervals-met") return [];
  if (target.windows.every((kind) => kind === "day"))
    return [
      doubt(path, {
        message: `${aggregation.by} says something only over several days, but only days are judged.`,
        dispute: "A day of its own mean or share is the day's figure or all or nothing.",
        remedy: "Add week or month to windows, or leave aggregation out.",
      }),
    ];
  if (aggregation.by === "days-met" || /\b(?:average|mean)\b/iu.test(clause)) return [];
  return [
    doubt(path, {
      message: "The mean of daily figures is used, but the clause does not ask for a mean.",
      dispute: "A day of ten calls then weighs as much as a day of a thousand; the sums give another figure.",
      remedy: "Quote the words of the contract that ask for the mean of the days, or leave aggregation out.",
    }),
  ];
}

function repeats(target: Target): DocumentProblem[] {
  return new Set(target.windows).size === target.windows.length
    ? []
    : [
        doubt(`targets.${target.id}.windows`, {
          message: "A window is named twice.",
          dispute: "One of the two may have been meant to be another.",
          remedy: "Name each window once.",
        }),
      ];
}

/** Windows that no feed can fill, or that mean less than they seem to. */
export function lintWindows(agreement: Agreement, feed: FeedDefinition, target: Target): DocumentProblem[] {
  return [
    ...repeats(target),
    ...spans(agreement, target),
    ...cadence(feed, target),
    ...intervals(agreement, feed, target),
    ...wholeMonths(feed, target),
    ...meanOfDays(target),
  ];
}
