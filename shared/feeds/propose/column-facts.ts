import { DATE_FORMATS, DURATION_UNITS, INSTANT_FORMATS, TIME_FORMATS } from "../cell-formats.ts";
import { readClaim } from "../cell-claim.ts";
import { readClock, type TimeFormat } from "../cell-clock.ts";
import { type DateFormat, readDate } from "../cell-date.ts";
import { type DurationUnit, readDuration } from "../cell-duration.ts";
import { type InstantFormat, readInstant } from "../cell-instant.ts";
import { readCount, readDecimal } from "../cell-number.ts";
import type { NumberStyle } from "../number-style.ts";
import { momentTexts } from "../start-moment.ts";
import type { Sample, SampleRow } from "./sample.ts";

/** What the values of a column can be read as. A reading stands here only if every value of the sample allows it. */
export interface ColumnFacts {
  readonly name: string;
  readonly position: number;
  readonly filled: number;
  readonly blank: number;
  /** Texts of the column that mean "no value". */
  readonly missing: readonly string[];
  /** A few words among numbers, lengths or dates; their rows will be refused. */
  readonly slips: readonly string[];
  /** Some of its values, each once, in the order of the file. */
  readonly samples: readonly string[];
  /** All its values where they are few, as those of an outcome are. */
  readonly values: readonly string[] | null;
  /** Whether no value stands there twice. */
  readonly isUnique: boolean;
  readonly dates: readonly DateFormat[];
  readonly times: readonly TimeFormat[];
  /** Day and time of day in one cell. */
  readonly moments: readonly { readonly date: DateFormat; readonly time: TimeFormat }[];
  readonly instants: readonly InstantFormat[];
  /** Lengths of time that say their unit: h:mm:ss, ISO 8601, `5m30s` (auto). */
  readonly lengths: readonly DurationUnit[];
  readonly isCount: boolean;
  readonly isNumber: boolean;
  /** Whether all values are digits with a point at most, however many. */
  readonly isPlain: boolean;
  /** Whether the values have percent signs. */
  readonly isPercent: boolean;
  readonly lowest: number | null;
  readonly highest: number | null;
  /** 1, 2, 3 ... as a running number of days. */
  readonly isRunning: boolean;
  /** Lines of values that settle whether the day or the month stands first. */
  readonly dayFirst: { readonly line: number; readonly value: string } | null;
  readonly monthFirst: { readonly line: number; readonly value: string } | null;
}

const FEW = 12;
const SHOWN = 3;
const DAYS = DATE_FORMATS.filter((format) => format !== "day-number" && format !== "excel-serial-1904");
/** A number alone may be anything; only texts of these shapes are lengths by themselves. */
const WRITTEN = DURATION_UNITS.filter((unit) => ["h:mm:ss", "m:ss", "h:mm", "iso-8601", "auto"].includes(unit));

function every<T>(candidates: readonly T[], values: readonly string[], reads: (value: string, candidate: T) => boolean): T[] {
  return values.length === 0 ? [] : candidates.filter((candidate) => values.every((value) => reads(value, candidate)));
}

function readsDate(value: string, format: DateFormat): boolean {
  if (format === "excel-serial" || format === "yymmdd" || format === "yyyymmdd") {
    // Counts of six digits exist; days of one file lie close together.
    const day = readDate(value, format, undefined);
    return day !== null && day >= "1990-01-01" && day <= "2069-12-31";
  }
  return readDate(value, format, undefined) !== null;
}

function momentsOf(values: readonly string[]): ColumnFacts["moments"] {
  const clocks = TIME_FORMATS.filter((format) => format !== "hhmm");
  return DAYS.flatMap((date) =>
    (date === "excel-serial" ? (["day-fraction"] as const) : clocks.filter((format) => format !== "day-fraction")).flatMap((time) => {
      const fits = values.every((value) => {
        const parts = momentTexts(value, date);
        return parts.time !== "" && readsDate(parts.date, date) && !Number.isNaN(readClock(parts.time, time));
      });
      return fits && values.length > 0 && (date !== "excel-serial" || values.some((value) => value.includes("."))) ? [{ date, time }] : [];
    }),
  );
}

/** The first value whose first, or second, number can be no month. */
function settling(rows: readonly SampleRow[], position: number, part: 1 | 2): { line: number; value: string } | null {
  for (const { line, cells } of rows) {
    const value = (cells[position] ?? "").trim();
    const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/u.exec(value);
    if (match !== null && Number(match[part]) > 12) return { line, value };
  }
  return null;
}

