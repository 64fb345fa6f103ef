import type { Redis } from "ioredis";
import { beatsOf, type Delivery } from "../../shared/agreement/feed-beats.ts";
import { type Cadence, cadenceOf } from "../../shared/agreement/feed-cadence.ts";
import { feedCalendar } from "../../shared/agreement/feed-calendar.ts";
import { scheduleWords } from "../../shared/agreement/schedule-words.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { FeedHealth } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { deliveryWrites, readDeliveries } from "../../shared/store/deliveries.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { listPulls } from "../../shared/store/pulls.ts";
import { readAway } from "../../shared/store/uptime.ts";
import { waitingDeliveries } from "./waiting-deliveries.ts";

export interface FeedState {
  readonly feed: FeedDefinition;
  readonly cadence: Cadence;
  readonly health: FeedHealth;
  /** When the latest data had come that published verdicts know of. */
  readonly receivedBeforeMs: number | null;
  /** Whether the health differs from the one last published. */
  readonly changed: boolean;
  /** Whether it fell silent or came back, which changes the verdicts that depend on it. */
  readonly turned: boolean;
  readonly writes: readonly Write[];
  /** Whether its last file could be read. `mended`: this one can, after one that could not. */
  readonly reading: "fails" | "works" | "mended";
}

/** The feeds of an agreement, and when Accord itself was not there to hear them. */
export interface FeedStates {
  readonly states: readonly FeedState[];
  readonly away: readonly Range[];
}

export interface FeedStateInput {
  readonly nowMs: number;
  /** Feed that just delivered, when its file was accepted, and whether rows of it were refused. */
  readonly delivered: (Delivery & { readonly feed: string }) | null;
  readonly openReceipts: number;
  /** A file of a feed that has just been read, or refused as a whole. */
  readonly read?: { readonly feed: string; readonly refused: FeedHealth["refused"] };
}

/** From this share of refused rows on a feed fails, rather than having a bad row here and there. */
const FAILING_SHARE = 0.2;

function fails(refused: FeedHealth["refused"]): boolean {
  return refused !== undefined && (refused.of === 0 || refused.rows / refused.of >= FAILING_SHARE);
}

/** What is known of its last file: said only if something of it was refused. */
function refusedOf({ input: { read }, published }: Known, feed: FeedDefinition): FeedHealth["refused"] {
  return read?.feed === feed.id ? read.refused : published.get(feed.id)?.health.refused;
}

interface Known {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly input: FeedStateInput;
  readonly published: ReadonlyMap<string, Published>;
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
  readonly troubles: ReadonlyMap<string, string>;
  readonly away: readonly Range[];
  /** Files that were accepted and wait to be read: their feeds are not silent. */
  readonly waiting: ReadonlyMap<string, number>;
}

interface Published {
  readonly health: FeedHealth;
  /** As it is stored. */
  readonly text: string;
}

async function readPublished(redis: Redis, agreementId: string): Promise<Map<string, Published>> {
  const published = await redis.hgetall(agreementKeys(agreementId).feeds);
  return new Map(Object.entries(published).map(([feed, text]) => [feed, { text, health: FeedHealth.parse(JSON.parse(text)) }]));
}

/** Why feeds cannot be fetched, by feed: attempts that go on failing. */
async function readTroubles(redis: Redis, agreementId: string): Promise<Map<string, string>> {
  const failing = (await listPulls(redis, agreementId)).filter(({ state }) => state.state === "failing");
  return new Map(failing.map(({ feedId, state }) => [feedId.slice(agreementId.length + 1), state.runs[0]?.message ?? ""]));
}

function cadenceIn({ stored, input, published, away, waiting }: Known, feed: FeedDefinition): { cadence: Cadence; lastMs: number | null } {
  const { delivered, nowMs } = input;
  const known = published.get(feed.id)?.health.lastReceiptAtMs ?? null;
  const lastMs = delivered?.feed === feed.id ? Math.max(known ?? 0, delivered.atMs) : known;
  const waits = waiting.get(feed.id);
  const lastDataMs = waits === undefined ? lastMs : Math.max(lastMs ?? 0, waits);
  return { cadence: cadenceOf({ feed, calendar: feedCalendar(stored, feed), lastDataMs, nowMs, away }), lastMs };
}

