import type { Sha256Function } from "./entry.ts";
import { nodeHash } from "./merkle-tree.ts";

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** Whether a path leads from a leaf to the root: RFC 9162 section 2.1.3.2. */
export function verifyInclusion({ leaf, index, size, root, path }: InclusionClaim, sha256: Sha256Function): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash, sha256);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(hash, sibling, sha256);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

export interface ConsistencyClaim {
  readonly before: { readonly size: number; readonly root: Uint8Array };
  readonly after: { readonly size: number; readonly root: Uint8Array };
  readonly proof: readonly Uint8Array[];
}

/** Whether the larger tree begins with the smaller one: RFC 9162 section 2.1.4.2. Every tree begins with the empty one. */
export function verifyConsistency({ before, after, proof }: ConsistencyClaim, sha256: Sha256Function): boolean {
  if (!Number.isSafeInteger(before.size) || !Number.isSafeInteger(after.size) || before.size < 0) return false;
  if (before.size > after.size) return false;
  if (before.size === after.size) return proof.length === 0 && sameBytes(before.root, after.root);
  if (before.size === 0) return proof.length === 0;
  return walk({ before, after, proof }, sha256);
}

function walk({ before, after, proof }: ConsistencyClaim, sha256: Sha256Function): boolean {
  const path = isPowerOfTwo(before.size) ? [before.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [node, last] = [before.size - 1, after.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [old, grown] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = nodeHash(sibling, old, sha256);
      grown = nodeHash(sibling, grown, sha256);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else grown = nodeHash(grown, sibling, sha256);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(old, before.root) && sameBytes(grown, after.root);
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n));
}
