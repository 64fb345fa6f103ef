import { DAY_MS, utcStartOf } from "../../shared/calendar/day.ts";
import { readClock } from "../../shared/feeds/cell-clock.ts";
import { readDate } from "../../shared/feeds/cell-date.ts";
import { DATE_FORMATS, TIME_FORMATS } from "../../shared/feeds/cell-formats.ts";
import { readInstant } from "../../shared/feeds/cell-instant.ts";
import { readWhole } from "../../shared/feeds/cell-number.ts";
import { momentTexts } from "../../shared/feeds/start-moment.ts";

/** One way to read when a row is from. */
export interface MomentReader {
  readonly name: string;
  /** Milliseconds of the clock that the file shows, as if it were UTC; NaN where the text is not written so. */
  read(text: string): number;
  /** Whether the numbers only say an order. */
  readonly isIndex?: true;
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/u;
const DAYS = DATE_FORMATS.filter((format) => format !== "day-number" && format !== "excel-serial-1904" && format !== "yymmdd");
const CLOCKS = TIME_FORMATS.filter((format) => format !== "hhmm" && format !== "day-fraction");

function readIso(text: string): number {
  const match = ISO.exec(text);
  if (match === null || readDate(match[1] ?? "", "yyyy-mm-dd", undefined) === null) return NaN;
  const clock = match[2] === undefined ? 0 : readClock(`${match[2]}:${match[3] ?? "00"}`, "h:mm:ss");
  return utcStartOf(match[1] ?? "") + clock;
}

function dateReader(format: (typeof DAYS)[number]): MomentReader {
  return {
    name: format,
    read: (text) => {
      const day = readDate(text, format, undefined);
      return day === null ? NaN : utcStartOf(day);
    },
  };
}

function momentReader(format: (typeof DAYS)[number], clock: (typeof CLOCKS)[number]): MomentReader {
  return {
    name: `${format} ${clock}`,
    read: (text) => {
      const parts = momentTexts(text, format);
      const day = parts.time === "" ? null : readDate(parts.date, format, undefined);
      return day === null ? NaN : utcStartOf(day) + readClock(parts.time, clock);
    },
  };
}

/** Ten digits are seconds since 1970 and thirteen milliseconds; fewer are an order and nothing else. */
const NUMBERS: readonly MomentReader[] = [
  { name: "epoch-s", read: (text) => (/^\d{9,10}$/u.test(text) ? readInstant(text, "epoch-s") : NaN) },
  { name: "epoch-ms", read: (text) => (/^\d{12,13}$/u.test(text) ? readInstant(text, "epoch-ms") : NaN) },
  { name: "running number", isIndex: true, read: (text) => (text.length <= 6 ? readWhole(text) * DAY_MS : NaN) },
];

const READERS: readonly MomentReader[] = [
  { name: "ISO 8601", read: readIso },
  ...DAYS.map(dateReader),
  ...DAYS.flatMap((format) => CLOCKS.map((clock) => momentReader(format, clock))),
  ...NUMBERS,
];

export interface MomentChoice {
  readonly reader: MomentReader;
  /** Another reading that allows as many of the values and gives other days. */
  readonly rival: MomentReader | null;
  /** Share of the values that it reads. */
  readonly share: number;
}

/**
 * The way in which most of the values say when they are from. Days stand as they are written: an offset behind the time is not
 * turned into another zone.
 *
 * @param wanted the name of the only date format that may be taken.
 */
export function chooseMoments(values: readonly string[], wanted: string | undefined): MomentChoice | null {
  const allowed = READERS.filter(({ name }) => wanted === undefined || name === wanted || name.startsWith(`${wanted} `));
  const read = allowed.map((reader) => ({ reader, count: values.filter((value) => Number.isFinite(reader.read(value))).length }));
  const [best, ...others] = read.toSorted((a, b) => b.count - a.count);
  if (best === undefined || best.count === 0) return null;
  const differs = (other: MomentReader): boolean => values.some((value) => other.read(value) !== best.reader.read(value));
  const rival = best.reader.isIndex === true ? undefined : others.find(({ reader, count }) => count === best.count && differs(reader));
  return { reader: best.reader, rival: rival?.reader ?? null, share: best.count / values.length };
}
