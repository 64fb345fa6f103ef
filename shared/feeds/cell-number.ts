import { type Decimal, parseDecimal } from "../stats/decimal.ts";
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

/** Reads plain digits with an optional decimal point, exactly; `null` for anything else and for every negative number. */
export function readDecimal(text: string): Decimal | null {
  return text.startsWith("-") ? null : parseDecimal(text);
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
      remedy: `${PLAIN} with a point for decimals and nothing between thousands`,
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

/** Says why a text was refused as a number. The first fault that fits, in words for whoever made the file. */
export function explainNumber(text: string, kind: "whole" | "decimal"): Fault {
  if (text.length > LONGEST) return NOT_A_NUMBER;
  for (const [pattern, fault] of FAULTS) {
    if (!pattern.test(text)) continue;
    // "1.5" looks like digits and points; only digits from other scripts are foreign.
    if (fault.rule === "foreign-digits" && /^[0-9.]+$/u.test(text)) continue;
    return fault;
  }
  if (/^\d+\.\d*$|^\.\d+$/u.test(text)) {
    if (kind === "whole") return NOT_WHOLE;
    return /^\d+\.\d+$/u.test(text) ? PRECISE : NOT_A_NUMBER;
  }
  return NOT_A_NUMBER;
}
