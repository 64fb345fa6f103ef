import type { DECIMAL_MARKS, THOUSANDS_MARKS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

/** How a file writes numbers. */
export interface NumberStyle {
  readonly decimal: (typeof DECIMAL_MARKS)[number];
  /** What stands between thousands; without it nothing may. */
  readonly thousands: (typeof THOUSANDS_MARKS)[number] | null;
}

/** A point for decimals, nothing between thousands. */
export const PLAIN_STYLE: NumberStyle = { decimal: "point", thousands: null };

const LONGEST = 60;
const BETWEEN = {
  comma: ",",
  point: ".",
  space: " \u00a0\u202f\u2009",
  apostrophe: "'\u2019",
} as const satisfies Record<(typeof THOUSANDS_MARKS)[number], string>;
const MARKS = { point: ".", comma: ",", either: ".," } as const satisfies Record<NumberStyle["decimal"], string>;

function isPlain({ decimal, thousands }: NumberStyle): boolean {
  return decimal === "point" && thousands === null;
}

function lastOf(text: string, marks: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (marks.includes(text.charAt(at))) return at;
  return -1;
}

/** Joins groups of three digits; a text without groups comes back as it is, one with other groups as `null`. */
function joined(whole: string, thousands: NumberStyle["thousands"]): string | null {
  if (thousands === null) return whole;
  const between = BETWEEN[thousands];
  if (lastOf(whole, between) < 0) return whole;
  const groups: string[] = [""];
  for (const character of whole) {
    if (between.includes(character)) groups.push("");
    else groups.push((groups.pop() ?? "") + character);
  }
  const [first = "", ...rest] = groups;
  // 0.123 is somebody's decimal, never a thousand.
  return /^[1-9]\d{0,2}$/u.test(first) && rest.every((group) => /^\d{3}$/u.test(group)) ? groups.join("") : null;
}

/** Whether one mark stands where it may part thousands as well as decimals: `1,234`, but not `0,234` or `1234,567`. */
function isAmbiguous(whole: string, fraction: string): boolean {
  return fraction.length === 3 && /^[1-9]\d{0,2}$/u.test(whole);
}

/**
 * Rewrites a number with a point for decimals and nothing between thousands: `1.234,5` becomes `1234.5` where the style says so.
 * What is no number stays what it is; whoever reads the result refuses it.
 *
 * @returns `null` when the style does not allow the text, or allows two readings of it.
 */
export function plainNumber(text: string, style: NumberStyle): string | null {
  if (isPlain(style)) return text;
  if (text.length > LONGEST) return null;
  const sign = text.startsWith("-") ? "-" : "";
  const body = text.slice(sign.length);
  const marks = MARKS[style.decimal];
  const at = lastOf(body, marks);
  const whole = joined(at < 0 ? body : body.slice(0, at), style.thousands);
  if (whole === null || lastOf(whole, ".,") >= 0) return null;
  if (at < 0) return sign + whole;
  const fraction = body.slice(at + 1);
  return style.decimal === "either" && isAmbiguous(whole, fraction) ? null : `${sign}${whole}.${fraction}`;
}

/** Says why a style does not allow a number; `null` when the style is not the reason. */
export function styleFault(text: string, style: NumberStyle): Fault | null {
  if (isPlain(style) || text.length > LONGEST || !/^-?[\d.,\s\u00a0\u202f\u2009'\u2019]+$/u.test(text)) return null;
  if (plainNumber(text, style) !== null) return null;
  const [whole = "", fraction = "", more] = text.replace(/^-/u, "").split(/[.,]/u);
  if (style.decimal === "either" && more === undefined && isAmbiguous(whole, fraction)) {
    return {
      rule: "ambiguous-number",
      message: `may be ${whole} and a fraction, or ${whole}${fraction}`,
      remedy: "Write it without thousands, or say decimal: point or decimal: comma in the feed's definition",
    };
  }
  const thousands = style.thousands === null ? "nothing" : `a ${style.thousands}`;
  return {
    rule: "other-number-style",
    message: `is not written as the definition says: decimal ${style.decimal}, ${thousands} between thousands`,
    remedy: "Write it so, or correct decimal and thousands in the feed's definition",
  };
}
