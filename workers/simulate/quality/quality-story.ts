import { addDays, type Day, daysBetween } from "../../../shared/calendar/day.ts";
import { LISBON_AGENTS } from "./people.ts";

/**
 * The second provider replaces experience by new agents, class after class; they score lower, and it takes weeks until a month is missed.
 * Told by the days since the first class began, so that every demonstration tells the same story, on whatever day of a month it starts:
 * the month before is met, the present one is missed.
 */
export interface QualityStory {
  /** The first day of the first class. */
  readonly hired: Day;
  /** The first day after a coach has sat beside those who were there by then. */
  readonly coached: Day;
}

/** Days before the first of the missed month on which the first class begins. */
const HIRED_BEFORE = 22;
/** So early in a month it is the one before that is missed, so that all of this is to be seen. */
const EARLY_DAY = 10;
const COACHED_DAYS_AGO = 14;
/** Whatever month it is counted back from the first of. */
const SURELY_TWO_MONTHS_BEFORE = 45;
/** The story of a demonstration that begins on a day. */
export function storyAsOf(today: Day): QualityStory {
  const early = Number(today.slice(8)) <= EARLY_DAY;
  const missed = (early ? addDays(today, -EARLY_DAY) : today).slice(0, 8);
  return { hired: addDays(`${missed}01`, -HIRED_BEFORE), coached: addDays(today, -COACHED_DAYS_AGO) };
}

/** The first of a month, so that nothing moves for two whole months and some days. */
export function firstDayOf({ hired }: QualityStory): Day {
  return `${addDays(`${hired.slice(0, 8)}01`, -SURELY_TWO_MONTHS_BEFORE).slice(0, 8)}01`;
}

/** How many days after the first class a day lies; negative before it. */
export function daysSince(hired: Day, day: Day): number {
  return day < hired ? 1 - daysBetween(day, hired).length : daysBetween(hired, day).length - 1;
}

export interface Agent {
  readonly name: string;
  /** First and last day, as days since the first class. */
  readonly from: number;
  readonly to: number | null;
  readonly isNew: boolean;
}

/** When a class begins, in days since the first one, and who is in it. */
const CLASSES: readonly { readonly at: number; readonly names: readonly string[] }[] = [
  { at: 0, names: ["ABREU", "AMARAL", "BRITO"] },
  { at: 8, names: ["CABRAL", "CAMPOS"] },
  { at: 16, names: ["CRUZ", "DIAS", "FREITAS"] },
  { at: 24, names: ["FURTADO", "LOPES", "MACEDO", "MAIA", "MELO"] },
  { at: 32, names: ["MOTA", "NOGUEIRA", "PINTO", "PIRES", "REIS"] },
  { at: 40, names: ["ROCHA", "SERRA", "TAVARES", "VIEIRA"] },
];
/** Who leaves, by their place among those who were there, and on which day. */
const LEAVERS: ReadonlyMap<number, number> = new Map([
  [4, -31],
  [17, 9],
]);
const LONG_AGO = 200;
const HIRED_EVERY = 83;

/** Everybody who works, or has worked, for the second provider. */
export const AGENTS: readonly Agent[] = [
  ...LISBON_AGENTS.map((name, at) => ({ name, from: -LONG_AGO - at * HIRED_EVERY, to: LEAVERS.get(at) ?? null, isNew: false })),
  ...CLASSES.flatMap(({ at, names }) => names.map((name) => ({ name, from: at, to: null, isNew: true }))),
];

export function worksOn({ from, to }: Agent, at: number): boolean {
  return from <= at && (to === null || at <= to);
}
