import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "../../../../shared/ledger/entry.ts";
import { MerkleTree } from "../../../../shared/ledger/merkle-tree.ts";
import { verifyConsistency, verifyInclusion } from "../../../../shared/ledger/verify-proof.ts";
import { sha256 } from "../../../../shared/store/sha256.ts";

/** The test vectors of Certificate Transparency: these leaves, roots and proofs stand in its C++ and Go sources. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function treeOf(leaves: readonly Uint8Array[]): MerkleTree {
  const tree = new MerkleTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}

function hexes(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => Buffer.from(hash).toString("hex"));
}

const CT = treeOf(LEAVES.map((hex) => leafHash(Buffer.from(hex, "hex"), sha256)));

/** The definitions of RFC 6962 section 2.1 as they stand there, by recursion over lists. */
function hash(...parts: Uint8Array[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}
function largestBelow(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}
function mth(d: readonly Uint8Array[]): Uint8Array {
  if (d.length === 0) return hash();
  const k = largestBelow(d.length);
  return d.length === 1 ? (d[0] ?? hash()) : hash(Uint8Array.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  if (d.length === 1) return [];
  const k = largestBelow(d.length);
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = largestBelow(d.length);
  if (m <= k) return [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))];
  return [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

function leaves(n: number): Uint8Array[] {
  return Array.from({ length: n }, (_, i) => leafHash(Buffer.from(String(i)), sha256));
}

describe("the tree of RFC 6962", () => {
  it("has the roots of the Certificate Transparency vectors", () => {
    expect(hexes([new MerkleTree(sha256).root()])).toEqual([EMPTY_ROOT]);
    expect(hexes(ROOTS.map((_, i) => CT.root(i + 1)))).toEqual(ROOTS);
  });

  it.each([
    [
      0,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      5,
      8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
    [
      1,
      5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("proves leaf %i of %i as the vectors do", (index, size, proof) => {
    expect(hexes(CT.inclusionProof(index, size))).toEqual(proof);
  });

  it.each([
    [
      1,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      6,
      8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [
      2,
      5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("proves that the first %i of %i stayed as the vectors do", (before, size, proof) => {
    expect(hexes(CT.consistencyProof(before, size))).toEqual(proof);
  });

  it("gives roots and proofs of the recursive definitions", () => {
    const all = leaves(200);
    const tree = treeOf(all);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (size, any) => {
        const [d, m] = [all.slice(0, size), any % size];
        expect(hexes([tree.root(size)])).toEqual(hexes([mth(d)]));
        expect(hexes(tree.inclusionProof(m, size))).toEqual(hexes(path(m, d)));
        expect(hexes(tree.consistencyProof(m + 1, size))).toEqual(hexes(subproof(m + 1, d, true)));
      }),
      { numRuns: 1000, seed: 6962 },
    );
  });

  it("its proofs convince, and none does for another leaf, place, size or root", () => {
    const all = leaves(300);
    const tree = treeOf(all);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (size, a, b) => {
        const [index, other] = [a % size, b % size];
        const honest = { leaf: tree.leaf(index), index, size, root: tree.root(size), path: tree.inclusionProof(index, size) };
        expect(verifyInclusion(honest, sha256)).toBe(true);
        expect(verifyInclusion({ ...honest, index: other }, sha256)).toBe(other === index);
        expect(verifyInclusion({ ...honest, leaf: tree.leaf(other) }, sha256)).toBe(other === index);
        expect(verifyInclusion({ ...honest, root: tree.root(size - 1) }, sha256)).toBe(false);
        expect(verifyInclusion({ ...honest, path: [...honest.path, tree.leaf(0)] }, sha256)).toBe(false);
        expect(verifyInclusion({ ...honest, path: honest.path.slice(1) }, sha256)).toBe(false);
      }),
      { numRuns: 1000, seed: 9162 },
    );
  });

  it("a tree that grew is consistent, one with a changed past is not", () => {
    const all = leaves(120);
    const tree = treeOf(all);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.nat(), fc.nat(), (size, a, b) => {
        const [before, changed] = [1 + (a % size), b % size];
        const proof = tree.consistencyProof(before, size);
        const known = { size: before, root: tree.root(before) };
        const after = { size, root: tree.root(size) };
        expect(verifyConsistency({ before: known, after, proof }, sha256)).toBe(true);
        const forged = treeOf(all.slice(0, size).map((leaf, i) => (i === changed ? sha256(leaf) : leaf)));
        const claim = { before: known, after: { size, root: forged.root() }, proof: forged.consistencyProof(before) };
        expect(verifyConsistency(claim, sha256)).toBe(changed >= before);
        expect(verifyConsistency({ before: { size, root: after.root }, after: known, proof }, sha256)).toBe(before === size);
        expect(verifyConsistency({ before: known, after, proof: [...proof, known.root] }, sha256)).toBe(false);
      }),
      { numRuns: 1000, seed: 2142 },
    );
  });

  it("every tree begins with the empty one", () => {
    const before = { size: 0, root: new MerkleTree(sha256).root() };
    expect(verifyConsistency({ before, after: { size: 8, root: CT.root() }, proof: CT.consistencyProof(0) }, sha256)).toBe(true);
  });

  it("asks for no leaf that is not there", () => {
    expect(() => CT.root(9)).toThrow(RangeError);
    expect(() => CT.inclusionProof(8)).toThrow(RangeError);
    expect(() => CT.inclusionProof(-1)).toThrow(RangeError);
    expect(() => CT.inclusionProof(3, 9)).toThrow(RangeError);
    expect(() => CT.consistencyProof(7, 6)).toThrow(RangeError);
    expect(() => CT.leaf(8)).toThrow(RangeError);
  });
});
