import type { NumberStyle } from "../number-style.ts";

/** How a file writes numbers, and by which value that is known. */
export interface NumberWriting {
  readonly style: NumberStyle;
  /** A value that can only be read so; `null` where no number has a mark at all. */
  readonly evidence: string | null;
  /** Whether values stand in the file that the style reads and another would read otherwise: `1,234`. */
  readonly isAsked: boolean;
}

/** Only a point can part the decimals of these. */
const POINT = /^-?(?:\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+|\d{4,}\.\d+|\d{1,3}(?:,\d{3})+\.\d+)\s?%?$/u;
/** Only a comma can. */
const COMMA = /^-?(?:\d+,\d{1,2}|\d+,\d{4,}|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+)\s?%?$/u;
const BETWEEN = [
  { thousands: "comma", sure: /^-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|^-?\d{1,3}(?:,\d{3})+\.\d+$/u },
  { thousands: "point", sure: /^-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$|^-?\d{1,3}(?:\.\d{3})+,\d+$/u },
  { thousands: "space", sure: /^-?\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?$/u },
  { thousands: "apostrophe", sure: /^-?\d{1,3}(?:['\u2019]\d{3})+(?:[.,]\d+)?$/u },
] as const;
/** One mark before three digits: thousands, or decimals. */
const EITHER = /^-?[1-9]\d{0,2}([.,])\d{3}$/u;

function thousandsOf(values: readonly string[], decimal: "point" | "comma"): NumberStyle["thousands"] {
  return BETWEEN.find(({ thousands, sure }) => thousands !== decimal && values.some((value) => sure.test(value)))?.thousands ?? null;
}

/**
 * Finds how the numbers of a file are written, by values that allow one reading only. Where values such as `1,234` are left and
 * nothing else says what they mean, it has to be asked.
 */
export function numberWriting(values: readonly string[]): NumberWriting {
  const comma = values.find((value) => COMMA.test(value));
  const point = values.find((value) => POINT.test(value));
  const marks = new Set(values.flatMap((value) => EITHER.exec(value)?.[1] ?? []));
  if (comma !== undefined && point !== undefined)
    return { style: { decimal: "either", thousands: null }, evidence: `${point} and ${comma}`, isAsked: false };
  const decimal = comma === undefined ? "point" : "comma";
  const known = thousandsOf(values, decimal);
  const other = decimal === "comma" ? "point" : "comma";
  const isOther = marks.has(decimal === "comma" ? "." : ",");
  const evidence = comma ?? point ?? null;
  // Beside values that fix the mark of decimals, the other mark before three digits parts thousands.
  const thousands = known ?? (isOther && evidence !== null ? other : null);
  return { style: { decimal, thousands }, evidence, isAsked: marks.size > 0 && evidence === null && known === null };
}
