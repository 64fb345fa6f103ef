import { sha256 } from "./sha256.ts";

const BLOCK = 100;
/** Rounds in which every block has had its turn. */
const TURNS = 60;

/** Some items of a list, and what they must hash to. */
export interface Block {
  readonly from: number;
  readonly items: number;
  readonly digest: Uint8Array;
}

function digestOf(hashes: readonly Uint8Array[]): Uint8Array {
  return sha256(Buffer.concat(hashes));
}

/** Digests of a list that only grows, block by block, so that its middle can be compared in turns and in little memory. */
export class BlockDigests {
  private readonly whole: Uint8Array[] = [];
  private last: Uint8Array[] = [];
  private turn = 0;

  add(item: Uint8Array): void {
    this.last.push(sha256(item));
    if (this.last.length < BLOCK) return;
    this.whole.push(digestOf(this.last));
    this.last = [];
  }

  /** The blocks whose turn it is: all of them within a minute of rounds. */
  next(): Block[] {
    const all = this.whole.length + Math.sign(this.last.length);
    return Array.from({ length: Math.ceil(all / TURNS) }, () => this.at(this.turn++ % all));
  }

  private at(i: number): Block {
    const digest = this.whole[i];
    return digest === undefined
      ? { from: i * BLOCK, items: this.last.length, digest: digestOf(this.last) }
      : { from: i * BLOCK, items: BLOCK, digest };
  }

  /** Whether items are those that were added. */
  static holds({ digest }: Block, items: readonly Uint8Array[]): boolean {
    return Buffer.compare(digestOf(items.map((item) => sha256(item))), digest) === 0;
  }
}
