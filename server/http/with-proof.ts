import { toError } from "../../shared/protocol/errors.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { receiptProof } from "../../shared/store/checkpoints.ts";
import type { ServerParts } from "../parts.ts";

/** A receipt with the proof that the ledger holds it. The receipt counts without it: a proof that cannot be made now can be asked for later. */
export async function withProof(
  { redis, keyRing, logger }: Pick<ServerParts, "redis" | "keyRing" | "logger">,
  receipt: Receipt,
): Promise<Receipt> {
  try {
    const proof = await receiptProof(redis, keyRing, receipt.agreementId, receipt.number);
    return proof === null ? receipt : { ...receipt, proof };
  } catch (thrown) {
    logger.warn({ event: "no-proof", receipt: receipt.id, reason: toError(thrown).message });
    return receipt;
  }
}
