import { NO_COUNTS, type ReceiptCounts } from "../protocol/receipt.ts";

/** What reading a chunk found, before the store has seen its rows. */
export interface ChunkReading {
  readonly rows: number;
  readonly rejected: number;
  readonly warnings: number;
  /** Rows that a later row of the same chunk replaces. */
  readonly repeated: number;
}

export interface ChunkIdentity {
  readonly agreementId: string;
  /** The worker's lease token. */
  readonly fence: string;
  readonly receipt: number;
  readonly chunk: number;
}

/** Counts while applying. Of the duplicates, `older` are known in a newer version, and `conflicting` took the place of an earlier row of the same file that says something else. */
export interface AppliedCounts extends ReceiptCounts {
  readonly older: number;
  readonly conflicting: number;
}

export const NOTHING_APPLIED: AppliedCounts = { ...NO_COUNTS, older: 0, conflicting: 0 };

/** Counts of one chunk as its script recorded them: new, restated, same, older, then the reading, then the conflicting. */
export function countsOf(record: string): AppliedCounts {
  const [fresh = 0, restated = 0, same = 0, older = 0, ...reading] = record.split(",").map(Number);
  const [rows = 0, rejected = 0, warnings = 0, repeated = 0, conflicting = 0] = reading;
  return { rows, applied: fresh + restated, restated, rejected, duplicate: same + older + repeated, warnings, older, conflicting };
}

export function addCounts(a: AppliedCounts, b: AppliedCounts): AppliedCounts {
  return {
    rows: a.rows + b.rows,
    applied: a.applied + b.applied,
    restated: a.restated + b.restated,
    rejected: a.rejected + b.rejected,
    duplicate: a.duplicate + b.duplicate,
    warnings: a.warnings + b.warnings,
    older: a.older + b.older,
    conflicting: a.conflicting + b.conflicting,
  };
}

export function readingText(reading: ChunkReading): string {
  return `${reading.rows},${reading.rejected},${reading.warnings},${reading.repeated}`;
}

/** The answer of a worker whose lease was taken over: it must stop and leave the receipt to the new holder. */
export class FencedError extends Error {
  constructor() {
    super("the lease of this agreement was taken over by another worker");
    this.name = "FencedError";
  }
}

export function chunkResult(reply: unknown): AppliedCounts {
  if (reply === "fenced") throw new FencedError();
  return countsOf(String(reply));
}
