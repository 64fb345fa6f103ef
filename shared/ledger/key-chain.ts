import type { VerifyFunction } from "./checkpoint.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";

/** A key that signed checkpoints before, and its word for the one that followed. */
export interface FormerKey {
  /** Raw Ed25519 key in base64. */
  readonly publicKey: string;
  /** Signature of {@link successionText} of the next key, in base64. */
  readonly certificate: string;
}

/** What the operator's key signs when another takes its place. */
export function successionText(publicKey: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`accord operator key\n${publicKey}\n`);
}

interface Succession {
  /** Oldest first. */
  readonly former: readonly FormerKey[];
  /** The one that signs now, raw and in base64. */
  readonly present: string;
  readonly verify: VerifyFunction;
}

function decoded(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return new Uint8Array(0);
  }
}

/** Whether the present key took the place of a known one, each key having signed for the next. */
export async function succeeds(known: string, { former, present, verify }: Succession): Promise<boolean> {
  if (known === present) return true;
  const from = former.findIndex(({ publicKey }) => publicKey === known);
  if (from < 0) return false;
  for (const [i, { publicKey, certificate }] of former.slice(from).entries()) {
    const next = former[from + i + 1]?.publicKey ?? present;
    const signed = { publicKey: decoded(publicKey), message: successionText(next), signature: decoded(certificate) };
    if (!(await verify(signed))) return false;
  }
  return true;
}

/** A key and the sizes of a record's checkpoints that it may have signed. */
export interface KeyTerm {
  readonly publicKey: Uint8Array;
  readonly fromSize: number;
  readonly toSize: number;
}

/**
 * Which key signs what, by the record's own entries: a key enters with the entry that names it. Without such an entry the
 * present key signs all; keys from before the record's beginning sign nothing.
 *
 * @returns `null` when a key that an entry names is not given.
 */
export function keyTerms(entries: readonly (LedgerEntry | null)[], keys: readonly Uint8Array[], sha256: Sha256Function): KeyTerm[] | null {
  const hashes = keys.map((key) => sha256(key).toHex());
  const rotations = entries.flatMap((entry, index) =>
    entry?.kind === "key-rotated" ? [{ index, key: hashes.indexOf(entry.publicKeySha256) }] : [],
  );
  if (rotations.some(({ key }) => key < 0)) return null;
  const first = { index: -1, key: rotations[0] === undefined ? keys.length - 1 : rotations[0].key - 1 };
  const terms = [first, ...rotations].map(({ index, key }, i) => ({
    publicKey: keys[key] ?? new Uint8Array(0),
    fromSize: index + 1,
    toSize: rotations[i]?.index ?? Infinity,
  }));
  return terms;
}
