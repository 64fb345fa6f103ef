import { CONTACT_FACTS } from "../../shared/facts/contact-fact.ts";
import type { FactCodec, KeyedFact } from "../../shared/facts/fact-codec.ts";
import type { Period, PeriodCover } from "../../shared/facts/period-cover.ts";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import { ROSTER_FACTS } from "../../shared/facts/roster-fact.ts";
import { SCHEDULE_FACTS } from "../../shared/facts/schedule-fact.ts";
import { SURVEY_FACTS } from "../../shared/facts/survey-fact.ts";
import type { IntervalRow } from "../../shared/feeds/canonical.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { RowKind } from "../../shared/feeds/file-row.ts";
import { contactRows, countRows, qaRows, rosterRows, type RowOptions, scheduleRows, surveyRows } from "../../shared/feeds/row-kinds.ts";
import { createPseudonyms, pseudonymSecret, saveAgentNames } from "../../shared/store/agent-names.ts";
import { applyIntervals } from "../../shared/store/apply-intervals.ts";
import { applyRecords } from "../../shared/store/apply-records.ts";
import { ColdGuard } from "../../shared/store/cold-guard.ts";
import type { AppliedCounts, ChunkIdentity } from "../../shared/store/chunk.ts";
import { marksOf } from "../../shared/store/dirty-marks.ts";
import { keepPeriod, readPeriodCover } from "../../shared/store/period-cover.ts";
import { withdrawIntervals } from "../../shared/store/withdraw-intervals.ts";
import { withdrawRecords } from "../../shared/store/withdraw-records.ts";
import type { WorkerParts } from "../parts.ts";
import type { FileTask } from "./file-task.ts";

/** The good rows of a chunk, and what reading it found. */
export interface Reading<Row> {
  readonly rows: readonly Row[];
  readonly counts: { readonly rows: number; readonly rejected: number; readonly warnings: number };
}

export type ApplyChunk<Row> = (identity: ChunkIdentity, reading: Reading<Row>) => Promise<AppliedCounts>;

/** How a file's rows are read and applied. */
export interface ChunkKind<Row extends { readonly startMs: number }> {
  readonly rows: RowKind<Row>;
  readonly apply: ApplyChunk<Row>;
  /** Takes away what older files say of days of which this one says everything, and this one does not. */
  readonly withdraw: (period: Period) => Promise<void>;
  /** Chunks that may be on their way to Redis while the next is read; they are executed in order. */
  readonly inFlight: number;
}

/** A receipt's file on its way, with the feed that says how it is read. */
export interface Applied {
  readonly parts: WorkerParts;
  readonly task: FileTask;
  readonly feed: FeedDefinition;
}

/** Beside what is to be applied, which days newer files have replaced; `null` where files replace rows only. */
interface Covered extends Applied {
  readonly cover: PeriodCover | null;
}

/** Chunks of counts read nothing first, so several may be on their way. */
const COUNTS_IN_FLIGHT = 4;

/** The local day to judge again; a plan's days ahead wait for their time, because nothing happened on them yet. */
function dayReader({ parts, task: { stored }, feed }: Applied): (ms: number) => string | null {
  if (feed.kind !== "schedule" && feed.kind !== "forecast") return (ms) => stored.zone.localDay(ms);
  const today = stored.zone.localDay(parts.clock());
  return (ms) => {
    const day = stored.zone.localDay(ms);
    return day <= today ? day : null;
  };
}

function guardOf({ parts, task: { receipt, fence }, feed }: Applied): ColdGuard {
  return new ColdGuard(parts.redis, { agreementId: receipt.agreementId, feed: feed.id, fence, nowMs: parts.clock() });
}

async function nothingToWithdraw(): Promise<void> {}

