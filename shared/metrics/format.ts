import { type Decimal, decimalToNumber } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import type { MeasureUnit } from "./measure.ts";
import { clockText, decimalText, MINUTE_MS, NBSP, percentText, trimmed } from "./number-text.ts";

/** `within` is a band: not above the expected level and not below another one. */
export type Direction = "at-least" | "at-most" | "within";

/** A figure and what was agreed for it, both exact and in the unit of the measure; `expected` is the upper end of a band. */
export interface Figure {
  readonly value: Ratio;
  readonly unit: MeasureUnit;
  readonly direction: Direction;
  readonly expected: Decimal;
  /** Lower end of a band. */
  readonly notBelow?: Decimal | null;
}

/** The level that a figure is held against: of a band the border it lies beyond, and from inside it the upper one. */
interface Border {
  readonly level: Decimal;
  readonly good: "above" | "below";
}

function borderOf({ value, direction, expected, notBelow = null }: Figure): Border {
  if (direction === "at-least") return { level: expected, good: "above" };
  const isUnder = direction === "within" && notBelow !== null && compareRatio(value, notBelow) < 0;
  return isUnder ? { level: notBelow, good: "above" } : { level: expected, good: "below" };
}

/** -1 beyond the border, 0 on it, 1 on the good side. */
function sideOf(figure: Figure, { level, good }: Border): number {
  const side = compareRatio(figure.value, level);
  return good === "above" ? side : -side;
}

/** The shown unit has its point this many places further right than the figure. */
const SHIFT: Record<MeasureUnit, number> = { ratio: 2, duration: 0, score: 0, points: 0, count: 0 };

/** No level that people write has more decimals than these; one that has weighs several others, as in a ramp. */
const WRITTEN_DP: Record<MeasureUnit, number> = { ratio: 8, duration: 0, score: 9, points: 9, count: 9 };
const BLENDED_DP: Record<MeasureUnit, number> = { ratio: 4, duration: 0, score: 2, points: 2, count: 2 };

/** A level as it is shown: exact as it was written, but a blended one, which has no end of decimals, to a few of them. */
function shownLevel(level: Decimal, unit: MeasureUnit): Decimal {
  const plain = trimmed(level);
  if (plain.dp <= WRITTEN_DP[unit]) return plain;
  const dp = BLENDED_DP[unit];
  return trimmed({ mantissa: Math.round(plain.mantissa / 10 ** (plain.dp - dp)), dp });
}

function levelsOf({ expected, notBelow = null, unit }: Pick<Figure, "expected" | "notBelow" | "unit">): Decimal[] {
  return notBelow === null ? [shownLevel(expected, unit)] : [shownLevel(expected, unit), shownLevel(notBelow, unit)];
}

/**
 * How many decimals of the shown unit a figure gets: one (a whole number of things none), or as many as the agreed
 * levels have if those are more, so that a level of 80.25 % is never compared with a figure of one decimal.
 */
function shownDecimals(figure: Figure): number {
  const isWhole = figure.unit === "count" && figure.value.num % figure.value.den === 0;
  return Math.max(isWhole ? 0 : 1, ...levelsOf(figure).map(({ dp }) => dp - SHIFT[figure.unit]));
}

/**
 * Rounds `value * times / per` to the nearest whole number of steps, but never onto a level that the figure misses nor
 * past one that it reaches: a figure that misses 80 % by a hair must not read as 80.0 %.
 */
function roundHonestly(figure: Figure, { times = 1, per = 1 }: { times?: number; per?: number }): number {
  const num = BigInt(figure.value.num) * BigInt(times);
  const den = BigInt(figure.value.den) * BigInt(per);
  const nearest = floorDivide(2n * num + den, 2n * den);
  const border = borderOf(figure);
  const [levelNum, levelDen] = [BigInt(border.level.mantissa) * BigInt(times), 10n ** BigInt(border.level.dp) * BigInt(per)];
  const [floor, ceiling] = [floorDivide(levelNum, levelDen), -floorDivide(-levelNum, levelDen)];
  const isGood = sideOf(figure, border) >= 0;
  if (border.good === "above") return isGood ? Math.max(nearest, ceiling) : Math.min(nearest, ceiling - 1);
  return isGood ? Math.min(nearest, floor) : Math.max(nearest, floor + 1);
}

/** @param divisor positive. */
function floorDivide(dividend: bigint, divisor: bigint): number {
  return Number(dividend / divisor - (dividend % divisor < 0n ? 1n : 0n));
}

/** Steps of the last shown digit: 0.1 % and the like, 0.1 s below a minute and whole seconds from there, 0.1 points. */
interface Steps {
  readonly shown: number;
  readonly level: number;
  readonly dp: number;
}

function decimalSteps(figure: Figure): Steps {
  const dp = shownDecimals(figure);
  const times = 10 ** (dp + SHIFT[figure.unit]);
  const level = decimalToNumber(borderOf(figure).level) * times;
  return { shown: roundHonestly(figure, { times }), level: Math.round(level), dp };
}

