import { type Decimal, parseDecimal } from "../stats/decimal.ts";
import { type NumberStyle, PLAIN_STYLE, plainNumber, styleFault } from "./number-style.ts";
import type { Fault } from "./problem-list.ts";

/**
 * Reads a whole number of plain digits. No sign, point, exponent, grouping or foreign digits.
 *
 * @returns 0 to 999,999,999,999,999, or NaN for anything else.
 */
export function readWhole(text: string): number {
  const length = text.length;
  if (length === 0 || length > 15) return NaN;
  let value = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Reads a count. Programs that hold counts as floats print `12.0`: one or two zeros behind the mark are read as none, because
 * nobody writes thousands so. Three (`12.000`) may be thousands and are refused.
 *
 * @returns 0 to 999,999,999,999,999, or NaN for anything else.
 */
export function readCount(text: string, style: NumberStyle): number {
  const whole = readWhole(text);
  if (!Number.isNaN(whole)) return whole;
  const plain = plainNumber(text, style);
  if (plain === null) return NaN;
  const zeros = plain.endsWith(".0") ? 2 : plain.endsWith(".00") ? 3 : 0;
  return readWhole(plain.slice(0, plain.length - zeros));
}

/** Reads digits with an optional fraction, exactly; `null` for anything else and for every negative number. */
export function readDecimal(text: string, style: NumberStyle = PLAIN_STYLE): Decimal | null {
  const plain = plainNumber(text, style);
  return plain === null || plain.startsWith("-") ? null : parseDecimal(plain);
}

// Longer texts are no slip in a number, and some of the patterns below take quadratic time.
const LONGEST = 60;
const PLAIN = "Write plain digits";
const FAULTS: readonly (readonly [pattern: RegExp, fault: Fault])[] = [
  [
    /^#/u,
    {
      rule: "spreadsheet-error",
      message: "is an error of the spreadsheet that made the file",
      remedy: "Mend the formula, or leave the cell blank if there is no value",
    },
  ],
  [
    /^(?:[-\u2212]\s*[\d.,$]|\([^)]*\)$)/u,
    { rule: "negative", message: "is negative", remedy: "Send zero or more; leave the cell blank if there is no value" },
  ],
  [
    /^[+-]?(?:nan|inf|infinity)$/iu,
    { rule: "not-finite", message: "is not a finite number", remedy: "Leave the cell blank if there is no value" },
  ],
  [/^\+/u, { rule: "plus-sign", message: "has a plus sign", remedy: `${PLAIN} without a sign` }],
  [/^0[xob][\da-f]*$/iu, { rule: "other-base", message: "is not in decimal notation", remedy: `${PLAIN}, 16 instead of 0x10` }],
  [/^[\d.,]*\d[\d.,]*e[+-]?\d+$/iu, { rule: "exponent", message: "is in exponent notation", remedy: `${PLAIN}, 1000 instead of 1e3` }],
  [
    /^[\d.]*,[\d.,]*$/u,
    {
      rule: "comma-in-number",
      message: "has a comma, which may mean a decimal or a thousand",
      remedy: `${PLAIN} with a point for decimals and nothing between thousands, or say decimal and thousands in the feed's definition`,
    },
  ],
  [
    /^\d+(?:[_'\u2019\s\u00a0\u202f]\d+)+(?:\.\d+)?$|^\d+(?:\.\d+){2,}$/u,
    { rule: "digit-grouping", message: "has its digits in groups", remedy: `${PLAIN} with nothing between them` },
  ],
  [/^(?=.*[^0-9])[\p{Nd}.]+$/u, { rule: "foreign-digits", message: "is not written with the digits 0 to 9", remedy: `${PLAIN} 0 to 9` }],
  [
    /^(?:[$\u20ac\u00a3]\s*[\d.,]+|[\d.,]+\s*(?:%|[a-z$\u20ac\u00a3]{1,8}))$/iu,
    { rule: "unit-in-number", message: "carries a unit", remedy: `${PLAIN} without a unit; the feed's definition names it` },
  ],
  [/^\d{16,}(?:\.\d*)?$/u, { rule: "too-large", message: "is too large", remedy: "Check the column: no such count exists" }],
];
const NOT_A_NUMBER: Fault = {
  rule: "not-a-number",
  message: "is not a number",
  remedy: `${PLAIN}, or leave the cell blank if there is no value`,
};
const NOT_WHOLE: Fault = { rule: "not-whole", message: "is not a whole number", remedy: "Send a count of whole things" };
const PRECISE: Fault = {
  rule: "too-precise",
  message: "has more digits than can be kept exactly",
  remedy: "Send at most 15 digits before and 9 after the point",
};

const MAYBE_THOUSANDS: Fault = {
  rule: "ambiguous-number",
  message: "may be a whole number with zeros behind it, or so many thousands",
  remedy: `${PLAIN}: 12 or 12000, not 12.000`,
};

/** Says why a text was refused as a number. The first fault that fits, in words for whoever made the file. */
export function explainNumber(text: string, kind: "whole" | "decimal", style: NumberStyle = PLAIN_STYLE): Fault {
  if (text.length > LONGEST) return NOT_A_NUMBER;
  const fault = styleFault(text, style);
  if (fault !== null) return fault;
  const plain = plainNumber(text, style);
  return explainPlain(plain !== null && /^-?\d+(?:\.\d*)?$/u.test(plain) ? plain : text, kind);
}

function explainPlain(text: string, kind: "whole" | "decimal"): Fault {
  for (const [pattern, fault] of FAULTS) {
    if (!pattern.test(text)) continue;
    // "1.5" looks like digits and points; only digits from other scripts are foreign.
    if (fault.rule === "foreign-digits" && /^[0-9.]+$/u.test(text)) continue;
    return fault;
  }
  if (/^\d+\.\d*$|^\.\d+$/u.test(text)) {
    if (kind === "whole") return /^\d+\.0{3,}$/u.test(text) ? MAYBE_THOUSANDS : NOT_WHOLE;
    return /^\d+\.\d+$/u.test(text) ? PRECISE : NOT_A_NUMBER;
  }
  return NOT_A_NUMBER;
}
