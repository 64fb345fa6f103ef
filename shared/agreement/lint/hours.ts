import { WEEKDAYS } from "../../calendar/day.ts";
import { isKnownZone } from "../../calendar/zone.ts";
import { dayRange } from "../../calendar/day-range.ts";
import type { FeedDefinition } from "../../feeds/definition.ts";
import { grainOf } from "../../feeds/grain.ts";
import type { Agreement, Program, ServiceHours } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";

/** The hours of the agreement, or of one program, with the place where they stand. */
export interface WrittenHours {
  /** Empty for the agreement, else e.g. `programs.sales.`. */
  readonly prefix: string;
  readonly serviceHours: ServiceHours;
  readonly holidays: readonly string[];
  readonly overrides: NonNullable<Program["overrides"]>;
}

export function hoursOf(agreement: Agreement): WrittenHours[] {
  const { serviceHours, holidays, overrides } = agreement;
  const own = agreement.programs.map((program) => ({
    prefix: `programs.${program.id}.`,
    serviceHours: program.serviceHours ?? [],
    holidays: program.holidays ?? [],
    overrides: program.overrides ?? [],
  }));
  return [{ prefix: "", serviceHours, holidays, overrides }, ...own];
}

/** Minutes since midnight of a clock such as `07:30`; `24:00` is 1,440. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** The longest intervals in which a target is counted; 0 where all its feeds give whole days. Feeds that no target reads settle nothing. */
function longestInterval(agreement: Agreement, feeds: readonly FeedDefinition[]): number {
  const read = new Set(agreement.targets.map(({ feed }) => feed));
  const lengths = feeds.map((feed) => {
    if (!read.has(feed.id)) return 0;
    if (grainOf(feed) !== "interval") return 0;
    return "intervalMinutes" in feed && feed.intervalMinutes !== undefined ? feed.intervalMinutes : agreement.intervalMinutes;
  });
  return Math.max(0, ...lengths);
}

interface Block {
  readonly from: string;
  readonly to: string;
}

function lintBlock(path: string, { from, to }: Block, length: number): DocumentProblem[] {
  if (clockMinutes(from) >= clockMinutes(to))
    return [
      problem(path, {
        message: `Service hours ${from} to ${to} do not end after they begin.`,
        dispute: "Nobody can say which day the hours after midnight belong to.",
        remedy: "Write a night as two blocks, up to 24:00 and from 00:00.",
      }),
    ];
  const loose = [from, to].filter((clock) => length > 0 && clockMinutes(clock) % length !== 0);
  return loose.map((clock) =>
    problem(path, {
      message: `${clock} lies inside a ${length}-minute interval.`,
      dispute: "Contacts before and after it are counted together, so the interval belongs half to the service hours.",
      remedy: "Let service hours begin and end on interval borders, or choose shorter intervals.",
    }),
  );
}

function overlaps(blocks: readonly Block[]): boolean {
  const sorted = blocks.toSorted((a, b) => clockMinutes(a.from) - clockMinutes(b.from));
  return sorted.some((block, i) => i > 0 && clockMinutes(block.from) < clockMinutes(sorted[i - 1]?.to ?? "00:00"));
}

function overlapping(path: string, what: string): DocumentProblem {
  return doubt(path, {
    message: `Two blocks of ${what} overlap.`,
    dispute: "Nothing is counted twice, but one of the two was meant to be another day or time.",
    remedy: "Write blocks that follow one another.",
  });
}

function lintBlocks({ prefix, serviceHours, overrides }: WrittenHours, length: number): DocumentProblem[] {
  const weekly = serviceHours === "always" ? [] : serviceHours;
  const problems = weekly.flatMap((block, i) => lintBlock(`${prefix}serviceHours.${i}`, block, length));
  if (problems.length === 0)
    for (const weekday of WEEKDAYS)
      if (overlaps(weekly.filter(({ days }) => days.includes(weekday)))) problems.push(overlapping(`${prefix}serviceHours`, weekday));
  for (const [i, { date, hours }] of overrides.entries()) {
    if (hours === "closed" || hours === "always") continue;
    const path = `${prefix}overrides.${i}`;
    const own = hours.flatMap((block) => lintBlock(path, block, length));
    problems.push(...own);
    if (own.length === 0 && overlaps(hours)) problems.push(overlapping(path, date));
  }
  return problems;
}

/** Contacts and other records are counted in intervals of UTC; where midnight lies inside one, a day would borrow contacts from the next. */
function lintMidnight(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  if (!isKnownZone(agreement.timeZone) || !feeds.some((feed) => !("counters" in feed))) return [];
  const year = agreement.effectiveFrom.slice(0, 4);
  const midnights = [agreement.effectiveFrom, `${year}-01-01`, `${year}-07-01`].map((day) => dayRange(day, agreement.timeZone).fromMs);
  if (midnights.every((ms) => ms % (agreement.intervalMinutes * 60_000) === 0)) return [];
  return [
    problem("intervalMinutes", {
      message: `Midnight in ${agreement.timeZone} lies inside a ${agreement.intervalMinutes}-minute interval of UTC.`,
      dispute: "Each day would borrow contacts from the next.",
      remedy: "Choose intervals of 15 minutes.",
    }),
  ];
}

/** Opening hours that end before they begin, overlap, or cut an interval in two. */
export function lintHours(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const length = longestInterval(agreement, feeds);
  return [...hoursOf(agreement).flatMap((hours) => lintBlocks(hours, length)), ...lintMidnight(agreement, feeds)];
}
