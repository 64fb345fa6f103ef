import { activateVersion } from "../../shared/store/activate-version.ts";
import { adoptAgreement, isFormer } from "../../shared/store/adopt-agreement.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { readPending } from "../../shared/store/stored-version.ts";
import type { WorkerParts } from "../parts.ts";
import { publish } from "./publish.ts";

export interface Attendance {
  readonly agreementId: string;
  /** The token of a lease that was taken or kept while no receipt was open: those accepted since have not been begun with. */
  readonly fence: string;
}

/** Whether people have done something that a worker must see to: signed a version, or claimed or decided about days. */
export async function needsAttention({ redis }: WorkerParts, agreementId: string): Promise<boolean> {
  const keys = agreementKeys(agreementId);
  const [pending, dirty, former] = await Promise.all([
    redis.hget(keys.doc, "pending"),
    redis.scard(keys.dirty),
    isFormer(redis, agreementId),
  ]);
  return readPending(pending)?.state === "signed" || dirty > 0 || former;
}

/**
 * Sees to what people have done: puts a signed version in force and judges again what it or a claim touches. Idempotent: it
 * acts on what is stored, so that it may run twice, late or not at all.
 */
export async function attend(parts: WorkerParts, { agreementId, fence }: Attendance): Promise<void> {
  const { redis, logger } = parts;
  const nowMs = parts.clock();
  if (await adoptAgreement(redis, { agreementId, fence, nowMs }))
    logger.info({ agreementId, ms: parts.clock() - nowMs }, "agreement adopted");
  const version = await activateVersion(redis, { agreementId, fence, nowMs });
  if (version !== null) logger.info({ agreementId, version, ms: parts.clock() - nowMs }, "version in force");
  const [stored, waiting] = [await readAgreement(redis, agreementId, nowMs), await openReceipts(redis, agreementId)];
  if (stored === null) return;
  await publish({
    redis,
    stored,
    fence,
    nowMs,
    operationId: `attend-${fence}`,
    settles: null,
    revisit: new Set(),
    openReceipts: waiting.length,
    nothingBegun: true,
  });
}
