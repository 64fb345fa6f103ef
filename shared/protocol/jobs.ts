import { z } from "zod";

/** Jobs are hints: each says "look at this agreement"; the truth is in the receipts and the clock. */
export const JOBS = {
  /** A receipt waits. Idempotent: a receipt that has settled is not touched again. */
  drive: { queue: "ingest", payload: z.strictObject({ agreementId: z.string() }), concurrency: 4 },
  /** A feed is to be fetched. Idempotent: one attempt at a time, and the same bytes make no new receipt. */
  pull: { queue: "pull", payload: z.strictObject({ feedId: z.string() }), concurrency: 2 },
} as const;
