import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Redis } from "ioredis";
import { type LedgerEntry, openEntry } from "../ledger/entry.ts";
import { AppendFile } from "./append-file.ts";
import { BlockDigests } from "./block-digests.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { addMirrorLine, mirrorLine } from "./mirror-line.ts";
import { type MirrorRecord, openRecords, readAllRecords, readRecords, sealRecords } from "./mirror-records.ts";
import { sha256 } from "./sha256.ts";

const ENTRIES_AT_ONCE = 1000;

/** What a mirror says of its agreement. */
export interface MirroredAgreement {
  /** The ledger's items, byte for byte. */
  readonly ledger: readonly Uint8Array[];
  /** By hash and field, the last one of each. */
  readonly records: readonly MirrorRecord[];
}

/** `mismatch`: the ledger in Redis is not the one that was mirrored, from this entry on or before it. */
export type MirrorStep =
  | { readonly kind: "done"; readonly entries: number }
  | { readonly kind: "mismatch"; readonly index: number; readonly message: string };

/**
 * The ledger of one agreement outside Redis: `mirror/<agreement>.ndjson` with its entries, and `mirror/<agreement>.records`
 * with what they only hash, sealed. A record is on disk before the entry that names it. One process writes at a time.
 */
export class Mirror {
  private readonly agreementId: string;
  private readonly keyRing: KeyRing;
  private readonly entries: AppendFile;
  private readonly records: AppendFile;
  /** Whether records on disk hold what was erased since. */
  private erased = false;
  private digests = new BlockDigests();
  /** Entries on disk and the last of them; unknown before the files were read. */
  private known: { count: number; last: Uint8Array | null } | null = null;

  constructor(stateDir: string, keyRing: KeyRing, agreementId: string) {
    const file = path.join(stateDir, "mirror", agreementId);
    this.agreementId = agreementId;
    this.keyRing = keyRing;
    this.entries = new AppendFile(`${file}.ndjson`);
    this.records = new AppendFile(`${file}.records`);
  }

  /** Forgets what it knew of the files: another process may have written. */
  forget(): void {
    this.known = null;
  }

  /**
   * Brings the mirror up to the ledger. The first time it compares all that is on disk with Redis, afterwards the last entry
   * and, within sixty calls, every other.
   *
   * @throws MirrorError when the files are damaged.
   */
  async catchUp(redis: Redis): Promise<MirrorStep> {
    const key = agreementKeys(this.agreementId).ledger;
    const resumed = this.known === null ? await this.resume(redis) : null;
    if (resumed?.kind === "mismatch") return resumed;
    for (let written = 0; ;) {
      const { count, last } = this.known ?? { count: 0, last: null };
      const items = await redis.lrangeBuffer(key, Math.max(0, count - 1), count + ENTRIES_AT_ONCE - 1);
      const before = count === 0 ? null : (items.shift() ?? null);
      if (!same(before, last)) return this.mismatch(count - 1);
      if (items.length === 0) {
        if (!(await this.middleStands(redis))) return await this.resume(redis);
        if (this.erased) await this.compactRecords(redis);
        return { kind: "done", entries: written };
      }
      await this.append(redis, items, count);
      written += items.length;
    }
  }

  private async middleStands(redis: Redis): Promise<boolean> {
    const key = agreementKeys(this.agreementId).ledger;
    for (const block of this.digests.next())
      if (!BlockDigests.holds(block, await redis.lrangeBuffer(key, block.from, block.from + block.items - 1))) return false;
    return true;
  }

  /** Writes the present records in the place of all that were: what was erased in Redis is then nowhere in the mirror. */
  private async compactRecords(redis: Redis): Promise<void> {
    await this.records.replace(sealRecords(this.keyRing, this.agreementId, await readAllRecords(redis, this.agreementId)));
    this.erased = false;
  }

  /** @throws MirrorError when the files are damaged. */
  async read(): Promise<MirroredAgreement> {
    const ledger = this.items(await this.entries.read());
    const latest = new Map<string, MirrorRecord>();
    for (const line of await this.records.read())
      for (const record of openRecords(this.keyRing, this.agreementId, line)) latest.set(`${record.hash} ${record.field}`, record);
    return { ledger, records: [...latest.values()] };
  }

  private items(lines: readonly string[]): Uint8Array[] {
    const items: Uint8Array[] = [];
    for (const [i, line] of lines.entries()) addMirrorLine(items, line, { agreementId: this.agreementId, line: i + 1 });
    return items;
  }

  private async resume(redis: Redis): Promise<MirrorStep> {
    const items = this.items(await this.entries.resume());
    await this.records.resume();
    const key = agreementKeys(this.agreementId).ledger;
    for (let from = 0; from < items.length; from += ENTRIES_AT_ONCE) {
      const stored = await redis.lrangeBuffer(key, from, from + ENTRIES_AT_ONCE - 1);
      const mirrored = items.slice(from, from + ENTRIES_AT_ONCE);
      const differs = mirrored.findIndex((item, i) => !same(item, stored[i] ?? null));
      if (differs >= 0) return this.mismatch(from + differs);
    }
    this.known = { count: items.length, last: items.at(-1) ?? null };
    this.digests = new BlockDigests();
    for (const item of items) this.digests.add(item);
    // Whoever wrote before may have died between an erasure and the records.
    this.erased = items.some((item) => erases(openEntry(item, sha256)));
    return { kind: "done", entries: 0 };
  }

  private mismatch(index: number): MirrorStep {
    this.known = null;
    const message = `The ledger of ${this.agreementId} in Redis is not the one that was mirrored: entry ${index} is gone or another. Nothing was written over it; keep the mirror, stop the system and compare (docs/operations.md).`;
    return { kind: "mismatch", index, message };
  }

  private async append(redis: Redis, items: readonly Buffer[], from: number): Promise<void> {
    const entries = items.map((item) => openEntry(item, sha256));
    const records = await readRecords(redis, this.agreementId, entries);
    if (records.length > 0) await this.records.append(sealRecords(this.keyRing, this.agreementId, records));
    await this.entries.append(items.map((item, i) => mirrorLine(from + i, item)).join(""));
    this.known = { count: from + items.length, last: items.at(-1) ?? null };
    for (const item of items) this.digests.add(item);
    if (entries.some(erases)) this.erased = true;
  }
}

function erases({ kind }: LedgerEntry): boolean {
  return kind === "erased" || kind === "raw-condensed";
}

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

/** Agreements that have a mirror in a state folder. */
export async function mirroredAgreements(stateDir: string): Promise<string[]> {
  const names = await readdir(path.join(stateDir, "mirror")).catch(() => []);
  return names.flatMap((name) => /^([a-z0-9][a-z0-9-]*)\.ndjson$/u.exec(name)?.[1] ?? []).toSorted();
}
