import { type Decimal, decimalToNumber } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import type { MeasureUnit } from "./measure.ts";

export type Direction = "at-least" | "at-most";

/** A figure and what was agreed for it, both exact: a ratio of 0..1, milliseconds per contact, or points of 1 to 5. */
export interface Figure {
  readonly value: Ratio;
  readonly unit: MeasureUnit;
  readonly direction: Direction;
  readonly expected: Decimal;
}

const NBSP = "\u00a0";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How many decimals of the shown unit a figure gets: one, or as many as the agreed level has if those are more,
 * so that a level of 80.25 % is never compared with a figure of one decimal.
 */
function shownDecimals(unit: MeasureUnit, expected: Decimal): number {
  return Math.max(1, unit === "ratio" ? trimmed(expected).dp - 2 : trimmed(expected).dp);
}

function trimmed(value: Decimal): Decimal {
  let { mantissa, dp } = value;
  while (dp > 0 && mantissa % 10 === 0) {
    mantissa /= 10;
    dp -= 1;
  }
  return { mantissa, dp };
}

/**
 * Rounds `value * times / per` to the nearest whole number, but never onto or past the agreed level: a figure that misses
 * 80 % by a hair must not read as 80.0 %.
 */
function roundHonestly(figure: Figure, { times = 1, per = 1 }: { times?: number; per?: number }, expectedSteps: number): number {
  const num = BigInt(figure.value.num) * BigInt(times);
  const den = BigInt(figure.value.den) * BigInt(per);
  const twice = 2n * num + den;
  const nearest = Number(twice / (2n * den) - (twice % (2n * den) < 0n ? 1n : 0n));
  const side = compareRatio(figure.value, figure.expected);
  if (figure.direction === "at-least" && side < 0) return Math.min(nearest, Math.ceil(expectedSteps) - 1);
  return figure.direction === "at-most" && side > 0 ? Math.max(nearest, Math.floor(expectedSteps) + 1) : nearest;
}

/** Steps of the last shown digit: 0.1 % and the like, 0.1 s below a minute and whole seconds from there, 0.1 points. */
interface Steps {
  readonly shown: number;
  readonly expected: number;
  readonly dp: number;
}

function ratioSteps(figure: Figure): Steps {
  const dp = shownDecimals(figure.unit, figure.expected);
  const places = figure.unit === "ratio" ? dp + 2 : dp;
  const expected = figure.expected.mantissa * 10 ** (places - figure.expected.dp);
  return { shown: roundHonestly(figure, { times: 10 ** places }, expected), expected: Math.round(expected), dp };
}

function shownMs(figure: Figure): number {
  const stepMs = figure.value.num < MINUTE_MS * figure.value.den ? 100 : 1000;
  return roundHonestly(figure, { per: stepMs }, decimalToNumber(figure.expected) / stepMs) * stepMs;
}

function decimalText(steps: number, dp: number): string {
  const digits = String(Math.abs(steps)).padStart(dp + 1, "0");
  const text = dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
  return steps < 0 ? `−${text}` : text;
}

function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (ms < HOUR_MS) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
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
  const { shown, dp } = ratioSteps(known);
  return known.unit === "ratio" ? `${decimalText(shown, dp)}${NBSP}%` : decimalText(shown, dp);
}

function gapSize(figure: Figure): string {
  if (figure.unit === "duration") {
    const expectedMs = Math.round(decimalToNumber(figure.expected));
    const gapMs = Math.abs(shownMs(figure) - expectedMs);
    const inClock = expectedMs >= MINUTE_MS || figure.value.num >= MINUTE_MS * figure.value.den;
    return inClock ? clockText(gapMs) : formatDuration(gapMs);
  }
  const { shown, expected, dp } = ratioSteps(figure);
  const size = decimalText(Math.abs(shown - expected), dp);
  return figure.unit === "ratio" ? `${size}${NBSP}pp` : size;
}

/**
 * The distance to the agreed level in words, from the figures as they are shown, so that a reader can add them up.
 *
 * @returns for example `1.1 pp short`, `0.8 pp spare`, `1.4 pp over`, `0:18 spare`, `exactly met`; `—` without a value.
 */
export function formatGap(figure: Omit<Figure, "value"> & { readonly value: Ratio | null }): string {
  if (figure.value === null || figure.value.den <= 0) return "—";
  const known = { ...figure, value: figure.value };
  const side = compareRatio(known.value, known.expected);
  if (side === 0) return "exactly met";
  const good = known.direction === "at-least" ? side > 0 : side < 0;
  const word = good ? "spare" : known.direction === "at-least" ? "short" : "over";
  const size = gapSize(known);
  return /[1-9]/u.test(size) ? `${size} ${word}` : `just ${good ? "met" : word}`;
}

/** A level in its unit, exact and without idle zeros: `80 %`, `6:30`, `20 s`, `4.2`. */
export function formatLevel(level: Decimal, unit: MeasureUnit): string {
  if (unit === "duration") {
    const ms = decimalToNumber(level);
    return ms < MINUTE_MS ? `${ms / 1000}${NBSP}s` : clockText(ms);
  }
  const plain = trimmed(level);
  if (unit === "score") return decimalText(plain.mantissa, plain.dp);
  const percent =
    plain.dp >= 2 ? { mantissa: plain.mantissa, dp: plain.dp - 2 } : { mantissa: plain.mantissa * 10 ** (2 - plain.dp), dp: 0 };
  return `${decimalText(percent.mantissa, percent.dp)}${NBSP}%`;
}

/** What was agreed, with its direction: `≥ 80 %`, `≤ 6:30`. */
export function formatExpected(agreed: Pick<Figure, "unit" | "direction" | "expected">): string {
  return `${agreed.direction === "at-least" ? "≥" : "≤"}${NBSP}${formatLevel(agreed.expected, agreed.unit)}`;
}

/** The provider's own figure with exactly the digits it printed, `94.01 %`; durations of a claim are in seconds. */
export function formatClaim(claim: Decimal, unit: MeasureUnit): string {
  if (unit === "duration")
    return claim.dp === 0 && claim.mantissa >= 60 ? clockText(claim.mantissa * 1000) : `${decimalText(claim.mantissa, claim.dp)}${NBSP}s`;
  if (unit === "score") return decimalText(claim.mantissa, claim.dp);
  const percent =
    claim.dp >= 2 ? { mantissa: claim.mantissa, dp: claim.dp - 2 } : { mantissa: claim.mantissa * 10 ** (2 - claim.dp), dp: 0 };
  return `${decimalText(percent.mantissa, percent.dp)}${NBSP}%`;
}

/** A count with separators: `43,180`. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+(?!\d))/gu, ",");
}
