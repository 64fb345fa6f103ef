import type { Redis } from "ioredis";
import type { QueueIntervals } from "../facts/interval.ts";
import { KnownFacts } from "../ledger/known-facts.ts";
import { feedKey, type Receipt } from "../protocol/receipt.ts";
import type { StoredAgreement } from "./agreements.ts";
import type { RawFiles } from "./raw-files.ts";
import { latestReceipts } from "./receipts.ts";

export interface AsKnownQuery {
  /** The feed's id inside its agreement. */
  readonly feed: string;
  /** Number of the last receipt that counts. */
  readonly atReceipt: number;
}

/** Intervals of a local day as they were known then. */
export type KnownThen = (day: string) => QueueIntervals[];

/** A file that was refused as a whole said nothing; of one that was set aside the first rows were applied. */
function counts({ state, settledAtMs }: Receipt): boolean {
  return settledAtMs !== null && state !== "rejected";
}

/**
 * What a feed's facts were after a receipt, folded anew from the files up to it, whatever the order in which they were
 * applied. The facts themselves know only what is known now. Reads every file, so it is a question for an audit.
 *
 * @throws RangeError when a file's bytes have been condensed to rows; `accord verify` and a rebuild start from those.
 */
export async function readAsKnown(
  { redis, rawFiles, stored }: { readonly redis: Redis; readonly rawFiles: RawFiles; readonly stored: StoredAgreement },
  { feed: id, atReceipt }: AsKnownQuery,
): Promise<KnownThen> {
  const feed = stored.feed(id);
  const known = new KnownFacts();
  const all = feed === undefined ? [] : await latestReceipts(redis, stored.agreement.id, Number.MAX_SAFE_INTEGER);
  const own = all.filter(
    (receipt) => receipt.number <= atReceipt && receipt.feedId === feedKey(stored.agreement.id, id) && counts(receipt),
  );
  for (const receipt of own.toReversed()) {
    if (feed === undefined) break;
    if (receipt.condensed !== undefined) throw new RangeError(`the file of receipt ${receipt.number} has been condensed to rows`);
    const bytes = rawFiles.open(receipt);
    await known.apply({ feed, bytes, receipt: receipt.number, handedInMs: receipt.acceptedAtMs, most: receipt.counts.rows }, stored);
  }
  return (day) => known.on(id, day, stored);
}
