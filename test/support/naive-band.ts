import type { Target } from "../../shared/agreement/agreement.ts";
import { type NaiveCase, naiveWindows, startOf } from "./naive-calendar.ts";

/** An exact quotient. */
export type Rational = readonly [num: bigint, den: bigint];

/** Above 0 where the first is more. */
export const minus = ([a, b]: Rational, [c, d]: Rational): bigint => a * d - c * b;

/** `80.5 %` is 805/1000, `300 s` is 300,000 ms. */
export function level(text: string): Rational {
  const [whole = "", part = ""] = text.replace(/[ %s]/gu, "").split(".");
  const per = 10n ** BigInt(part.length);
  return text.endsWith("%") ? [BigInt(whole + part), per * 100n] : [BigInt(whole + part) * 1000n, per];
}

/** What the band does to a day, by its own volume or by that of the days of its month that have a forecast; `over` is limit / volume. */
export function bandOn(of: NaiveCase, day: string): { isLeftOut: boolean; over: Rational | null } {
  const { volume } = of.agreement;
  const nothing = { isLeftOut: false, over: null };
  if (volume === undefined || !of.forecast.has(day)) return nothing;
  const [month] = naiveWindows(of, volume.unit, day);
  const foretold = [...of.forecast].filter(([one]) => month !== undefined && one >= month.first && one <= month.last);
  const rows = of.rows.filter((row) => row.isOpen && foretold.some(([one]) => one === row.day));
  if (rows.length === 0) return nothing;
  const forecast = BigInt(foretold.reduce((sum, [, calls]) => sum + calls, 0));
  const offered = rows.reduce((sum, { counts }) => sum + BigInt(counts.offered), 0n);
  const limit = (share: string): Rational => [level(share)[0] * forecast, level(share)[1]];
  const upper = limit(volume.upper);
  if (minus([offered, 1n], upper) > 0n)
    return volume.above === "exclude" ? { isLeftOut: true, over: null } : { isLeftOut: false, over: [upper[0], upper[1] * offered] };
  const isTooFew = volume.below === "exclude" && volume.lower !== undefined && minus([offered, 1n], limit(volume.lower)) < 0n;
  return { isLeftOut: isTooFew && month !== undefined && startOf(of, month.last, 1) <= of.nowMs, over: null };
}

/** A level times limit / volume, or times volume / limit where less is better; a band of two ends stays. */
export function eased({ direction }: Target, [num, den]: Rational, over: Rational | null): Rational {
  if (over === null || direction === "within" || (direction === "at-most" && over[0] === 0n)) return [num, den];
  return direction === "at-least" ? [num * over[0], den * over[1]] : [num * over[1], den * over[0]];
}
