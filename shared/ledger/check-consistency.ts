import { openCheckpoint, readCheckpoint, type VerifyFunction } from "./checkpoint.ts";
import type { Sha256Function } from "./entry.ts";
import { verifyConsistency } from "./verify-proof.ts";

/** What Accord answers when asked whether the record still begins as a party knows it. */
export interface ConsistencyAnswer {
  /** The record as it is now: a signed note. */
  readonly checkpoint: string;
  /** RFC 6962 consistency proof, each hash in base64. */
  readonly proof: readonly string[];
}

export type ConsistencyFinding =
  /** The record grew, or is the same. The new checkpoint is to be kept instead. */
  | { readonly kind: "consistent"; readonly checkpoint: string }
  /** Entries that were promised are gone or changed. Keep the old checkpoint: it is the evidence. */
  | { readonly kind: "rewritten"; readonly why: string }
  /** The answer proves nothing: signed by another key, of another record, or no checkpoint at all. */
  | { readonly kind: "unproven"; readonly why: string };

export interface ConsistencyCheck {
  /** The last checkpoint that the party has kept; a signed note. */
  readonly held: string;
  readonly answer: ConsistencyAnswer;
  /** Raw Ed25519 key, 32 bytes, as it was when the party first saw it. */
  readonly publicKey: Uint8Array;
  readonly sha256: Sha256Function;
  readonly verify: VerifyFunction;
}

function unproven(why: string): ConsistencyFinding {
  return { kind: "unproven", why };
}

/**
 * Decides whether the record that Accord shows now begins with the one a party has seen before. Nobody can make a
 * rewritten record pass: neither by truncating nor by signing anew.
 */
export async function checkConsistency({ held, answer, ...key }: ConsistencyCheck): Promise<ConsistencyFinding> {
  const before = readCheckpoint(held);
  if (before === null) return unproven("The kept checkpoint cannot be read.");
  const after = await openCheckpoint(answer.checkpoint, key);
  if (after === null) return unproven("The present checkpoint is not signed by the key that is known here.");
  if (after.origin !== before.origin) return unproven(`The present checkpoint is of ${after.origin}, the kept one of ${before.origin}.`);
  if (after.size < before.size) return { kind: "rewritten", why: `The record had ${before.size} entries and now has ${after.size}.` };
  const proof = decoded(answer.proof);
  if (proof !== null && verifyConsistency({ before, after, proof }, key.sha256))
    return { kind: "consistent", checkpoint: answer.checkpoint };
  return { kind: "rewritten", why: `The first ${before.size} entries are no longer those that were there.` };
}

function decoded(proof: readonly string[]): Uint8Array[] | null {
  try {
    return proof.map((hash) => Uint8Array.fromBase64(hash));
  } catch {
    return null;
  }
}
