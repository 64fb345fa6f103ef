import { subjectKey } from "../../shared/alerts/subject.ts";
import { ALERTS_LISTED, listStandingAlerts } from "../../shared/store/list-standing-alerts.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { type KnownState, readDueSubjects, readStates } from "../../shared/store/alert-states.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { attend, needsAttention } from "../evaluate/attend.ts";
import { feedStates } from "../evaluate/feed-health.ts";
import { isNew, outageSignals } from "../evaluate/outage-signals.ts";
import { publish } from "../evaluate/publish.ts";
import { drive } from "../ingest/drive.ts";
import type { WorkerParts } from "../parts.ts";
import { lapseDueClaims } from "./claim-clock.ts";

interface Look {
  readonly dayTurned: boolean;
  readonly feedsChanged: boolean;
  /** Somebody has not answered in time, a snooze is over ... */
  readonly alertsDue: boolean;
  readonly waiting: number;
}

async function look({ redis }: WorkerParts, stored: StoredAgreement, nowMs: number): Promise<Look> {
  const { id } = stored.agreement;
  const waiting = (await openReceipts(redis, id)).length;
  const [evaluated = null, claims = null, listed = null] = await redis.hmget(agreementKeys(id).clock, "evaluated", "claims", ALERTS_LISTED);
  if (listed === null) await listStandingAlerts(redis, id, nowMs);
  await lapseDueClaims(redis, stored, claims, nowMs);
  const { states, away } = await feedStates(redis, stored, { nowMs, delivered: null, openReceipts: waiting });
  const outages = outageSignals(stored, away, nowMs);
  const told =
    outages.length === 0
      ? new Map<string, KnownState>()
      : await readStates(
          redis,
          id,
          outages.map(({ subject }) => subjectKey(subject)),
        );
  const feedsChanged = states.some(({ changed }) => changed) || outages.some(isNew(told));
  const alertsDue = (await readDueSubjects(redis, id, nowMs)).length > 0;
  return { dayTurned: evaluated !== stored.zone.localDay(nowMs), feedsChanged, alertsDue, waiting };
}

async function underLease(parts: WorkerParts, agreementId: string, work: (lease: Lease) => Promise<void>): Promise<void> {
  const lease = await Lease.acquire(parts.redis, agreementId, parts.owner);
  if (lease === null) return;
  try {
    await work(lease);
  } catch (error) {
    if (!(error instanceof FencedError)) throw error;
  } finally {
    await lease.release();
  }
}

async function publishTime(parts: WorkerParts, stored: StoredAgreement, { dayTurned, waiting }: Look, nowMs: number): Promise<void> {
  await underLease(parts, stored.agreement.id, async (lease) => {
    await publish({
      redis: parts.redis,
      stored,
      fence: lease.token,
      nowMs,
      operationId: `tick-${lease.token}`,
      settles: null,
      revisit: new Set(dayTurned ? [stored.zone.localDay(nowMs)] : []),
      openReceipts: waiting,
    });
  });
}

/**
 * Looks at one agreement because time passed: windows that close at midnight, feeds that fall silent, claims that nobody
 * decided, and whatever of people's doing no hint told of. Reads first and takes the lease only when there is something to
 * say; twice or late changes nothing.
 */
export async function tick(parts: WorkerParts, agreementId: string): Promise<void> {
  const nowMs = parts.clock();
  const stored = await readAgreement(parts.redis, agreementId, nowMs);
  const seen = stored === null ? null : await look(parts, stored, nowMs);
  if (stored !== null && seen !== null && (seen.dayTurned || seen.feedsChanged || seen.alertsDue))
    await publishTime(parts, stored, seen, nowMs);
  // Days of a receipt that is being applied are its own business.
  if ((seen?.waiting ?? 0) === 0 && (await needsAttention(parts, agreementId)))
    await underLease(parts, agreementId, async ({ token, waiting }) => {
      if (waiting.length === 0) await attend(parts, { agreementId, fence: token });
    });
  // A hint that came while this held the lease found it taken and went away.
  if (seen !== null && (await openReceipts(parts.redis, agreementId)).length > 0) await drive(parts, agreementId);
}
