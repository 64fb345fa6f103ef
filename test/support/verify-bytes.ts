import { createHash } from "node:crypto";
import { openBundle } from "../../shared/ledger/bundle.ts";
import { verifyBundle, type Verified } from "../../shared/ledger/verify-bundle.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";
import { documentsOf, verifySignature } from "../../server/cli/verify.ts";

/** Checks a bundle as `accord verify` does. */
export async function verifyBytes(bytes: Uint8Array, held: readonly string[] = []): Promise<Verified> {
  const read = async (from: number, n: number): Promise<Uint8Array> => bytes.subarray(from, from + n);
  const bundle = await openBundle({ bytes: bytes.length, read });
  const startHash = () => createHash("sha256");
  const documents = documentsOf(bundle);
  return await verifyBundle({ bundle, held, documents, sha256, startHash, table: readTableApart, verify: verifySignature });
}
