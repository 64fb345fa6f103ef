import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import type { Verdict } from "../agreement/verdict.ts";
import type { Day } from "../calendar/day.ts";
import { calendarPeriod } from "./calendar-period.ts";
import type { JudgedPeriod } from "./periods-of.ts";
import { settlementKind } from "./version.ts";

/** One whole period of the calendar: all its parts, whichever versions govern them. */
export interface WholePeriod {
  readonly from: Day;
  readonly parts: readonly JudgedPeriod[];
}

/** The starts that nothing was judged of between two that were. */
function gapAfter(parts: readonly JudgedPeriod[], next: Day | undefined): WholePeriod[] {
  const [first] = parts;
  if (first === undefined || next === undefined) return [];
  const { weekStart } = first.version.agreement;
  const gap: WholePeriod[] = [];
  for (let from = first.calendar.next; from < next; from = calendarPeriod(settlementKind(first.version), from, weekStart).next) {
    gap.push({ from, parts: [] });
  }
  return gap;
}

/** The calendar's periods of one kind from the first to the last that was judged, without a gap; where nothing was judged `parts` is empty. */
export function wholePeriods(periods: readonly JudgedPeriod[], kind: SettlementPeriod): WholePeriod[] {
  const own = periods.filter(({ version }) => settlementKind(version) === kind);
  const judged = [...Map.groupBy(own, ({ calendar }) => calendar.from)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return judged.flatMap(([from, parts], i) => [{ from, parts }, ...gapAfter(parts, judged[i + 1]?.[0])]);
}

/** Whether nothing of a period is still open, and something of it was judged. */
export function isClosed({ parts }: WholePeriod): boolean {
  return parts.length > 0 && parts.every(({ open }) => !open);
}

/** A target's verdicts of a whole period, one per part. */
export function verdictsOf({ parts }: WholePeriod, targetId: string): Verdict[] {
  return parts.flatMap(({ verdicts }) => verdicts.get(targetId) ?? []);
}

/** Figures of several windows as one: sums first, then one quotient. `null` where a window has none, for silence proves nothing. */
export function togetherOf(verdicts: readonly Verdict[]): Verdict["value"] {
  const values = verdicts.flatMap(({ value }) => value ?? []);
  if (values.length === 0 || values.length < verdicts.length) return null;
  return values.reduce((sum, { num, den }) => ({ num: sum.num + num, den: sum.den + den }));
}
