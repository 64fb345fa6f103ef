import type { CounterId } from "../metrics/counter.ts";

/** What every fact under a natural key says: by which revision, and where it counts. */
export interface KeyedFact {
  readonly revision: number;
  readonly queue: string;
  readonly startMs: number;
}

/** What one fact adds to one interval of its queue: integers >= 0 in the order of the counters. */
export interface Share {
  /** Start of the interval. */
  readonly startMs: number;
  readonly added: readonly number[];
}

/** Compiled for one layout and length of intervals; the same fact always has the same shares. */
export type SharesOf<Fact> = (fact: Fact) => readonly Share[];

/**
 * How rows of one kind become facts under a natural key, how these are stored, and what they add to intervals. Whatever
 * is stored is canonical: equal facts are equal bytes.
 */
export interface FactCodec<Row, Fact extends KeyedFact> {
  readonly keyOf: (row: Row) => string;
  /** @param receiptNumber the revision of rows without a version of their own. */
  readonly factOf: (row: Row, receiptNumber: number) => Fact;
  readonly pack: (fact: Fact) => Uint8Array;
  /** @throws RangeError when the bytes are not a packed fact of this kind. */
  readonly unpack: (bytes: Uint8Array) => Fact;
  readonly compileShares: (counters: readonly CounterId[], intervalMs: number) => SharesOf<Fact>;
}

/** What is known of a record other than a contact: its row without its key, under the revision that said so. */
export function recordFactOf<Row extends { readonly recordId: string; readonly version: number | null }>(
  row: Row,
  receiptNumber: number,
): Omit<Row, "recordId" | "version"> & { readonly revision: number } {
  const { recordId: _, version, ...known } = row;
  return { revision: version ?? receiptNumber, ...known };
}
