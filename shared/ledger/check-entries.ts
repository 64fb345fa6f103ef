import { LedgerEntry, openEntry, type Sha256Function } from "./entry.ts";
import { type Finding, wrongEntry } from "./finding.ts";
import { MerkleTree } from "./merkle-tree.ts";

/** One entry of a record as it was read; `null` where it cannot be understood. */
export interface ReadEntry {
  readonly index: number;
  readonly entry: LedgerEntry | null;
}

const LEAF = 64;
const LINE = /^[0-9a-f]{64} \{/u;

/** Checks each entry by itself and against those before it, and builds the tree of what its bytes really hash to. */
export class EntryCheck {
  readonly tree: MerkleTree;
  readonly findings: Finding[] = [];
  private readonly sha256: Sha256Function;
  private readonly agreement: string;
  private receipts = 0;
  private readonly open = new Set<number>();
  private readonly claims = new Map<string, number>();

  constructor(agreement: string, sha256: Sha256Function) {
    this.agreement = agreement;
    this.sha256 = sha256;
    this.tree = new MerkleTree(sha256);
  }

  /** @param line leaf hash in hex, a space, canonical text. */
  take(line: string): ReadEntry {
    const index = this.tree.size;
    const bytes = new TextEncoder().encode(line.slice(LEAF + 1));
    const stated = LINE.test(line) ? Uint8Array.fromHex(line.slice(0, LEAF)) : new Uint8Array(0);
    const sealed = new Uint8Array(stated.length + bytes.length);
    sealed.set(stated, 0);
    sealed.set(bytes, stated.length);
    // The tree is built from what the bytes hash to, so that a leaf that was merely claimed convinces nobody.
    this.tree.append(this.hashOf(bytes));
    const entry = this.opened(index, sealed, line);
    if (entry !== null) this.follow(index, entry);
    return { index, entry };
  }

  private hashOf(bytes: Uint8Array): Uint8Array {
    const prefixed = new Uint8Array(bytes.length + 1);
    prefixed.set(bytes, 1);
    return this.sha256(prefixed);
  }

  private opened(index: number, sealed: Uint8Array, line: string): LedgerEntry | null {
    try {
      return openEntry(sealed, this.sha256);
    } catch (thrown) {
      const kind = /"kind":"(?<kind>[a-z-]{1,30})"/u.exec(line)?.groups?.["kind"] ?? "record";
      this.findings.push(wrongEntry(index, kind, thrown instanceof Error ? thrown.message : "cannot be read"));
      return null;
    }
  }

  /** What can be said of an entry from those before it alone. */
  private follow(index: number, entry: LedgerEntry): void {
    const wrong = (what: string): unknown => this.findings.push(wrongEntry(index, entry.kind, what, "others"));
    if (entry.agreement !== this.agreement) this.findings.push(wrongEntry(index, entry.kind, `is of agreement ${entry.agreement}`));
    if (index === 0 && entry.kind !== "agreement-version") wrong("stands first, where the agreement's first version belongs");
    if (entry.kind === "receipt-accepted") {
      if (entry.receipt !== this.receipts + 1) wrong(`is receipt ${entry.receipt} where receipt ${this.receipts + 1} comes next`);
      this.receipts = entry.receipt;
      this.open.add(entry.receipt);
    }
    if (entry.kind === "receipt-settled" && !this.open.delete(entry.receipt))
      wrong(`settles receipt ${entry.receipt}, which was not accepted before or is settled`);
    if (entry.kind === "claim") {
      const next = (this.claims.get(entry.claim) ?? 0) + 1;
      if (entry.seq !== next) wrong(`is step ${entry.seq} of claim ${entry.claim} where step ${next} comes next`);
      this.claims.set(entry.claim, entry.seq);
    }
  }
}
