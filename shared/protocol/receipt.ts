import { z } from "zod";

export const ReceiptState = z.enum(["accepted", "applying", "applied", "rejected", "superseded"]);
export type ReceiptState = z.infer<typeof ReceiptState>;

export const RowProblemRecord = z.strictObject({
  line: z.int(),
  severity: z.enum(["error", "warning"]),
  column: z.string(),
  value: z.string(),
  rule: z.string(),
  message: z.string(),
  remedy: z.string(),
});

export const FileProblemRecord = z.strictObject({ rule: z.string(), message: z.string(), remedy: z.string() });

/** The file stopped one worker after the other, and was set aside. */
export const SET_ASIDE_RULE = "processing-failed";

/** Rows in = applied + rejected + duplicate. Of the applied, `restated` changed a value that was already known. */
export const ReceiptCounts = z.strictObject({
  rows: z.int(),
  applied: z.int(),
  restated: z.int(),
  rejected: z.int(),
  duplicate: z.int(),
  warnings: z.int(),
  /** Facts of other files that this one took away, because it says everything of their days and not them; they are no rows of it. */
  withdrawn: z.int().optional(),
});
export type ReceiptCounts = z.infer<typeof ReceiptCounts>;
export const NO_COUNTS: ReceiptCounts = { rows: 0, applied: 0, restated: 0, rejected: 0, duplicate: 0, warnings: 0 };

/** Proves that the ledger holds the receipt: a signed checkpoint, the place of the entry, and the path of hashes (base64) from it to the root. */
export const ReceiptProof = z.strictObject({ checkpoint: z.string(), index: z.int().min(0), path: z.array(z.string()) });
export type ReceiptProof = z.infer<typeof ReceiptProof>;

/** Proof that a file was taken in: the bytes are on disk and the ledger has an entry before anybody sees this. */
export const Receipt = z.strictObject({
  id: z.string(),
  agreementId: z.string(),
  feedId: z.string(),
  number: z.int().min(1),
  state: ReceiptState,
  sha256: z.string(),
  bytes: z.int(),
  /** Under the key of which month (UTC) the raw bytes lie,; receipts of former releases have none. */
  rawMonth: z.string().optional(),
  /** The rows that took the place of the raw bytes when these were erased: SHA-256 of their file, and how many. */
  condensed: z.strictObject({ sha256: z.string(), rows: z.int() }).optional(),
  filename: z.string(),
  acceptedAtMs: z.int(),
  acceptedFrom: z.string(),
  settledAtMs: z.int().nullable(),
  attempts: z.int(),
  counts: ReceiptCounts,
  /** The days of which the file says everything, in the feed's zone, where files replace their whole period. */
  covers: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).optional(),
  /** Rows read so far while applying, for the progress line. */
  progressRows: z.int(),
  /** The first problems, for the screen; all of them are in errors.csv. */
  problems: z.array(RowProblemRecord),
  /** Why the whole file was refused, or what stands out about it as a whole. */
  fileProblems: z.array(FileProblemRecord),
  /** Made for the answer to an upload and to a question about one receipt; never stored. */
  proof: ReceiptProof.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

/** Whether rows of the file count: not of one that was refused whole, but of one that was set aside those that had been applied, even if they only said again what was known. */
export function hasGoodRows({ state, counts }: Receipt): boolean {
  return state !== "rejected" || counts.rows > counts.rejected;
}

/** Receipts and feeds carry their agreement in their id, so that one look-up answers "whose is it". */
export function receiptId(agreementId: string, number: number): string {
  return `${agreementId}.r${number}`;
}
export function feedKey(agreementId: string, feed: string): string {
  return `${agreementId}.${feed}`;
}
export function agreementOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(".")));
}
