import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { BUNDLE, ENTRIES_PER_PART } from "../../shared/ledger/bundle.ts";
import { canonicalText } from "../../shared/ledger/canonical.ts";
import { readCheckpoint, signCheckpoint } from "../../shared/ledger/checkpoint.ts";
import { leafHash, LedgerEntry } from "../../shared/ledger/entry.ts";
import { MerkleTree } from "../../shared/ledger/merkle-tree.ts";
import { readTar, tarEnd, tarHeader, tarPadding } from "../../shared/ledger/tar.ts";
import { sha256 } from "../../shared/store/sha256.ts";

/** A bundle taken apart, as someone has it before them who wants to change it. */
export interface Parts {
  readonly files: Map<string, Uint8Array>;
  entries: LedgerEntry[];
  /** Leaf hashes as they are claimed; made anew from the entries unless a lazy forger leaves them. */
  leaves: string[];
}

/** Whoever has the operator's key. */
export type Operator = Pick<{ readonly signingKey: KeyObject }, "signingKey">;

function textOf(parts: ReadonlyMap<string, Uint8Array>, name: string): string {
  return Buffer.from(parts.get(name) ?? new Uint8Array(0)).toString("utf8");
}

export async function takeApart(bytes: Uint8Array): Promise<Parts> {
  const places = await readTar({ bytes: bytes.length, read: async (from, n) => bytes.subarray(from, from + n) });
  const files = new Map([...places].map(([name, place]) => [name, bytes.slice(place.from, place.from + place.bytes)]));
  const lines = [...files.keys()]
    .filter((name) => name.startsWith("entries/"))
    .flatMap((name) => textOf(files, name).trimEnd().split("\n"));
  return {
    files,
    entries: lines.map((line) => LedgerEntry.parse(JSON.parse(line.slice(65)))),
    leaves: lines.map((line) => line.slice(0, 64)),
  };
}

function hashOf(entry: LedgerEntry): Uint8Array {
  return leafHash(new TextEncoder().encode(canonicalText(entry)), sha256);
}

/** Writes fitting leaf hashes for all entries. */
export function rehash(parts: Parts): void {
  parts.leaves = parts.entries.map((entry) => Buffer.from(hashOf(entry)).toString("hex"));
}

function notesOf(parts: Parts): string[] {
  const notes: unknown = JSON.parse(textOf(parts.files, BUNDLE.checkpoints));
  return Array.isArray(notes) ? notes.map(String) : [];
}

/** Signs every checkpoint anew over what the entries have become, as only the operator can; those beyond the end go. */
export function resign(parts: Parts, { signingKey }: Operator): void {
  rehash(parts);
  const tree = new MerkleTree(sha256);
  for (const entry of parts.entries) tree.append(hashOf(entry));
  const publicKey = createPublicKey(createPrivateKey(signingKey.export({ type: "pkcs8", format: "pem" })))
    .export({ type: "spki", format: "der" })
    .subarray(-32);
  const old = notesOf(parts).flatMap((note) => readCheckpoint(note) ?? []);
  const sizes = new Set([...old.map(({ size }) => size).filter((size) => size <= tree.size), tree.size]);
  const { origin = "" } = old[0] ?? {};
  const key = { publicKey, sha256, sign: (message: Uint8Array) => sign(null, message, signingKey) };
  const notes = [...sizes].map((size) => signCheckpoint({ origin, size, root: tree.root(size) }, key));
  parts.files.set(BUNDLE.checkpoints, Buffer.from(JSON.stringify(notes)));
  const about: unknown = JSON.parse(textOf(parts.files, BUNDLE.about));
  parts.files.set(BUNDLE.about, Buffer.from(JSON.stringify({ ...Object(about), entries: tree.size })));
}

/** The bundle again. */
export function putTogether({ files, entries, leaves }: Parts): Uint8Array {
  const whole = new Map([...files].filter(([name]) => !name.startsWith("entries/")));
  for (let part = 0; part * ENTRIES_PER_PART < entries.length; part++) {
    const from = part * ENTRIES_PER_PART;
    const some = entries.slice(from, from + ENTRIES_PER_PART);
    whole.set(BUNDLE.entries(part), Buffer.from(some.map((entry, i) => `${leaves[from + i] ?? ""} ${canonicalText(entry)}\n`).join("")));
  }
  const pieces = [...whole].flatMap(([name, bytes]) => [tarHeader({ name, bytes: bytes.length }), bytes, tarPadding(bytes.length)]);
  return Buffer.concat([...pieces, tarEnd()]);
}
