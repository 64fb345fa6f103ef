import type { Redis } from "ioredis";
import { z } from "zod";
import { Agreement } from "../agreement/agreement.ts";
import { createContext } from "../agreement/context.ts";
import { daysBetween } from "../calendar/day.ts";
import { readFeeds, stampOf } from "./agreements.ts";
import { backfillRecords } from "./backfill.ts";
import { FencedError } from "./chunk.ts";
import { commit, type Write } from "./commit.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";
import { inForceEntry, type StoredVersion } from "./stored-version.ts";

/** How an agreement was kept before agreements had versions: one document, in force as soon as it was added. */
const FormerDoc = z.object({ agreement: z.string(), text: z.string(), since: z.string() });
type FormerDoc = z.infer<typeof FormerDoc>;

/** Whether an agreement is still kept as it was before versions; then nothing of it can be read. */
export async function isFormer(redis: Redis, agreementId: string): Promise<boolean> {
  return (await redis.hexists(agreementKeys(agreementId).doc, "agreement")) === 1;
}

function recordOf({ agreement: stored, text, since }: FormerDoc): StoredVersion {
  const agreement = Agreement.parse(JSON.parse(stored));
  const by = { id: "accord", name: "the administrator, before versions", party: "client" } as const;
  const signed = (party: "client" | "provider") => ({
    by: { id: "accord", name: agreement.parties[party], party },
    atMs: Number(since),
    onPaper: true,
  });
  return {
    version: agreement.version,
    state: "in-force",
    seq: 1,
    agreement,
    text,
    sha256: sha256Hex(text),
    proposedBy: by,
    proposedAtMs: Number(since),
    signatures: [signed("client"), signed("provider")],
    ended: null,
    findings: [],
    paper: null,
  };
}

/** What was computed in the former layout is taken away, and every day with data is judged anew. */
async function renewal(redis: Redis, { agreement, version }: StoredVersion, feedIds: readonly string[]): Promise<Write[]> {
  const keys = agreementKeys(agreement.id);
  const [from = null, to = null] = await redis.hmget(keys.clock, "from", "to");
  const days = from === null || to === null ? [] : daysBetween(from, to);
  const dirty = feedIds.flatMap((id) => days.map((day) => `${id}|${day}`));
  return [
    ...[keys.verdicts, keys.series, keys.stream, ...agreement.targets.map(({ id }) => keys.days(id, version))].map((key): Write => [
      "DEL",
      key,
    ]),
    ...inPieces(dirty).map((some): Write => ["SADD", keys.dirty, ...some]),
  ];
}

/**
 * Gives an agreement of an earlier release its first version and counts its contacts in today's layout, in one commit after
 * the counting. A second run, or one after a crash half way, comes to the same.
 *
 * @returns whether there was one to adopt.
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function adoptAgreement(redis: Redis, input: { agreementId: string; fence: string; nowMs: number }): Promise<boolean> {
  const { agreementId, fence, nowMs } = input;
  const keys = agreementKeys(agreementId);
  if (!(await isFormer(redis, agreementId))) return false;
  const former = FormerDoc.safeParse(await redis.hgetall(keys.doc));
  const feeds = former.success ? await readFeeds(redis, agreementId) : null;
  if (!former.success || feeds === null) return false;
  const record = recordOf(former.data);
  const context = createContext(record.agreement, feeds);
  for (const { id, kind } of feeds) {
    await backfillRecords(redis, {
      agreementId,
      feed: id,
      kind,
      counters: context.layout(id).counters,
      intervalMs: context.intervalMs(id),
      fence,
      nowMs,
    });
  }
  const { version } = record;
  const result = await commit(redis, {
    agreementId,
    operationId: `adopt-${version}`,
    nowMs,
    fence,
    expect: [{ key: keys.doc, field: "agreement", is: former.data.agreement }],
    writes: [
      ["HSET", keys.versions, version, JSON.stringify(record)],
      ["HSET", keys.doc, "stamp", stampOf([record])],
      ["HDEL", keys.doc, "agreement", "text"],
      ...(await renewal(
        redis,
        record,
        feeds.map(({ id }) => id),
      )),
    ],
    ledger: [inForceEntry(record, nowMs)],
    events: [{ kind: "agreement:changed", version }],
  });
  if (result.kind === "fenced") throw new FencedError();
  return result.kind === "done";
}
