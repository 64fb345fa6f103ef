import { type Day, DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { DriftPoint } from "./drift-point.ts";

/** What a day to come brings above and below the line. */
export type DayAhead = (day: Day) => { readonly num: number; readonly n: number };

const FEWEST_FOR_A_TREND = 10;
/** Standard errors that a slope must be away from nothing: less is no trend, but days that differ. */
const SURE_TREND = 3;

function at(day: Day): number {
  return utcStartOf(day) / DAY_MS;
}

/**
 * How a moved level goes on: where it is, and where it still moves by more than its days differ, along its straight line (least squares,
 * each day weighing what is below its line). Volume as since the move, all days of the week alike.
 *
 * @param since the days since the onset that count, in order.
 * @returns `null` where nothing is known.
 */
export function goingOn(since: readonly DriftPoint[]): DayAhead | null {
  const [first, last] = [since[0], since.at(-1)];
  const sum = (of: (point: DriftPoint) => number): number => since.reduce((total, point) => total + of(point), 0);
  const n = sum((point) => point.n);
  if (first === undefined || last === undefined || n <= 0) return null;
  const perDay = n / (at(last.day) - at(first.day) + 1);
  const level = sum(({ num }) => num) / n;
  const middle = sum((point) => point.n * at(point.day)) / n;
  const width = sum((point) => point.n * (at(point.day) - middle) ** 2);
  const slope = width > 0 ? sum((point) => (point.num - point.n * level) * (at(point.day) - middle)) / width : 0;
  const lineAt = (day: number, rise: number): number => level + rise * (day - middle);
  const residual = sum((point) => point.n * (point.num / point.n - lineAt(at(point.day), slope)) ** 2);
  const error = Math.sqrt(residual / Math.max(1, since.length - 2) / width);
  const isTrend = since.length >= FEWEST_FOR_A_TREND && Math.abs(slope) > SURE_TREND * error;
  return (day) => ({ num: perDay * Math.max(0, lineAt(at(day), isTrend ? slope : 0)), n: perDay });
}
