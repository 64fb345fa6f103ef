import type { CompiledTarget } from "../agreement/compiled.ts";
import type { AgreementContext } from "../agreement/context.ts";
import type { DayCounts, DaySums } from "../agreement/day-sums.ts";
import { figureOf } from "../agreement/figure.ts";
import { measuredRanges } from "../agreement/scope.ts";
import { rampOf } from "../agreement/window-levels.ts";
import { addDays, type Day, DAY_MS } from "../calendar/day.ts";
import type { CounterId } from "../metrics/counter.ts";
import { settlingDays } from "../metrics/settling-days.ts";
import { unitsOfDay } from "../outlook/day-units.ts";
import type { DriftPoint } from "./drift-point.ts";

/** A local day as the version has it that governs it. */
export interface CountedDay {
  readonly day: Day;
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly counts: DayCounts;
}

const MOSTLY = 0.5;

function totalOf({ counters }: CompiledTarget, { totals }: DaySums, counter: CounterId): number {
  return totals[counters.indexOf(counter)] ?? 0;
}

/** Leavers on agent-days, whatever they are agreed on per; else what the day adds above and below the line. */
function unitsOf(compiled: CompiledTarget, sums: DaySums): Pick<DriftPoint, "num" | "n" | "sample"> | null {
  const { measure, aggregation } = compiled.target;
  if (measure.metric === "attrition" && aggregation.by === "ratio-of-sums")
    return { num: totalOf(compiled, sums, "leavers"), n: totalOf(compiled, sums, "headcount-days") };
  const units = unitsOfDay(compiled, sums);
  if (units === null || aggregation.by !== "ratio-of-sums" || compiled.formula.sample === undefined) return units;
  const sample = figureOf(compiled, sums.totals)?.n;
  return sample === undefined ? units : { ...units, sample };
}

/**
 * Holidays and days with hours of their own are not like others, even where something is measured on them; nor are the weeks since go-live
 * in which the agreement expects less.
 */
function isSpecial({ day, context, compiled }: CountedDay): boolean {
  const { agreement } = context;
  if ((rampOf(context, compiled)?.(day) ?? compiled) !== compiled) return true;
  return agreement.holidays.includes(day) || agreement.overrides.some(({ date }) => date === day);
}

function isMostlyExcluded({ recomputed, adjusted }: DayCounts): boolean {
  if (adjusted === null) return false;
  const all = recomputed.intervals;
  return all > 0 && all - adjusted.intervals > all * MOSTLY;
}

/** Whether all of a day that is over has come in: to its end, or something later, or nothing more within another day. */
function isComplete({ day, context, compiled, counts }: CountedDay, lastDay: Day, nowMs: number): boolean {
  const { toMs } = context.zone.dayRange(day);
  if (nowMs < toMs) return false;
  if (day < lastDay || nowMs >= toMs + DAY_MS) return true;
  const endMs = measuredRanges(compiled.scope, day).at(-1)?.toMs ?? toMs;
  const { lastStartMs } = counts.recomputed;
  return lastStartMs !== null && lastStartMs + context.intervalMs(compiled.target.feed) >= endMs;
}

/**
 * The series of a target: its days that are over and known, as adjusted by accepted exclusions. Days without anything below the line
 * are not in it: nothing was measured, which is not a figure.
 *
 * @param days in any order, of the versions that measure the same.
 */
export function driftPoints(days: readonly CountedDay[], nowMs: number): DriftPoint[] {
  const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const lastDay = sorted.findLast(({ counts }) => counts.recomputed.intervals > 0)?.day ?? "";
  return sorted.flatMap((counted): DriftPoint[] => {
    const { day, context, compiled, counts } = counted;
    const units = unitsOf(compiled, counts.adjusted ?? counts.recomputed);
    if (units === null || units.n <= 0 || !isComplete(counted, lastDay, nowMs)) return [];
    const settled = addDays(day, settlingDays(compiled.target.measure));
    const isOpen = settled !== day && settled >= context.zone.localDay(nowMs);
    const leftOut = isSpecial(counted) || isMostlyExcluded(counts);
    return [{ day, ...units, ...(leftOut ? { leftOut } : {}), ...(isOpen ? { open: isOpen } : {}) }];
  });
}
