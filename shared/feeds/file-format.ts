import { z } from "zod";

/** Text of rows and cells: the format that people and most systems write. */
export const Delimited = z.strictObject({
  type: z.literal("delimited"),
  delimiter: z.enum(["comma", "semicolon", "tab", "pipe"]),
  /** A byte order mark in the file overrules it: UTF-8 and UTF-16 with a mark are read as what they are. */
  encoding: z.enum(["utf-8", "windows-1252"]).default("utf-8"),
});
export type Delimited = z.infer<typeof Delimited>;

/** How a file's bytes become a table: a header of column names, then rows of text cells. */
export const Format = z.discriminatedUnion("type", [Delimited]);
export type Format = z.infer<typeof Format>;
