import { z } from "zod";
import { FeedHealth } from "./live.ts";
import { Receipt } from "./receipt.ts";

const Instants = { fromMs: z.int(), toMs: z.int() };

/** How a feed has kept its word: beats, completeness of the month, lag, errors, gaps, and what asks for an explanation. */
export const FeedReport = z.strictObject({
  feed: FeedHealth,
  timeZone: z.string(),
  /** The month (`yyyy-mm`) that completeness and gaps are of, and whether they are counted by interval or by day. */
  month: z.string(),
  unit: z.enum(["interval", "day"]),
  /** Of each queue: how many intervals or days of the service's hours should have data by now, and have it. */
  queues: z.array(z.strictObject({ queue: z.string(), expected: z.int(), present: z.int() })),
  /** Stretches without data; `count` intervals or days are missing. Handing in their rows fills them. */
  gaps: z.array(z.strictObject({ queue: z.string(), ...Instants, count: z.int() })),
  /** From the end of an interval to the acceptance of the file that brought it. */
  lag: z.strictObject({ p50Ms: z.int(), p90Ms: z.int(), intervals: z.int() }).nullable(),
  /** Of the receipts looked at: rows read, and rows refused. */
  errors: z.strictObject({ receipts: z.int(), rows: z.int(), refused: z.int(), refusedFiles: z.int() }),
  vanished: z.array(z.strictObject({ queue: z.string(), lastMs: z.int(), looksLike: z.string().nullable() })),
  suspicions: z.array(
    z.strictObject({ queue: z.string(), ...Instants, question: z.string(), evidence: z.string(), innocent: z.array(z.string()) }),
  ),
  receipts: z.array(Receipt),
});
export type FeedReport = z.infer<typeof FeedReport>;