function isDue(known: Known, feed: FeedDefinition): boolean {
  const { delivered, nowMs } = known.input;
  const beatsAtMs = known.published.get(feed.id)?.health.beatsAtMs ?? null;
  return delivered?.feed === feed.id || (beatsAtMs !== null && nowMs >= beatsAtMs);
}

/** Heartbeats are taken anew when the feed has delivered or another due time is over. */
function beatsIn(known: Known, feed: FeedDefinition): { beats: string; beatsAtMs: number | null; writes: Write[] } {
  const { stored, input, published, away } = known;
  const before = published.get(feed.id)?.health;
  if (!isDue(known, feed)) return { beats: before?.beats ?? "", beatsAtMs: before?.beatsAtMs ?? null, writes: [] };
  const old = known.deliveries.get(feed.id) ?? [];
  const { delivered } = input;
  const added = delivered?.feed === feed.id ? deliveryWrites(stored.agreement.id, feed, old, delivered) : null;
  const deliveries = added?.deliveries ?? old;
  const { beats, nextAtMs } = beatsOf({ feed, calendar: feedCalendar(stored, feed), deliveries, nowMs: input.nowMs, away });
  return { beats, beatsAtMs: nextAtMs, writes: added === null ? [] : [added.write] };
}

function expectedSince({ agreement, zone, sinceMs }: StoredAgreement, feed: FeedDefinition): number | null {
  if (feed.expected === undefined) return null;
  const { since } = feed.expected;
  return since === undefined ? Math.max(sinceMs, zone.dayRange(agreement.effectiveFrom).fromMs) : zone.dayRange(since).fromMs;
}

function stateOf(known: Known, feed: FeedDefinition): FeedState {
  const { stored, input, published, troubles } = known;
  const { cadence, lastMs } = cadenceIn(known, feed);
  const { beats, beatsAtMs, writes } = beatsIn(known, feed);
  const before = published.get(feed.id);
  const refused = refusedOf(known, feed);
  const health: FeedHealth = {
    feedId: `${stored.agreement.id}.${feed.id}`,
    feed: feed.id,
    name: feed.name,
    kind: feed.kind,
    state: cadence.state,
    lastReceiptAtMs: lastMs,
    dueAtMs: cadence.dueAtMs,
    everyMs: cadence.everyMs,
    openReceipts: input.openReceipts,
    schedule: scheduleWords(feed),
    expectedSinceMs: lastMs === null ? expectedSince(stored, feed) : null,
    graceEndsMs: cadence.graceEndsMs,
    trouble: troubles.get(feed.id) ?? null,
    beats,
    beatsAtMs,
    ...(refused === undefined ? {} : { refused }),
  };
  return {
    feed,
    cadence,
    health,
    receivedBeforeMs: before?.health.lastReceiptAtMs ?? null,
    changed: JSON.stringify(health) !== before?.text,
    turned: before !== undefined && (before.health.state === "silent") !== (health.state === "silent"),
    writes,
    reading: fails(refused) ? "fails" : fails(before?.health.refused) ? "mended" : "works",
  };
}

/** The health of every feed of an agreement at an instant, against what the screen shows now. */
export async function feedStates(redis: Redis, stored: StoredAgreement, input: FeedStateInput): Promise<FeedStates> {
  const { id } = stored.agreement;
  const own = input.delivered === null ? [] : [input.delivered.feed];
  const [published, away, troubles, delivered] = await Promise.all([
    readPublished(redis, id),
    readAway(redis, input.nowMs),
    readTroubles(redis, id),
    readDeliveries(redis, id, own),
  ]);
  const known: Known = { redis, stored, input, published, away, troubles, deliveries: delivered, waiting: new Map() };
  const others = stored.feeds.filter((feed) => !own.includes(feed.id) && isDue(known, feed)).map((feed) => feed.id);
  const overdue = stored.feeds.some((feed) => ["late", "silent"].includes(cadenceIn(known, feed).cadence.state));
  const [more, waiting] = await Promise.all([
    readDeliveries(redis, id, others),
    overdue && input.openReceipts > 0 ? waitingDeliveries(redis, id) : new Map<string, number>(),
  ]);
  const whole = { ...known, deliveries: new Map([...delivered, ...more]), waiting };
  return { states: stored.feeds.map((feed) => stateOf(whole, feed)), away };
}
