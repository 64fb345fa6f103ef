import type { Redis } from "ioredis";
import { CONTACT_FACTS } from "../facts/contact-fact.ts";
import type { FactCodec } from "../facts/fact-codec.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import { QA_FACTS } from "../facts/qa-fact.ts";
import { ROSTER_FACTS } from "../facts/roster-fact.ts";
import { SCHEDULE_FACTS } from "../facts/schedule-fact.ts";
import { SURVEY_FACTS } from "../facts/survey-fact.ts";
import { DAY_MS, utcStartOf } from "../calendar/day.ts";
import { createLineWriter } from "../feeds/csv-out.ts";
import {
  CONTACT_SHAPE,
  countShape,
  type FactShape,
  QA_SHAPE,
  RECORD_COLUMNS,
  rosterShape,
  SCHEDULE_SHAPE,
  SURVEY_SHAPE,
} from "../feeds/csv-out-facts.ts";
import { createTimeWriter, type TimeWriter } from "../feeds/csv-out-time.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { StoredAgreement } from "./agreements.ts";
import { readIntervals } from "./intervals.ts";
import { agreementKeys } from "./keys.ts";
import { readNamedFacts } from "./record-facts.ts";

/** An export asks Redis for so many days of intervals at a time. */
const DAYS_AT_ONCE = 14;
/** Plans reach 400 days ahead of the day they are handed in. */
const PLANNED_DAYS = 402;
const MARGIN_DAYS = 2;

const line = createLineWriter(",");

interface FeedExport {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly feed: FeedDefinition;
  readonly nowMs: number;
}

interface Place {
  readonly revision: number;
  readonly startMs: number;
  readonly queue: string;
}

async function* records<Row, Fact extends Place>(
  { redis, stored, feed }: FeedExport,
  { unpack }: FactCodec<Row, Fact>,
  { columns, cellsOf }: FactShape<Fact>,
): AsyncGenerator<string> {
  const time = createTimeWriter(feed.timeZone);
  const lineOf = (name: Uint8Array, bytes: Uint8Array): string => {
    const fact = unpack(bytes);
    return line([name.toHex(), String(fact.revision), time.instant(fact.startMs), fact.queue, ...cellsOf(fact, time)]);
  };
  yield line([...RECORD_COLUMNS, ...columns]);
  for await (const some of readNamedFacts(redis, stored.agreement.id, feed.id)) {
    if (some.length > 0) yield some.map(({ name, bytes }) => lineOf(name, bytes)).join("");
  }
}

/** Days on which a feed may have intervals; none before the first was evaluated. */
async function daysOf({ redis, stored, feed, nowMs }: FeedExport): Promise<{ fromMs: number; toMs: number }> {
  const [from, to] = await redis.hmget(agreementKeys(stored.agreement.id).clock, "from", "to");
  const planned = feed.kind === "forecast" || feed.kind === "schedule";
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const last = Math.max(typeof to === "string" ? utcStartOf(to) : 0, today) + (planned ? PLANNED_DAYS : MARGIN_DAYS) * DAY_MS;
  const first = typeof from === "string" ? Math.min(utcStartOf(from), today) : today;
  return { fromMs: first - MARGIN_DAYS * DAY_MS, toMs: last };
}

async function* intervalsOf(exported: FeedExport): AsyncGenerator<readonly QueueIntervals[]> {
  const { redis, stored, feed } = exported;
  const { fromMs, toMs } = await daysOf(exported);
  const query = { agreementId: stored.agreement.id, feed: feed.id, layout: stored.layout(feed.id) };
  for (let at = fromMs; at < toMs; at += DAYS_AT_ONCE * DAY_MS)
    yield await readIntervals(redis, { ...query, fromMs: at, toMs: Math.min(toMs, at + DAYS_AT_ONCE * DAY_MS) });
}

/** The intervals of some days by time, then by queue. */
function inOrder(queues: readonly QueueIntervals[]) {
  const all = queues.flatMap(({ queue, intervals }) => intervals.map((interval) => ({ queue, ...interval })));
  return all.toSorted((a, b) => a.startMs - b.startMs || (a.queue < b.queue ? -1 : 1));
}

async function* counts(exported: FeedExport): AsyncGenerator<string> {
  const { feed, stored } = exported;
  if (!("counters" in feed)) return;
  const time = createTimeWriter(feed.timeZone);
  const { columns, cellsOf } = countShape(feed, stored.layout(feed.id));
  yield line(columns);
  for await (const queues of intervalsOf(exported)) {
    const text = inOrder(queues).map((known) => line(cellsOf(known, time)));
    if (text.length > 0) yield text.join("");
  }
}

/**
 * Everything that is known of a feed, one fact a row, in the columns that `exportDefinition` reads. Names of records and
 * of people are not stored, so the file has hashes and pseudonyms in their place.
 */
export function exportFacts(exported: FeedExport): AsyncGenerator<string> {
  const { feed } = exported;
  switch (feed.kind) {
    case "contact":
      return records(exported, CONTACT_FACTS, CONTACT_SHAPE);
    case "survey":
      return records(exported, SURVEY_FACTS, SURVEY_SHAPE);
    case "qa":
      return records(exported, QA_FACTS, QA_SHAPE);
    case "roster":
      return records(exported, ROSTER_FACTS, rosterShape(feed));
    case "schedule":
      return records(exported, SCHEDULE_FACTS, SCHEDULE_SHAPE);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return counts(exported);
  }
}

function counterCells(queue: string, startMs: number, counters: readonly (number | null)[], time: TimeWriter): string[] {
  return [time.instant(startMs), queue, ...counters.map((count) => (count === null ? "" : String(count)))];
}

/** The counters that verdicts are made of, one interval a row, in the agreement's zone. */
export async function* exportCounters(exported: FeedExport): AsyncGenerator<string> {
  const { feed, stored } = exported;
  const time = createTimeWriter(stored.agreement.timeZone);
  yield line(["start", "queue", ...stored.layout(feed.id).counters]);
  for await (const queues of intervalsOf(exported)) {
    const text = inOrder(queues).map(({ queue, startMs, counters }) => line(counterCells(queue, startMs, counters, time)));
    if (text.length > 0) yield text.join("");
  }
}
