import type { Sha256Function } from "./entry.ts";

const NODE_PREFIX = 0x01;

/** The hash of an inner node, RFC 6962 section 2.1: SHA-256 of 0x01 and both children. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256Function): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = NODE_PREFIX;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The largest power of two that is smaller than `n`; `n` is at least 2. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * The tree of RFC 6962 over leaf hashes. It only grows: hashes of complete subtrees are kept, so that a leaf costs two
 * hashes on average, and a root or a proof for any size up to the present one a few dozen.
 */
export class MerkleTree {
  /** `levels[k][i]`: of the complete subtree of `2 ** k` leaves that begins with leaf `i * 2 ** k`. */
  private readonly levels: Uint8Array[][] = [[]];
  private readonly sha256: Sha256Function;

  constructor(sha256: Sha256Function) {
    this.sha256 = sha256;
  }

  get size(): number {
    return this.levels[0]?.length ?? 0;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const row = (this.levels[level] ??= []);
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = nodeHash(row[row.length - 2] ?? hash, hash, this.sha256);
    }
  }

  /** @throws RangeError when there are fewer leaves. */
  leaf(index: number): Uint8Array {
    return this.subtree(index, index + 1);
  }

  /** The root over the first `size` leaves; of none, the hash of nothing. @throws RangeError when there are fewer leaves. */
  root(size: number = this.size): Uint8Array {
    return size === 0 ? this.sha256(new Uint8Array(0)) : this.subtree(0, size);
  }

  /**
   * Proves that a leaf is the one at `index` among the first `size`: RFC 6962 section 2.1.1, nearest sibling first.
   *
   * @throws RangeError when it is not among them, or there are fewer leaves.
   */
  inclusionProof(index: number, size: number = this.size): Uint8Array[] {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`leaf ${index} is not among the first ${size}`);
    let [from, to] = [0, size];
    const path: Uint8Array[] = [];
    while (to - from > 1) {
      const middle = from + split(to - from);
      path.push(index < middle ? this.subtree(middle, to) : this.subtree(from, middle));
      if (index < middle) to = middle;
      else from = middle;
    }
    return path.toReversed();
  }

  /**
   * Proves that the tree of the first `size` leaves begins with the tree of the first `before`: RFC 6962 section 2.1.2.
   * Empty where one of them is empty or both are the same.
   *
   * @throws RangeError when `before` is the larger, or there are fewer leaves.
   */
  consistencyProof(before: number, size: number = this.size): Uint8Array[] {
    if (before > size) throw new RangeError(`a tree of ${size} leaves cannot begin with one of ${before}`);
    if (before === 0 || before === size) return [];
    let [from, to, isWhole] = [0, size, true];
    const proof: Uint8Array[] = [];
    while (before !== to) {
      const middle = from + split(to - from);
      if (before <= middle) {
        proof.push(this.subtree(middle, to));
        to = middle;
      } else {
        proof.push(this.subtree(from, middle));
        from = middle;
        isWhole = false;
      }
    }
    return isWhole ? proof.toReversed() : [this.subtree(from, to), ...proof.toReversed()];
  }

  /** MTH of the leaves from `from` to before `to`, one of the ranges that the RFC's divisions lead to. */
  private subtree(from: number, to: number): Uint8Array {
    if (!Number.isSafeInteger(to) || to > this.size || from < 0 || to <= from)
      throw new RangeError(`there are ${this.size} leaves, not ${to}`);
    const n = to - from;
    const level = Math.log2(n);
    if (Number.isInteger(level) && from % n === 0) return this.levels[level]?.[from / n] ?? new Uint8Array(0);
    const middle = from + split(n);
    return nodeHash(this.subtree(from, middle), this.subtree(middle, to), this.sha256);
  }
}
