import type { Day } from "../calendar/day.ts";
import type { Ratio } from "../stats/ratio.ts";
import { compareDecimal } from "../stats/round.ts";
import type { CompiledTarget, Levels } from "./compiled.ts";
import { type DaySums, foldDays } from "./day-sums.ts";
import { type Figure, figureOf } from "./figure.ts";
import { READ_SHIFT } from "./level.ts";
import { reachesLevel } from "./piece-rule.ts";
import { roundSigned } from "./round-signed.ts";
import { levelsOfDays, type LevelOfDay } from "./window-levels.ts";

/** One count of a window: what was added up, the figure, and the levels it is held to. */
export interface Tally {
  readonly sums: DaySums;
  /** `null` where there is nothing to divide by. */
  readonly value: Ratio | null;
  /** Sample size: contacts; of shares of intervals or days and of means of days, how many of those. */
  readonly n: number;
  readonly levels: Levels;
  /** Whether the levels are those of the target as written. */
  readonly asWritten: boolean;
  /** Whether the window before is judged together with this one. */
  readonly joined: boolean;
}

/** One local day with its sums in one of the three counts. */
export interface TallyDay {
  readonly day: Day;
  readonly sums: DaySums;
}

interface Share {
  readonly value: Ratio | null;
  readonly n: number;
}

const NOTHING: Share = { value: null, n: 0 };

function dayFigure(compiled: CompiledTarget, sums: DaySums): Figure | null {
  return sums.intervals === 0 ? null : figureOf(compiled, sums.totals);
}

function daysMet(compiled: CompiledTarget, days: readonly TallyDay[]): Share {
  let [met, judged] = [0, 0];
  for (const { sums } of days) {
    const figure = dayFigure(compiled, sums);
    if (figure === null) continue;
    judged++;
    if (reachesLevel(compiled, figure.value)) met++;
  }
  return judged === 0 ? NOTHING : { value: { num: met, den: judged }, n: judged };
}

/** Each day rounded half up to `dp` decimals of the unit as read; the sum of those over their number, in the unit of the figure. */
function meanOfDays(compiled: CompiledTarget, days: readonly TallyDay[], dp: number): Share {
  const places = dp + READ_SHIFT[compiled.formula.unit];
  const scale = 10 ** Math.max(0, places);
  let [sum, n] = [0, 0];
  for (const { sums } of days) {
    const figure = dayFigure(compiled, sums);
    if (figure === null) continue;
    sum += roundSigned(figure.value, places, "half-up").mantissa;
    n++;
  }
  return n === 0 ? NOTHING : { value: { num: sum, den: n * scale }, n };
}

function shareOf(compiled: CompiledTarget, days: readonly TallyDay[], sums: DaySums): Share {
  const { aggregation } = compiled.target;
  switch (aggregation.by) {
    case "ratio-of-sums":
      return dayFigure(compiled, sums) ?? NOTHING;
    case "intervals-met":
      return sums.judged === 0 ? NOTHING : { value: { num: sums.passed, den: sums.judged }, n: sums.judged };
    case "days-met":
      return daysMet(compiled, days);
    case "mean-of-days":
      return meanOfDays(compiled, days, aggregation.dp);
  }
}

/** What a day weighs in the level of its window: its share of the denominator. */
function weightOf(compiled: CompiledTarget, sums: DaySums): number {
  switch (compiled.target.aggregation.by) {
    case "ratio-of-sums":
      return dayFigure(compiled, sums)?.n ?? 0;
    case "intervals-met":
      return sums.judged;
    default:
      return dayFigure(compiled, sums) === null ? 0 : 1;
  }
}

/**
 * Adds up the days of a window in one of the three counts.
 *
 * @param levelOf the level of each day where it changes by week or volume; `null` where it is as written throughout.
 */
export function tallyOf(compiled: CompiledTarget, days: readonly TallyDay[], levelOf: LevelOfDay | null, joined = false): Tally {
  const sums = foldDays(
    days.map((day) => day.sums),
    compiled.counters,
  );
  const { value, n } = compiled.lacks === null ? shareOf(compiled, days, sums) : NOTHING;
  if (levelOf === null) return { sums, value, n, joined, levels: compiled, asWritten: true };
  const weighted = days.map(({ day, sums: own }) => ({ levels: levelOf(day), weight: weightOf(compiled, own) }));
  const levels = levelsOfDays(compiled, weighted);
  return { sums, value, n, joined, levels, asWritten: compareDecimal(levels.expected, compiled.expected) === 0 };
}
