import { createPrivateKey, createPublicKey, sign as ed25519Sign, verify as ed25519Verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkConsistency } from "../../../../shared/ledger/check-consistency.ts";
import { openCheckpoint, readCheckpoint, signCheckpoint } from "../../../../shared/ledger/checkpoint.ts";
import { MerkleTree } from "../../../../shared/ledger/merkle-tree.ts";
import { sha256 } from "../../../../shared/store/sha256.ts";

/** A key from 32 bytes, so that the signatures below are the same on every run. */
function keyOf(byte: number) {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, byte)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return { publicKey: spki.subarray(-32), sha256, sign: (message: Uint8Array) => ed25519Sign(null, message, privateKey) };
}
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");
function verify({ publicKey, message, signature }: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: "der", type: "spki" });
  return ed25519Verify(null, message, key, signature);
}

const KEY = keyOf(7);
const OTHER = keyOf(8);
const ORIGIN = "accord-1a2b3c4d/north";

function treeOf(texts: readonly string[]): MerkleTree {
  const tree = new MerkleTree(sha256);
  for (const text of texts) tree.append(sha256(Buffer.from(text)));
  return tree;
}
function noteOf(tree: MerkleTree, origin = ORIGIN, key = KEY, size = tree.size): string {
  return signCheckpoint({ origin, size, root: tree.root(size) }, key);
}

const TREE = treeOf(["a", "b", "c", "d", "e"]);

describe("a checkpoint", () => {
  /** Written with another program: Python's hashlib and cryptography. */
  it("is this signed note for ever", () => {
    expect(signCheckpoint({ origin: ORIGIN, size: 3, root: new Uint8Array(32).fill(1) }, KEY)).toBe(
      [
        "accord-1a2b3c4d/north",
        "3",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "",
        "\u2014 accord-1a2b3c4d/north q6tIRGU7hLkIR7d/bY7w6SFCHjVkRVUTLSthYPLgEoJEY39aGTk30fYXkqgjqEwq7Fr4iJRh5snRUPyO5oiVKDkaPgs=",
        "",
      ].join("\n"),
    );
  });

  it("opens under the key that signed it and under no other", async () => {
    const note = noteOf(TREE);
    expect(await openCheckpoint(note, { ...KEY, verify })).toEqual({ origin: ORIGIN, size: 5, root: new Uint8Array(TREE.root()) });
    expect(await openCheckpoint(note, { ...OTHER, verify })).toBeNull();
  });

  it("does not open when a single letter is another", async () => {
    const note = noteOf(TREE);
    for (let i = 0; i < note.length; i++) {
      const bent = `${note.slice(0, i)}${note[i] === "A" ? "B" : "A"}${note.slice(i + 1)}`;
      expect(await openCheckpoint(bent, { ...KEY, verify })).toBeNull();
    }
  });

  it.each(["", "north\n1\n", noteOf(TREE).trimEnd(), noteOf(TREE).replace("\n5\n", "\n05\n"), `\n${noteOf(TREE)}`])(
    "cannot be read from %j",
    (text) => {
      expect(readCheckpoint(text)).toBeNull();
    },
  );

  it("may carry signatures of witnesses beside its own", async () => {
    const note = `${noteOf(TREE)}\u2014 witness.example AAAAAAAA\n`;
    expect(await openCheckpoint(note, { ...KEY, verify })).not.toBeNull();
  });
});

describe("consistency on contact", () => {
  const grown = treeOf(["a", "b", "c", "d", "e", "f", "g"]);
  const rewritten = treeOf(["a", "b", "x", "d", "e", "f", "g"]);
  function answerOf(tree: MerkleTree, from: number, note = noteOf(tree)) {
    const proof = from > tree.size ? [] : tree.consistencyProof(from);
    return { checkpoint: note, proof: proof.map((hash) => hash.toBase64()) };
  }
  const base = { held: noteOf(TREE), ...KEY, verify };

  it("a record that grew is consistent, and its checkpoint is to be kept", async () => {
    expect(await checkConsistency({ ...base, answer: answerOf(grown, 5) })).toEqual({ kind: "consistent", checkpoint: noteOf(grown) });
    expect(await checkConsistency({ ...base, answer: answerOf(TREE, 5) })).toMatchObject({ kind: "consistent" });
  });

  it("one with another past is rewritten, although it is signed", async () => {
    expect(await checkConsistency({ ...base, answer: answerOf(rewritten, 5) })).toMatchObject({ kind: "rewritten" });
  });

  it("one that lost its end is rewritten, although it is signed", async () => {
    expect(await checkConsistency({ ...base, answer: answerOf(treeOf(["a", "b", "c"]), 5) })).toMatchObject({
      kind: "rewritten",
      why: "The record had 5 entries and now has 3.",
    });
  });

  it("another key or another record proves nothing", async () => {
    const stranger = noteOf(grown, ORIGIN, OTHER);
    expect(await checkConsistency({ ...base, answer: answerOf(grown, 5, stranger) })).toMatchObject({ kind: "unproven" });
    const south = noteOf(grown, "accord-1a2b3c4d/south");
    expect(await checkConsistency({ ...base, answer: answerOf(grown, 5, south) })).toMatchObject({ kind: "unproven" });
    expect(await checkConsistency({ ...base, held: "gone", answer: answerOf(grown, 5) })).toMatchObject({ kind: "unproven" });
  });

  it("a proof that is no base64 proves nothing of the kind", async () => {
    expect(await checkConsistency({ ...base, answer: { checkpoint: noteOf(grown), proof: ["%"] } })).toMatchObject({ kind: "rewritten" });
  });
});