function shownMs(figure: Figure): number {
  const stepMs = figure.value.num < MINUTE_MS * figure.value.den ? 100 : 1000;
  return roundHonestly(figure, { per: stepMs }) * stepMs;
}

/** A length of time as people read it: `17.3 s` below a minute, then `6:12`, from an hour `1:02:03`. */
export function formatDuration(ms: number): string {
  if (Math.abs(ms) >= MINUTE_MS) return ms < 0 ? `−${clockText(-ms)}` : clockText(ms);
  return `${decimalText(Math.round(ms / 100), 1)}${NBSP}s`;
}

/**
 * The figure as shown on a screen. Rounded, but never up to the level: 79.96 % against 80 % reads 79.9 %.
 *
 * @returns for example `78.9 %`, `6:12`, `17.3 s` or `4.4`, with a non-breaking space before the unit; `—` without a value.
 */
export function formatFigure(figure: Omit<Figure, "value"> & { readonly value: Ratio | null }): string {
  if (figure.value === null || figure.value.den <= 0) return "—";
  const known = { ...figure, value: figure.value };
  if (known.unit === "duration") return formatDuration(shownMs(known));
  const { shown, dp } = decimalSteps(known);
  return unitText(shown, dp, known.unit);
}

function unitText(steps: number, dp: number, unit: MeasureUnit): string {
  if (unit === "ratio") return `${decimalText(steps, dp)}${NBSP}%`;
  return unit === "count" ? grouped(decimalText(steps, dp)) : decimalText(steps, dp);
}

function gapSize(figure: Figure): string {
  if (figure.unit === "duration") {
    const levelMs = Math.round(decimalToNumber(borderOf(figure).level));
    const gapMs = Math.abs(shownMs(figure) - levelMs);
    const inClock = levelMs >= MINUTE_MS || figure.value.num >= MINUTE_MS * figure.value.den;
    return inClock ? clockText(gapMs) : formatDuration(gapMs);
  }
  const { shown, level, dp } = decimalSteps(figure);
  const size = unitText(Math.abs(shown - level), dp, figure.unit);
  return figure.unit === "ratio" ? size.replace("%", "pp") : size;
}

function gapWord(figure: Figure, isGood: boolean): string {
  if (isGood) return "spare";
  if (borderOf(figure).good === "below") return "over";
  return figure.direction === "within" ? "under" : "short";
}

/**
 * The distance to the agreed level in words, from the figures as they are shown, so that a reader can add them up.
 *
 * @returns for example `1.1 pp short`, `0.8 pp spare`, `0:18 spare`, `exactly met`; of a band `0:12 over`, `0:20 under` or
 *   `inside the band`; `—` without a value.
 */
export function formatGap(figure: Omit<Figure, "value"> & { readonly value: Ratio | null }): string {
  if (figure.value === null || figure.value.den <= 0) return "—";
  const known = { ...figure, value: figure.value };
  const side = sideOf(known, borderOf(known));
  if (side >= 0 && known.direction === "within") return "inside the band";
  if (side === 0) return "exactly met";
  const word = gapWord(known, side > 0);
  const size = gapSize(known);
  return /[1-9]/u.test(size) ? `${size} ${word}` : `just ${side > 0 ? "met" : word}`;
}

/** A level in its unit, exact and without idle zeros: `80 %`, `6:30`, `20 s`, `4.2`, `1,200`. */
export function formatLevel(level: Decimal, unit: MeasureUnit): string {
  const plain = shownLevel(level, unit);
  if (unit === "duration") {
    const ms = decimalToNumber(plain);
    return ms < MINUTE_MS ? `${ms / 1000}${NBSP}s` : clockText(ms);
  }
  return unit === "ratio" ? percentText(plain) : unitText(plain.mantissa, plain.dp, unit);
}

/** What was agreed, with its direction: `≥ 80 %`, `≤ 6:30`; a band is `5:00 to 6:30`. */
export function formatExpected({ unit, direction, expected, notBelow = null }: Omit<Figure, "value">): string {
  const level = formatLevel(expected, unit);
  if (direction === "within" && notBelow !== null) return `${formatLevel(notBelow, unit)} to ${level}`;
  return `${direction === "at-least" ? "≥" : "≤"}${NBSP}${level}`;
}

/** The provider's own figure with exactly the digits it printed, `94.01 %`; durations of a claim are in seconds. */
export function formatClaim(claim: Decimal, unit: MeasureUnit): string {
  if (unit === "duration")
    return claim.dp === 0 && claim.mantissa >= 60 ? clockText(claim.mantissa * 1000) : `${decimalText(claim.mantissa, claim.dp)}${NBSP}s`;
  return unit === "ratio" ? percentText(claim) : unitText(claim.mantissa, claim.dp, unit);
}

function grouped(digits: string): string {
  return digits.replaceAll(/(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/gu, ",");
}

/** A count with separators: `43,180`. */
export function formatCount(count: number): string {
  return grouped(String(count));
}
