import type { Day } from "../calendar/day.ts";
import { DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareDecimal } from "../stats/round.ts";
import type { CompiledTarget, Levels } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";

export type LevelOfDay = (day: Day) => Levels;

export interface WeightedLevels {
  readonly levels: Levels;
  /** Contacts (or intervals, or days) of the day in the denominator. */
  readonly weight: number;
}

const MOST_DECIMALS = 12;

/** `num / den` as a decimal, half up, with twelve decimals or as many as an exact integer can carry. */
function quotient(num: bigint, den: bigint): Decimal {
  if (num < 0n) {
    const { mantissa, dp } = quotient(-num, den);
    return { mantissa: -mantissa, dp };
  }
  const dp = Math.max(0, Math.min(MOST_DECIMALS, 15 - String(num / den).length));
  return { mantissa: Number((2n * num * 10n ** BigInt(dp) + den) / (2n * den)), dp };
}

/** A level times a quotient of two positive numbers, see {@link quotient}. */
export function scaleLevel(level: Decimal, times: bigint, per: bigint): Decimal {
  return quotient(BigInt(level.mantissa) * times, 10n ** BigInt(level.dp) * per);
}

/** The mean of levels by weight; the level itself where there is but one. */
function meanLevel(all: readonly { readonly level: Decimal; readonly weight: number }[]): Decimal | null {
  const known = all.some(({ weight }) => weight > 0)
    ? all.filter(({ weight }) => weight > 0)
    : all.map(({ level }) => ({ level, weight: 1 }));
  const [first] = known;
  if (first === undefined) return null;
  if (known.every(({ level }) => compareDecimal(level, first.level) === 0)) return first.level;
  const dp = Math.max(...known.map(({ level }) => level.dp));
  let [sum, weights] = [0n, 0n];
  for (const { level, weight } of known) {
    sum += BigInt(level.mantissa) * 10n ** BigInt(dp - level.dp) * BigInt(weight);
    weights += BigInt(weight);
  }
  return quotient(sum, weights * 10n ** BigInt(dp));
}

/**
 * The levels of a window whose days have different ones: their mean, weighted by what each day has in the denominator,
 * exact to twelve decimals half up. Days without contacts weigh nothing, unless no day has any. There is a minimum only
 * where every day that weighs has one.
 */
export function levelsOfDays(compiled: CompiledTarget, days: readonly WeightedLevels[]): Levels {
  const weighing = days.some(({ weight }) => weight > 0) ? days.filter(({ weight }) => weight > 0) : days;
  const minimums = weighing.flatMap(({ levels, weight }) => (levels.minimum === null ? [] : [{ level: levels.minimum, weight }]));
  const all = minimums.length === weighing.length;
  return {
    expected: meanLevel(days.map(({ levels, weight }) => ({ level: levels.expected, weight }))) ?? compiled.expected,
    minimum: all ? (meanLevel(minimums) ?? compiled.minimum) : null,
  };
}

/** Which week since go-live a day lies in, 1 for the first; 0 or less before. */
export function weekSince(goLive: Day, day: Day): number {
  return Math.floor((utcStartOf(day) - utcStartOf(goLive)) / DAY_MS / 7) + 1;
}

/** The levels of a day by its week since go-live; `null` where the target has no ramp. */
export function rampOf({ agreement }: AgreementContext, compiled: CompiledTarget): LevelOfDay | null {
  const goLive = agreement.ramp?.goLive;
  if (goLive === undefined || compiled.ramp.length === 0) return null;
  return (day) => {
    const week = weekSince(goLive, day);
    return compiled.ramp.find(({ fromWeek, toWeek }) => week >= fromWeek && week <= toWeek) ?? compiled;
  };
}
