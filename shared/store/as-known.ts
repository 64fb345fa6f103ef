import type { Redis } from "ioredis";
import type { QueueIntervals } from "../facts/interval.ts";
import { KnownFacts } from "../ledger/known-facts.ts";
import { feedKey, hasGoodRows, type Receipt } from "../protocol/receipt.ts";
import { createPseudonyms, pseudonymSecret } from "./agent-names.ts";
import type { StoredAgreement } from "./agreements.ts";
import type { KeyRing } from "./key-ring.ts";
import type { RawFiles } from "./raw-files.ts";
import { latestReceipts } from "./receipts.ts";
import { readTableApart } from "./table-thread.ts";

export interface AsKnownQuery {
  /** The feed's id inside its agreement. */
  readonly feed: string;
  /** Number of the last receipt that counts. */
  readonly atReceipt: number;
}

export interface AsKnownParts {
  readonly redis: Redis;
  readonly rawFiles: RawFiles;
  readonly keyRing: KeyRing;
  readonly stored: StoredAgreement;
}

/** Intervals of a local day as they were known then. */
export type KnownThen = (day: string) => QueueIntervals[];

/** A file that was refused as a whole said nothing; of one that was set aside the first rows were applied. */
function counts(receipt: Receipt): boolean {
  return receipt.settledAtMs !== null && hasGoodRows(receipt);
}

/** Rows that were refused are not among those that took the file's place. */
function rowsOf({ condensed, counts: { rows, rejected } }: Receipt): number {
  return condensed === undefined ? rows : rows - rejected;
}

/**
 * What a feed's facts were after a receipt, folded anew from the files up to it, whatever the order in which they were
 * applied. The facts themselves know only what is known now. Reads every file, so it is a question for an audit.
 * Where a file has given way to its rows, these are read.
 */
export async function readAsKnown(
  { redis, rawFiles, keyRing, stored }: AsKnownParts,
  { feed: id, atReceipt }: AsKnownQuery,
): Promise<KnownThen> {
  const feed = stored.feed(id);
  const people = createPseudonyms(pseudonymSecret(keyRing, stored.agreement.id));
  const known = new KnownFacts({ table: readTableApart, pseudonym: people.of });
  const all = feed === undefined ? [] : await latestReceipts(redis, stored.agreement.id, Number.MAX_SAFE_INTEGER);
  const own = all.filter(
    (receipt) => receipt.number <= atReceipt && receipt.feedId === feedKey(stored.agreement.id, id) && counts(receipt),
  );
  for (const receipt of own.toReversed()) {
    if (feed === undefined) break;
    const file = { feed, bytes: rawFiles.open(receipt), condensed: receipt.condensed !== undefined, receipt: receipt.number };
    await known.apply({ ...file, covers: receipt.covers ?? null, handedInMs: receipt.acceptedAtMs, most: rowsOf(receipt) }, stored);
  }
  return (day) => known.on(id, day, stored);
}
