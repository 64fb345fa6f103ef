import { readAgreement } from "../../shared/store/agreements.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { feedStates } from "../evaluate/feed-health.ts";
import { publish } from "../evaluate/publish.ts";
import { drive } from "../ingest/drive.ts";
import type { WorkerParts } from "../parts.ts";

/**
 * Looks at one agreement because time passed: windows that close at midnight, feeds that fall silent.
 * Reads first and takes the lease only when there is something to say; twice or late changes nothing.
 */
export async function tick(parts: WorkerParts, agreementId: string): Promise<void> {
  const nowMs = parts.clock();
  const stored = await readAgreement(parts.redis, agreementId);
  if (stored === null) return;
  const waiting = (await openReceipts(parts.redis, agreementId)).length;
  const today = stored.zone.localDay(nowMs);
  const dayTurned = (await parts.redis.hget(agreementKeys(agreementId).clock, "evaluated")) !== today;
  const states = await feedStates(parts.redis, stored, { nowMs, delivered: null, openReceipts: waiting });
  if (!dayTurned && !states.some(({ changed }) => changed)) return;
  const lease = await Lease.acquire(parts.redis, agreementId, parts.owner);
  if (lease === null) return;
  try {
    await publish({
      redis: parts.redis,
      stored,
      fence: lease.token,
      nowMs,
      operationId: `tick-${lease.token}`,
      settles: null,
      revisit: new Set(dayTurned ? [today] : []),
      openReceipts: waiting,
    });
  } catch (error) {
    if (!(error instanceof FencedError)) throw error;
  } finally {
    await lease.release();
  }
  // A hint that came while this held the lease found it taken and went away.
  if ((await openReceipts(parts.redis, agreementId)).length > 0) await drive(parts, agreementId);
}