function numbersOf(values: readonly string[], style: NumberStyle): number[] {
  return values.flatMap((value) => {
    const decimal = readDecimal(value.replace(/\s?%$/u, ""), style);
    return decimal === null ? [] : [decimal.mantissa / 10 ** decimal.dp];
  });
}

function isEpoch(numbers: readonly number[], format: InstantFormat): boolean {
  const [from, to] = format === "epoch-s" ? [8e8, 3e9] : [8e11, 3e12];
  return format === "iso-8601" || numbers.every((number) => number >= from && number <= to);
}

/** Texts that people and programs write where there is no value. */
const NO_VALUE: readonly string[] = ["-", "\u2013", "n/a", "N/A", "NA", "null", "NULL", "None", "nan", "NaN", "#N/A", "--"];

function isText({ dates, times, moments, instants, lengths, isNumber, isPercent }: ColumnFacts): boolean {
  const readings = [dates, times, moments, instants, lengths];
  return !isNumber && !isPercent && readings.every(({ length }) => length === 0);
}

/** Words among values: as many as may be slips. */
function slipsAmong(values: readonly string[]): string[] {
  const words = values.filter((value) => !/\d/u.test(value));
  return values.length >= 4 && words.length <= Math.max(1, values.length / 10) ? [...new Set(words)] : [];
}

/**
 * The facts of a column, without texts for "no value" and without a few words where everything else in it is a number, a
 * length or a date: a slip in one row is no reason not to know the column.
 */
function factsOf(sample: Sample, position: number, style: NumberStyle): ColumnFacts {
  const values = sample.rows.map(({ cells }) => (cells[position] ?? "").trim()).filter((value) => value !== "");
  const missing = [...new Set(values)].filter((value) => NO_VALUE.includes(value));
  const all = factsWithout(sample, position, style, { missing: [], slips: [] });
  if (!isText(all)) return all;
  const slips = slipsAmong(values.filter((value) => !missing.includes(value)));
  for (const left of [
    { missing, slips: [] },
    { missing, slips },
  ]) {
    const without = factsWithout(sample, position, style, left);
    if (without.filled > 0 && !isText(without)) return without;
  }
  return all;
}

function factsWithout(
  { rows, names }: Sample,
  position: number,
  style: NumberStyle,
  left: Pick<ColumnFacts, "missing" | "slips">,
): ColumnFacts {
  const { missing, slips } = left;
  const all = rows.map(({ cells }) => (cells[position] ?? "").trim());
  const values = all.filter((value) => value !== "" && !missing.includes(value) && !slips.includes(value));
  const distinct = [...new Set(values)];
  const numbers = numbersOf(distinct, style);
  const isNumber = distinct.length > 0 && numbers.length === distinct.length && distinct.every((value) => !value.endsWith("%"));
  const isPercent = distinct.length > 0 && distinct.every((value) => value.endsWith("%") && readClaim(value, "percent", style) !== null);
  return {
    name: names[position] ?? "",
    position,
    filled: values.length,
    blank: all.filter((value) => value === "" || missing.includes(value)).length,
    missing,
    slips,
    samples: distinct.slice(0, SHOWN),
    values: distinct.length <= FEW ? distinct : null,
    isUnique: distinct.length === values.length && values.length > 0,
    dates: every(DAYS, distinct, readsDate),
    times: every(TIME_FORMATS, distinct, (value, format) => !Number.isNaN(readClock(value, format))),
    moments: momentsOf(distinct),
    instants: every(INSTANT_FORMATS, distinct, (value, format) => !Number.isNaN(readInstant(value, format)) && isEpoch(numbers, format)),
    lengths: isNumber ? [] : every(WRITTEN, distinct, (value, unit) => !Number.isNaN(readDuration(value, unit, style))),
    isCount: distinct.length > 0 && distinct.every((value) => !Number.isNaN(readCount(value, style))),
    isNumber,
    isPlain: distinct.length > 0 && distinct.every((value) => /^\d{1,15}(?:\.\d{1,20})?$/u.test(value)),
    isPercent,
    lowest: numbers.length === 0 ? null : Math.min(...numbers),
    highest: numbers.length === 0 ? null : Math.max(...numbers),
    isRunning: values.length > 1 && values.every((value, at) => at === 0 || Number(value) === Number(values[at - 1]) + 1),
    dayFirst: settling(rows, position, 1),
    monthFirst: settling(rows, position, 2),
  };
}

/** What the values of every column of a sample can be read as. */
export function columnFacts(sample: Sample, style: NumberStyle): ColumnFacts[] {
  return sample.names.map((_, position) => factsOf(sample, position, style));
}
