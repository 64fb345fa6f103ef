import { z } from "zod";

const NAMED: readonly string[] = ["comma", "semicolon", "tab", "pipe"];

/** What stands between two cells: a name, or the character itself, such as "^". */
const Delimiter = z.string().refine((text) => NAMED.includes(text) || /^[^"\r\n\ufeff\p{L}\p{N}\p{Cs} ]$/u.test(text), {
  error: "must be comma, semicolon, tab, pipe or one character that is no letter, digit, space or quotation mark",
});

/** Text of rows and cells: the format that people and most systems write. */
export const Delimited = z.strictObject({
  type: z.literal("delimited"),
  delimiter: Delimiter,
  /** A byte order mark in the file overrules it: UTF-8 and UTF-16 with a mark are read as what they are. */
  encoding: z.enum(["utf-8", "windows-1252"]).default("utf-8"),
  /** The line of the column names, where titles stand above it. Left out: the first line that has text. */
  headerLine: z.int().min(1).max(1000).optional(),
  /** The names of the columns, in order, of a file that has no line of names. */
  columns: z.array(z.string().min(1).max(120)).min(1).max(500).optional(),
  /** Text that a spreadsheet would run as a formula has a quotation mark in front, as in what Accord exports; it is taken off. */
  escaped: z.literal(true).optional(),
});
export type Delimited = z.infer<typeof Delimited>;

/** One JSON text; every object of an array in it is a row. */
const Json = z.strictObject({
  type: z.literal("json"),
  /** Names joined by dots that lead to the array of rows. Left out: the text is that array, or one object that is the only row. */
  rows: z.string().min(1).max(200).optional(),
});
export type Json = z.infer<typeof Json>;

/** One JSON object a line. */
const JsonLines = z.strictObject({ type: z.literal("json-lines") });

/** One sheet of an Excel workbook. */
const Xlsx = z.strictObject({
  type: z.literal("xlsx"),
  /** Left out: the first sheet. */
  sheet: z.string().min(1).max(31).optional(),
  /** The row of the column names, as Excel numbers it. Left out: the first row that has text. */
  headerRow: z.int().min(1).max(1_048_576).optional(),
});
export type Xlsx = z.infer<typeof Xlsx>;

/** What a vendor's system writes or answers: each has a table of its own, docs/formats.md lists its columns. */
export const VENDOR_JSON = ["amazon-connect-contacts", "amazon-connect-metrics", "genesys-aggregates", "twilio-taskrouter"] as const;
const VendorJson = z.strictObject({ type: z.enum(VENDOR_JSON) });
export type VendorJson = z.infer<typeof VendorJson>;

/** The `queue_log` that Asterisk writes: one event a line, folded into one row a call. */
const QueueLog = z.strictObject({ type: z.literal("asterisk-queue-log") });

/** How a file's bytes become a table: a header of column names, then rows of text cells. */
export const Format = z.discriminatedUnion("type", [Delimited, Json, JsonLines, Xlsx, VendorJson, QueueLog]);
export type Format = z.infer<typeof Format>;

// A mended errors.csv is text with commas, whatever the file was that it mends.
const PLAIN: Delimited = { type: "delimited", delimiter: "comma", encoding: "utf-8" };

/** The dialect in which a feed's delimited text is written: its own, or that of errors.csv for feeds of other formats. */
export function dialectOf(format: Format): Delimited {
  return format.type === "delimited" ? format : PLAIN;
}
