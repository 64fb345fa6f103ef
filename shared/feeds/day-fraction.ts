import { DAY_MS } from "../calendar/day.ts";

const GRAMMAR = /^\d{1,6}(?:\.\d{1,25})?(?:e-\d{1,2})?$/iu;

/**
 * Reads a length of time as spreadsheets keep it, in days: `0.00165509259259259` is 2 minutes 23 seconds. Spreadsheets hold such
 * numbers as floats and print as many digits as they like, some with an exponent; so the nearest millisecond is meant.
 *
 * @returns whole milliseconds, or NaN.
 */
export function readDayFraction(text: string): number {
  return text.length <= 40 && GRAMMAR.test(text) ? Math.round(Number(text) * DAY_MS) : NaN;
}
