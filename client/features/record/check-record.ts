import { checkConsistency, type ConsistencyFinding } from "../../../shared/ledger/check-consistency.ts";
import { readCheckpoint } from "../../../shared/ledger/checkpoint.ts";
import { succeeds } from "../../../shared/ledger/key-chain.ts";
import { pureSha256 } from "../../../shared/ledger/pure-sha256.ts";
import { LedgerConsistency } from "../../../shared/protocol/ledger-routes.ts";
import { call } from "../../live/api.ts";
import { keepKnown, readKnown } from "./known-checkpoint.ts";
import { verifySignature } from "../../live/verify-signature.ts";

/**
 * Asks whether the record still begins as this browser saw it last, and keeps the new checkpoint if it does. The old one
 * stays where it does not: it is the evidence.
 */
export async function checkRecord(agreementId: string): Promise<ConsistencyFinding> {
  const known = readKnown(agreementId);
  const from = known === null ? 0 : (readCheckpoint(known.checkpoint)?.size ?? 0);
  const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/ledger/consistency?from=${from}`;
  const { publicKey, former = [], ...answer } = await call({ path, answer: LedgerConsistency });
  // The first time there is nothing to compare with: what is seen now is what later answers are held to.
  const { checkpoint: held, publicKey: knownKey } = known ?? { checkpoint: answer.checkpoint, publicKey };
  const key = (await succeeds(knownKey, { former, present: publicKey, verify: verifySignature })) ? publicKey : knownKey;
  const proof = known === null ? [] : answer.proof;
  const check = { held, answer: { ...answer, proof }, publicKey: Uint8Array.fromBase64(key), sha256: pureSha256, verify: verifySignature };
  const finding = await checkConsistency(check);
  if (finding.kind === "consistent") keepKnown(agreementId, { checkpoint: finding.checkpoint, publicKey: key });
  return finding;
}
