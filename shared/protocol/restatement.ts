import { z } from "zod";
import { DecimalValue, Quotient, VerdictStatus, VerdictWindow } from "../agreement/verdict.ts";
import { MEASURE_UNITS } from "../metrics/measure.ts";
import { Favour } from "../settlement/favour.ts";

/** A count or claim of one stored interval or contact. Numbers as text, milliseconds for times; `null`: not given, or not there; "withdrawn": taken away by the file. */
export const RestatedValue = z.strictObject({
  queue: z.string(),
  startMs: z.int(),
  /** A counter, or `<metric> as printed` for a figure that the file itself states. */
  counter: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type RestatedValue = z.infer<typeof RestatedValue>;

/** Sums of a counter over everything that was restated. */
export const RestatedTotal = z.strictObject({ counter: z.string(), old: z.int(), new: z.int() });

const Judged = z.strictObject({ status: VerdictStatus, value: Quotient.nullable() });

/** A published verdict that a correction changed. */
export const RestatedVerdict = z.strictObject({
  targetId: z.string(),
  window: VerdictWindow.pick({ kind: true, start: true, open: true, part: true }),
  unit: z.enum(MEASURE_UNITS),
  direction: z.enum(["at-least", "at-most", "within"]),
  expected: DecimalValue,
  notBelow: DecimalValue.nullable(),
  old: Judged,
  new: Judged,
  /** The window had closed before, and its status is another one now. */
  flipped: z.boolean(),
  favour: Favour,
});
export type RestatedVerdict = z.infer<typeof RestatedVerdict>;

/** How many corrections of a feed have favoured whom so far, this one included. */
export const FavourCounts = z.strictObject({ provider: z.int(), client: z.int(), neutral: z.int() });
export type FavourCounts = z.infer<typeof FavourCounts>;

/** What one receipt changed of what was known before: from what, to what, how late, and which verdicts with it. */
export const Restatement = z.strictObject({
  receiptId: z.string(),
  /** The receipt's number, which names the correction too. */
  receipt: z.int().min(1),
  feed: z.string(),
  filename: z.string(),
  /** Who handed it in, as people read it. */
  by: z.string(),
  acceptedAtMs: z.int(),
  atMs: z.int(),
  /** Rows whose value was known and is another one now, or is no more. */
  rows: z.int(),
  /** How many of them are no more: the file says everything of their days, and not them. */
  withdrawn: z.int().optional(),
  /** Start of the first and end of the last interval that they touch. */
  firstMs: z.int(),
  lastMs: z.int(),
  /** From the end of the last local day that it touches to its acceptance; 0 while that day runs. */
  lateMs: z.int(),
  totals: z.array(RestatedTotal),
  /** The first values that changed, by time. */
  values: z.array(RestatedValue),
  /** `false`: so many rows that the sums and the range are those of a part of them. */
  whole: z.boolean(),
  /** Closed windows that flipped first, then by time; the first of `verdictsChanged`. */
  verdicts: z.array(RestatedVerdict),
  verdictsChanged: z.int(),
  flipped: z.int(),
  /** Credits of the periods that are over, before and after, in minor units; `null` where no closed window that is settled changed. */
  credit: z.strictObject({ currency: z.string(), old: z.int(), new: z.int() }).nullable(),
  favour: Favour,
  favours: FavourCounts,
  /** Of the canonical JSON of everything else but `by` and `filename`: the ledger keeps it, and it stays true when a name is erased. */
  sha256: z.string(),
});
export type Restatement = z.infer<typeof Restatement>;
