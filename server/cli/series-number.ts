import { readDuration } from "../../shared/feeds/cell-duration.ts";
import { type NumberStyle, plainNumber } from "../../shared/feeds/number-style.ts";
import type { Fault } from "../../shared/feeds/problem-list.ts";

/** How the figures of a column are written. `clock`: h:mm:ss, read as seconds. `percent`: read as a share of 1. */
export type Writing = "number" | "percent" | "clock";

const MISSING: ReadonlySet<string> = new Set(["", "-", "--", "n/a", "na", "nan", "null", "none", "#n/a"]);
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu;

/** Whether a text says that there is no value. */
export function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}

function numberOf(text: string, style: NumberStyle): number {
  const plain = plainNumber(text, style) ?? "";
  if (PLAIN.test(plain)) return Number(plain);
  return PLAIN.test(text) && style.decimal === "point" ? Number(text) : NaN;
}

/** Reads one cell: a number with any sign and exponent, a percentage or a length of time. @returns NaN where the text is none. */
export function readFigure(text: string, writing: Writing, style: NumberStyle): number {
  switch (writing) {
    case "percent":
      return text.endsWith("%") ? numberOf(text.slice(0, -1).trim(), style) / 100 : NaN;
    case "clock":
      return readDuration(text, "h:mm:ss", style) / 1000;
    case "number":
      return numberOf(text, style);
  }
}

/** The writing that most values of a column have. */
export function writingOf(values: readonly string[], style: NumberStyle): { readonly writing: Writing; readonly share: number } {
  const counted = (["number", "percent", "clock"] as const).map((writing) => ({
    writing,
    share: values.filter((value) => Number.isFinite(readFigure(value, writing, style))).length / Math.max(1, values.length),
  }));
  return counted.reduce((best, one) => (one.share > best.share ? one : best));
}

const EXAMPLE = { number: "12.5", percent: "94.1 %", clock: "0:02:14" } as const satisfies Record<Writing, string>;

/** Why a cell was refused. */
export function explainFigure(text: string, writing: Writing, style: NumberStyle): Fault {
  const other = writingOf([text], style);
  if (other.share === 1)
    return {
      rule: "other-unit",
      message: `is written as ${other.writing} where most of the column is ${writing}`,
      remedy: `Write it like ${EXAMPLE[writing]}, or leave the cell blank`,
    };
  if (text.startsWith("#"))
    return {
      rule: "spreadsheet-error",
      message: "is an error of the spreadsheet that made the file",
      remedy: "Mend the formula, or leave the cell blank",
    };
  return {
    rule: "not-a-number",
    message: "is not a number",
    remedy: `Write plain digits such as ${EXAMPLE[writing]}, or leave the cell blank if there is no value`,
  };
}
