import type { Bundle } from "./bundle.ts";
import type { ReadEntry } from "./check-entries.ts";
import type { LedgerEntry } from "./entry.ts";
import { type Finding, incomplete, wrongEntry } from "./finding.ts";

/** SHA-256 over pieces. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

type Condensed = Extract<LedgerEntry, { kind: "raw-condensed" }>;

/** Which receipts' files gave way to rows, by number. */
export function condensedReceipts(entries: readonly ReadEntry[]): ReadonlyMap<number, Condensed> {
  return new Map(entries.flatMap(({ entry }) => (entry?.kind === "raw-condensed" ? [[entry.receipt, entry] as const] : [])));
}

/** Holds every file of a bundle against the hash that was sealed when it came, or when rows took its place. */
export class FileCheck {
  private readonly bundle: Bundle;
  private readonly startHash: () => RunningHash;
  private readonly condensed: ReadonlyMap<number, Condensed>;
  private readonly known = new Map<string, string | null>();

  constructor({ bundle, startHash }: { bundle: Bundle; startHash: () => RunningHash }, condensed: ReadonlyMap<number, Condensed>) {
    this.bundle = bundle;
    this.startHash = startHash;
    this.condensed = condensed;
  }

  get files(): number {
    return [...this.known.values()].filter((hash) => hash !== null).length;
  }

  async check({ index, entry }: ReadEntry): Promise<Finding[]> {
    if (entry?.kind === "receipt-accepted") return await this.checkFile(index, entry);
    if (entry?.kind === "raw-condensed") return await this.checkRows(index, entry);
    return [];
  }

  private async checkFile(
    index: number,
    { kind, receipt, sha256 }: Extract<LedgerEntry, { kind: "receipt-accepted" }>,
  ): Promise<Finding[]> {
    const found = await this.hashOf(sha256, this.bundle.raw(sha256));
    if (found === null)
      return this.condensed.has(receipt) ? [] : [incomplete(index, kind, `the bundle lacks the file of receipt ${receipt}`)];
    return found === sha256 ? [] : [wrongEntry(index, kind, `the file of receipt ${receipt} is not the one that was handed in`)];
  }

  private async checkRows(index: number, { kind, receipt, sha256 }: Condensed): Promise<Finding[]> {
    const found = await this.hashOf(`rows ${sha256}`, this.bundle.rows(sha256));
    if (found === null) return [incomplete(index, kind, `the bundle lacks the rows of receipt ${receipt}`)];
    return found === sha256
      ? []
      : [wrongEntry(index, kind, `the rows of receipt ${receipt} are not those that took the place of its file`)];
  }

  /** Each read once; `null` where the bundle does not hold it. */
  private async hashOf(name: string, bytes: AsyncIterable<Uint8Array> | null): Promise<string | null> {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const hash = this.startHash();
    if (bytes !== null) for await (const piece of bytes) hash.update(piece);
    const found = bytes === null ? null : hash.digest().toHex();
    this.known.set(name, found);
    return found;
  }
}