function countKind(applied: Covered, rows: RowKind<IntervalRow>): ChunkKind<IntervalRow> {
  const { parts, task, feed, cover } = applied;
  const { stored, receipt, fence } = task;
  const localDay = dayReader(applied);
  const guard = guardOf(applied);
  guard.lookAhead();
  const apply: ApplyChunk<IntervalRow> = async (identity, { rows: read, counts }) => {
    const some = cover === null ? read : read.filter(({ startMs }) => cover.counts({ startMs, revision: receipt.number }));
    return await applyIntervals(parts.redis, {
      ...identity,
      feed: feed.id,
      rows: some,
      reading: counts,
      marks: marksOf(feed.id, { rows: read, chunk: identity.chunk, localDay }),
      intervalMs: stored.intervalMs(feed.id),
      guard,
      outdated: read.length - some.length,
    });
  };
  if (cover === null) return { rows, apply, withdraw: nothingToWithdraw, inFlight: COUNTS_IN_FLIGHT };
  const place = { agreementId: receipt.agreementId, fence, receipt: receipt.number, feed: feed.id, timeZone: feed.timeZone };
  const layout = stored.layout(feed.id);
  const withdraw = async (period: Period): Promise<void> => {
    await keepPeriod(parts.redis, place, period);
    await withdrawIntervals(parts.redis, { ...place, layout, period, cover, localDay, guard });
  };
  return { rows, apply, withdraw, inFlight: COUNTS_IN_FLIGHT };
}

function recordKind<Row extends { readonly startMs: number; readonly version: number | null }, Fact extends KeyedFact>(
  applied: Covered,
  codec: FactCodec<Row, Fact>,
  compile: (options: RowOptions) => RowKind<Row>,
): ChunkKind<Row> {
  const { parts, task, feed, cover } = applied;
  const { stored, receipt, fence } = task;
  const people = createPseudonyms(pseudonymSecret(parts.keyRing, receipt.agreementId));
  const intervalMs = stored.intervalMs(feed.id);
  const sharesOf = codec.compileShares(stored.layout(feed.id).counters, intervalMs);
  const localDay = dayReader(applied);
  const guard = guardOf(applied);
  const apply: ApplyChunk<Row> = async (identity, { rows, counts }) => {
    await saveAgentNames(parts.redis, parts.keyRing, { agreementId: receipt.agreementId, fence, names: people.taken() });
    const chunk = { ...identity, feed: feed.id, rows, reading: counts, intervalMs, codec, sharesOf, localDay, guard, cover };
    return await applyRecords(parts.redis, chunk);
  };
  const place = { agreementId: receipt.agreementId, fence, receipt: receipt.number, feed: feed.id, timeZone: feed.timeZone };
  const withdraw = async (period: Period): Promise<void> => {
    if (cover === null) return;
    await keepPeriod(parts.redis, place, period);
    await withdrawRecords(parts.redis, { ...place, codec, sharesOf, period, localDay, guard });
  };
  return { rows: compile({ handedInMs: receipt.acceptedAtMs, pseudonym: people.of }), apply, withdraw, inFlight: 1 };
}

/** Calls back with how the rows of the feed's kind are read and applied; the call keeps their type. */
export async function withChunkKind<Result>(
  given: Applied,
  use: <Row extends { readonly startMs: number }>(kind: ChunkKind<Row>) => Promise<Result>,
): Promise<Result> {
  const { feed, task } = given;
  const applied = { ...given, cover: await readPeriodCover(given.parts.redis, task.receipt.agreementId, feed) };
  switch (feed.kind) {
    case "contact":
      return await use(recordKind(applied, CONTACT_FACTS, (options) => contactRows(feed, options)));
    case "survey":
      return await use(recordKind(applied, SURVEY_FACTS, (options) => surveyRows(feed, options)));
    case "qa":
      return await use(recordKind(applied, QA_FACTS, (options) => qaRows(feed, options)));
    case "roster":
      return await use(recordKind(applied, ROSTER_FACTS, (options) => rosterRows(feed, options)));
    case "schedule":
      return await use(recordKind(applied, SCHEDULE_FACTS, (options) => scheduleRows(feed, options)));
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return await use(countKind(applied, countRows(feed, { handedInMs: task.receipt.acceptedAtMs })));
  }
}
