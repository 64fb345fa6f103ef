import type { Redis } from "ioredis";
import { completenessOf, type QueueCompleteness } from "../agreement/feed-completeness.ts";
import { feedCalendar } from "../agreement/feed-calendar.ts";
import { lengthMs } from "../agreement/feed-due.ts";
import { type Suspicion, suspicionsOf } from "../agreement/feed-suspicion.ts";
import { suspicionWords } from "../agreement/suspicion-words.ts";
import { vanishedQueues } from "../agreement/vanished-queues.ts";
import { DAY_MS } from "../calendar/day.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { FeedReport } from "../protocol/feed-report.ts";
import { isTimed } from "../metrics/counter.ts";
import { FeedHealth } from "../protocol/live.ts";
import { agreementOf, type Receipt } from "../protocol/receipt.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { readIntervals } from "./intervals.ts";
import { agreementKeys } from "./keys.ts";
import { listReceipts } from "./receipts.ts";

/** What is looked through for suspicious counts and vanished queues. */
const LOOK_BACK_MS = 28 * DAY_MS;
const RECEIPTS_LOOKED_AT = 100;
const RECEIPTS_SHOWN = 12;
const GAPS_SHOWN = 60;

interface Seen {
  readonly stored: StoredAgreement;
  readonly feed: FeedDefinition;
  readonly nowMs: number;
}

/** Whether the source counts by interval; of others a quiet quarter of an hour says nothing. */
function countsByInterval(feed: FeedDefinition): boolean {
  return feed.kind === "interval";
}

async function readRange(redis: Redis, { stored, feed }: Seen, fromMs: number, toMs: number): Promise<QueueIntervals[]> {
  return await readIntervals(redis, { agreementId: stored.agreement.id, feed: feed.id, layout: stored.layout(feed.id), fromMs, toMs });
}

/** Counts of the last four weeks that ask for an explanation; only of feeds that hand in counts themselves. */
export async function readSuspicions(redis: Redis, stored: StoredAgreement, feed: FeedDefinition, nowMs: number): Promise<Suspicion[]> {
  if (!countsByInterval(feed)) return [];
  const queues = await readRange(redis, { stored, feed, nowMs }, nowMs - LOOK_BACK_MS, nowMs);
  return suspicionsIn(stored, feed, queues);
}

function suspicionsIn(stored: StoredAgreement, feed: FeedDefinition, queues: readonly QueueIntervals[]): Suspicion[] {
  if (!countsByInterval(feed)) return [];
  const isTime = stored.layout(feed.id).counters.map(isTimed);
  return suspicionsOf({ zone: stored.zone, intervalMs: stored.intervalMs(feed.id), queues, isTime });
}

/** What may still be on its way is not missing. */
function dueUntil({ expected }: FeedDefinition, nowMs: number): number {
  if (expected === undefined) return nowMs - DAY_MS;
  return nowMs - (expected.every === undefined ? DAY_MS : lengthMs(expected.every)) - lengthMs(expected.grace);
}

function completeness({ stored, feed, nowMs }: Seen, queues: readonly QueueIntervals[]): QueueCompleteness[] {
  const calendar = feedCalendar(stored, feed);
  const monthStart = `${stored.zone.localDay(nowMs).slice(0, 7)}-01`;
  const range = { fromMs: stored.zone.dayRange(monthStart).fromMs, toMs: dueUntil(feed, nowMs) };
  return completenessOf({ calendar, intervalMs: countsByInterval(feed) ? stored.intervalMs(feed.id) : null, range, queues });
}

