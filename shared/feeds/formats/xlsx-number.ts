import type { NumberStyle } from "./xlsx-number-style.ts";

const SECONDS_A_DAY = 86_400;
const MS_A_DAY = 86_400_000;
/** 31 December 9999, the last day that Excel knows, in the system of 1900. */
const LAST_DAY = 2_958_465;
/** From 1904 the same day has a number that is smaller by so much. */
const DAYS_TO_1904 = 1462;
/** The system of 1900 has a 29 February 1900, which never was: numbers below are one day off. */
const LEAP_BUG_DAY = 60;

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** A double in plain digits: its shortest text that reads back as itself, without an exponent. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/u.exec(text);
  if (match === null) return text;
  const [, sign = "", first = "", rest = "", exponent = "0"] = match;
  const digits = first + rest;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return point >= digits.length ? sign + digits.padEnd(point, "0") : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The text of a number as a workbook stores it: with 17 digits and exponents, of which only those are kept that tell it from its
 * neighbours. Whole numbers keep all their digits, those of 1e15 and above their exponent; what is no number stays as it stands.
 */
export function plainNumber(stored: string): string {
  if (/^-?\d+$/u.test(stored) || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(stored)) return stored;
  const number = Number(stored);
  // A spreadsheet keeps 15 digits: with plain ones a number that lost its end would look whole.
  if (Math.abs(number) >= 1e15 && /e/iu.test(stored)) return stored;
  return Number.isFinite(number) ? withoutExponent(String(number)) : stored;
}

function dayText(day: number, from1904: boolean): string {
  const serial = from1904 ? day + DAYS_TO_1904 : day;
  if (serial === LEAP_BUG_DAY) return "1900-02-29";
  if (serial === 0) return "1900-01-00";
  const shifted = serial < LEAP_BUG_DAY ? serial + 1 : serial;
  return new Date(Date.UTC(1899, 11, 30) + shifted * MS_A_DAY).toISOString().slice(0, 10);
}

function clockText(seconds: number, padded: boolean): string {
  const hours = Math.floor(seconds / 3600);
  return `${padded ? two(hours) : hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * A number as its style shows it: `yyyy-mm-dd`, `h:mm:ss` or `yyyy-mm-dd hh:mm:ss`, to the nearest second. A time of a day or
 * more, and a day with a time, are written in full, because to leave the rest out would change the value. What no calendar has
 * (a negative number) stays a number.
 *
 * @param from1904 whether the workbook counts its days from 1904.
 */
export function styledNumber(stored: string, style: NumberStyle, from1904: boolean): string {
  const plain = plainNumber(stored);
  if (style === null) return plain;
  const seconds = Math.round(Number(plain) * SECONDS_A_DAY);
  if (!(seconds >= 0) || seconds >= (LAST_DAY + 1) * SECONDS_A_DAY) return plain;
  const day = Math.floor(seconds / SECONDS_A_DAY);
  const clock = seconds % SECONDS_A_DAY;
  if (style === "elapsed") return clockText(seconds, false);
  if (day === 0 && !from1904 && style !== "date") return clockText(clock, false);
  if (day === 0 && style === "time") return clockText(clock, false);
  if (style === "date" && clock === 0) return dayText(day, from1904);
  return `${dayText(day, from1904)} ${clockText(clock, true)}`;
}
