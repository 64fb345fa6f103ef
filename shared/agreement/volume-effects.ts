import type { Day } from "../calendar/day.ts";
import type { Decimal } from "../stats/decimal.ts";
import type { Levels } from "./compiled.ts";
import type { DayCounts } from "./day-sums.ts";
import type { WindowEvaluation } from "./window-evaluation.ts";
import { formatCount } from "../metrics/format.ts";
import type { CompiledBand } from "./volume-band.ts";
import { scaleLevel } from "./window-levels.ts";
import { monthInTerm } from "./windows.ts";

/** What a volume band does to the days of a window. */
export interface VolumeEffects {
  /** Whether it changes a day that has counts inside the measured hours. */
  changes(day: Day): boolean;
  isLeftOut(day: Day): boolean;
  levelOf(day: Day, levels: Levels): Levels;
  /** One line per thing it did to some days, for the trace. */
  notesOn(days: readonly Day[]): string[];
}

/** The volume of a day or a month beside its forecast. */
interface Period {
  readonly name: string;
  readonly volume: number;
  readonly forecast: number;
  readonly effect: "excluded-above" | "excluded-below" | "scaled" | null;
}

/** Whether a volume is more (1) or less (-1) than a share of the forecast, exactly. */
function against(volume: number, share: Decimal, forecast: number): number {
  const [left, right] = [BigInt(volume) * 10n ** BigInt(share.dp), BigInt(share.mantissa) * BigInt(forecast)];
  return left > right ? 1 : Number(left === right) - 1;
}

/** What too little means is known only when the period is over. */
function effectOf(band: CompiledBand, volume: number, forecast: number, isOver: boolean): Period["effect"] {
  if (against(volume, band.upper, forecast) > 0) return band.above === "exclude" ? "excluded-above" : "scaled";
  const low = isOver && band.lower !== null && band.below === "exclude" && against(volume, band.lower, forecast) < 0;
  return low ? "excluded-below" : null;
}

/** The period of a day; only days with a locked forecast count on either side. `null` without one, or while nobody knows the volume. */
function periodOf(input: WindowEvaluation, band: CompiledBand, day: Day): Period | null {
  const days = band.unit === "day" ? [day] : monthInTerm(input.context, day);
  let [volume, forecast, known, foretold] = [0, 0, 0, 0];
  for (const each of days) {
    const expected = input.forecastOf(each);
    if (expected === null) continue;
    foretold++;
    forecast += expected;
    const offered = input.volumeOf(each);
    if (offered !== null) known++;
    volume += offered ?? 0;
  }
  if (foretold === 0 || known === 0) return null;
  const endMs = input.context.zone.dayRange(days.at(-1) ?? day).toMs;
  const name = band.unit === "day" ? day : day.slice(0, 7);
  return { name, volume, forecast, effect: effectOf(band, volume, forecast, endMs <= input.nowMs) };
}

const LIMIT_SHOWN = 5;

function noteOf({ name, volume, forecast, effect }: Period, input: WindowEvaluation): string {
  const { upper, lower } = input.context.agreement.volume ?? {};
  const [side, share] = effect === "excluded-below" ? ["below", lower] : ["above", upper];
  const what = effect === "scaled" ? "the agreed level is scaled" : "left out of the adjusted figure";
  return `Volume of ${name}: ${formatCount(volume)} offered, ${side} ${share} of the ${formatCount(forecast)} forecast; ${what}.`;
}

function notesOf(input: WindowEvaluation, periods: ReadonlyMap<Day, Period | null>): string[] {
  const touched = [...new Map([...periods.values()].flatMap((period) => (period?.effect ? [[period.name, period]] : []))).values()];
  const lines = touched.slice(0, LIMIT_SHOWN).map((period) => noteOf(period, input));
  if (touched.length > LIMIT_SHOWN) lines.push(`And ${touched.length - LIMIT_SHOWN} more like these.`);
  const without = [...periods.keys()].filter((day) => input.forecastOf(day) === null).length;
  if (without > 0) lines.push(`No locked forecast for ${without} of ${periods.size} days: the volume band has no effect on them.`);
  return lines;
}

function scaled(input: WindowEvaluation, band: CompiledBand, { volume, forecast }: Period, levels: Levels): Levels {
  const { direction } = input.compiled.target;
  const limit = BigInt(band.upper.mantissa) * BigInt(forecast);
  const actual = BigInt(volume) * 10n ** BigInt(band.upper.dp);
  // A forecast of nothing would let any figure pass an "at most"; such a level stays as it is.
  if (direction === "within" || (direction === "at-most" && limit === 0n)) return levels;
  const [times, per] = direction === "at-least" ? [limit, actual] : [actual, limit];
  return {
    expected: scaleLevel(levels.expected, times, per),
    minimum: levels.minimum === null ? null : scaleLevel(levels.minimum, times, per),
  };
}

/** Whether anything lies inside the measured hours; what lies outside is in no count anyway. */
function hasCounts(counts: DayCounts | undefined): boolean {
  return counts !== undefined && counts.recomputed.intervals + counts.recomputed.incomplete > 0;
}

/** The effects of the agreed volume band on some days; `null` where none is agreed. */
export function bandOf(input: WindowEvaluation, days: readonly Day[]): VolumeEffects | null {
  const { band } = input.context;
  if (band === null) return null;
  const months = new Map<string, Period | null>();
  const periods = new Map<Day, Period | null>();
  for (const day of days) {
    const key = band.unit === "day" ? day : day.slice(0, 7);
    if (!months.has(key)) months.set(key, periodOf(input, band, day));
    // A day without a forecast of its own stays as it is, whatever the month is.
    periods.set(day, input.forecastOf(day) === null ? null : (months.get(key) ?? null));
  }
  const effectAt = (day: Day): Period["effect"] => periods.get(day)?.effect ?? null;
  return {
    changes: (day) => effectAt(day) !== null && hasCounts(input.countsOf(day)),
    isLeftOut: (day) => effectAt(day)?.startsWith("excluded") === true,
    levelOf: (day, levels) => {
      const period = periods.get(day);
      return period?.effect === "scaled" ? scaled(input, band, period, levels) : levels;
    },
    notesOn: (some) => notesOf(input, new Map(some.map((day) => [day, periods.get(day) ?? null]))),
  };
}