/** The value below which a share of the sorted values lies: the nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function lagOf({ stored, feed }: Seen, queues: readonly QueueIntervals[], receipts: readonly Receipt[]): FeedReport["lag"] {
  // With a version column revisions are the source's own, and do not tell which receipt brought a value.
  if (feed.version !== undefined) return null;
  const accepted = new Map(receipts.map(({ number, acceptedAtMs }) => [number, acceptedAtMs]));
  const intervalMs = countsByInterval(feed) || feed.kind === "daily" ? stored.intervalMs(feed.id) : null;
  if (intervalMs === null) return null;
  const lags = queues
    .flatMap(({ intervals }) => intervals)
    .flatMap(({ revision, startMs }) => {
      const atMs = accepted.get(revision);
      return atMs === undefined ? [] : [Math.max(0, atMs - startMs - intervalMs)];
    })
    .toSorted((a, b) => a - b);
  return lags.length === 0 ? null : { p50Ms: quantile(lags, 0.5), p90Ms: quantile(lags, 0.9), intervals: lags.length };
}

function errorsOf(receipts: readonly Receipt[]): FeedReport["errors"] {
  const sum = (of: (receipt: Receipt) => number): number => receipts.reduce((total, receipt) => total + of(receipt), 0);
  return {
    receipts: receipts.length,
    rows: sum(({ counts }) => counts.rows),
    refused: sum(({ counts }) => counts.rejected),
    refusedFiles: receipts.filter(({ state }) => state === "rejected").length,
  };
}

function gapsOf(found: readonly QueueCompleteness[]): FeedReport["gaps"] {
  const all = found.flatMap(({ queue, gaps }) => gaps.map((gap) => ({ queue, ...gap })));
  return all.toSorted((a, b) => b.fromMs - a.fromMs || (a.queue < b.queue ? -1 : 1)).slice(0, GAPS_SHOWN);
}

/** How a feed has kept its word; `null` when there is no such feed, or nothing is known of it yet. */
export async function readFeedReport(redis: Redis, feedId: string, nowMs: number): Promise<FeedReport | null> {
  const id = agreementOf(feedId);
  const stored = await readAgreement(redis, id, nowMs);
  const feed = stored?.feed(feedId.slice(id.length + 1));
  if (stored === null || feed === undefined) return null;
  const seen = { stored, feed, nowMs };
  const text = await redis.hget(agreementKeys(id).feeds, feed.id);
  const monthMs = stored.zone.dayRange(`${stored.zone.localDay(nowMs).slice(0, 7)}-01`).fromMs;
  const [queues, receipts] = await Promise.all([
    readRange(redis, seen, Math.min(monthMs, nowMs - LOOK_BACK_MS), nowMs),
    listReceipts(redis, feedId, RECEIPTS_LOOKED_AT),
  ]);
  const complete = completeness(seen, queues);
  const recent = queues.map(({ queue, intervals }) => ({
    queue,
    intervals: intervals.filter(({ startMs }) => startMs >= nowMs - LOOK_BACK_MS),
  }));
  const suspicions = suspicionsIn(stored, feed, recent);
  return {
    feed: text === null ? neverLookedAt(id, feed) : FeedHealth.parse(JSON.parse(text)),
    timeZone: stored.agreement.timeZone,
    month: stored.zone.localDay(nowMs).slice(0, 7),
    unit: countsByInterval(feed) ? "interval" : "day",
    queues: complete.map(({ queue, expected, present }) => ({ queue, expected, present })),
    gaps: gapsOf(complete),
    lag: lagOf(seen, queues, receipts),
    errors: errorsOf(receipts),
    vanished: vanishedQueues(queues),
    suspicions: suspicions.map((one) => {
      const { question, evidence, innocent } = suspicionWords(one, stored.zone);
      return { queue: one.queue, fromMs: one.fromMs, toMs: one.toMs, question, evidence, innocent: [...innocent] };
    }),
    receipts: receipts.slice(0, RECEIPTS_SHOWN),
  };
}

/** A feed that no worker has looked at yet. */
function neverLookedAt(agreementId: string, { id, name, kind }: FeedDefinition): FeedHealth {
  const unknown = { lastReceiptAtMs: null, dueAtMs: null, everyMs: null, openReceipts: 0 };
  return { feedId: `${agreementId}.${id}`, feed: id, name, kind, state: "never", ...unknown };
}
