import type { Redis } from "ioredis";
import { type AgreementHistory, createHistory } from "../agreement/history.ts";
import { addDays, daysBetween } from "../calendar/day.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { readFeeds, stampOf } from "./agreements.ts";
import { backfillRecords } from "./backfill.ts";
import { FencedError } from "./chunk.ts";
import { commit, type Write } from "./commit.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";
import { inForceEntry, pendingText, pendingWrite, readPending, readStoredVersions, type StoredVersion } from "./stored-version.ts";

export interface Activation {
  readonly agreementId: string;
  /** The worker's lease token. */
  readonly fence: string;
  readonly nowMs: number;
}

interface Change {
  readonly record: StoredVersion;
  /** Versions in force before, and with this one. */
  readonly before: readonly StoredVersion[];
  readonly after: readonly StoredVersion[];
  readonly feeds: readonly FeedDefinition[];
}

function historyOf(versions: readonly StoredVersion[], feeds: readonly FeedDefinition[]): AgreementHistory | null {
  return versions.length === 0 ? null : createHistory(versions.map(({ agreement }) => ({ agreement, feeds })));
}

async function readChange(redis: Redis, agreementId: string): Promise<Change | null> {
  const pending = readPending(await redis.hget(agreementKeys(agreementId).doc, "pending"));
  const feeds = pending?.state === "signed" ? await readFeeds(redis, agreementId) : null;
  if (feeds === null) return null;
  const versions = await readStoredVersions(redis, agreementId);
  const record = versions.find(({ version, state }) => version === pending?.version && state === "signed");
  if (record === undefined) return null;
  const before = versions.filter(({ state }) => state === "in-force");
  return { record, before, after: [...before, record], feeds };
}

/** Makes the counters that the new version needs and no version had before. */
async function makeCounters(redis: Redis, { agreementId, fence, nowMs }: Activation, { before, after, feeds }: Change): Promise<void> {
  const [old, next] = [historyOf(before, feeds), historyOf(after, feeds)];
  if (old === null || next === null) return;
  for (const { id, kind } of feeds) {
    const { counters } = next.latest.layout(id);
    if (counters.length === old.latest.layout(id).counters.length) continue;
    await backfillRecords(redis, { agreementId, feed: id, kind, counters, intervalMs: next.latest.intervalMs(id), fence, nowMs });
  }
}

/**
 * The days to judge again: those with data from the version's first day on, and the day before, whose windows end earlier
 * now. Of a version that begins later the last day with data stands for all that is open.
 */
async function dirtyMembers(redis: Redis, { agreementId }: Activation, { record, feeds }: Change): Promise<string[]> {
  const [from = null, to = null] = await redis.hmget(agreementKeys(agreementId).clock, "from", "to");
  if (from === null || to === null) return [];
  const first = [addDays(record.agreement.effectiveFrom, -1), to].toSorted()[0] ?? to;
  const days = daysBetween(first < from ? from : first, to);
  return feeds.flatMap(({ id }) => days.map((day) => `${id}|${day}`));
}

/**
 * Puts the version in force that both sides have signed, if one waits: first its counters, then one commit. A second run
 * changes nothing.
 *
 * @returns its number, or `null` when none waits.
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function activateVersion(redis: Redis, activation: Activation): Promise<number | null> {
  const { agreementId, fence, nowMs } = activation;
  const change = await readChange(redis, agreementId);
  if (change === null) return null;
  await makeCounters(redis, activation, change);
  const { record, before, after } = change;
  const { version } = record;
  const keys = agreementKeys(agreementId);
  const moved: StoredVersion = { ...record, state: "in-force", seq: record.seq + 1 };
  const since = before.length === 0 ? ["since", nowMs] : [];
  const result = await commit(redis, {
    agreementId,
    operationId: `activate-${version}`,
    nowMs,
    fence,
    expect: [{ key: keys.doc, field: "pending", is: pendingText(record) ?? "" }],
    writes: [
      ["HSET", keys.versions, version, JSON.stringify(moved)],
      ["HSET", keys.doc, "stamp", stampOf(after), ...since],
      pendingWrite(agreementId, moved),
      ...inPieces(await dirtyMembers(redis, activation, change)).map((some): Write => ["SADD", keys.dirty, ...some]),
    ],
    ledger: [inForceEntry(record, nowMs)],
    events: [
      { kind: "version:changed", version, state: "in-force" },
      { kind: "agreement:changed", version },
    ],
  });
  if (result.kind === "fenced") throw new FencedError();
  return version;
}
