import type { Redis } from "ioredis";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { Zone } from "../../shared/calendar/zone.ts";
import type { SignalEvent } from "../../shared/alerts/transition.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { alertWrites } from "../../shared/store/alerts.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { type Commit, commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { moveAlerts } from "./alert-moves.ts";
import { daysPassed } from "./days-passed.ts";
import { type EvaluationOutcome, evaluateAgreement, gapDays } from "./evaluation.ts";
import { type FeedState, feedStates } from "./feed-health.ts";
import { DaySumsSource } from "./day-sums-source.ts";
import { inPieces } from "./in-pieces.ts";

export interface Publication {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly fence: string;
  readonly nowMs: number;
  /** Names the occasion; the same occasion published again has no second effect. */
  readonly operationId: string;
  /** The receipt that ends with this publication, in its final state. */
  readonly settles: Receipt | null;
  /** Local days to evaluate again because time passed. */
  readonly revisit: ReadonlySet<string>;
  readonly openReceipts: number;
}

const CONFLICT_RETRIES = 5;

interface Dirty {
  readonly byFeed: Map<string, Set<string>>;
  readonly members: string[];
  readonly range: { from: string; to: string } | null;
  /** Local day of the last evaluation. */
  readonly evaluated: string | null;
}

async function readDirty(redis: Redis, agreementId: string): Promise<Dirty> {
  const keys = agreementKeys(agreementId);
  const [members, clock] = await Promise.all([redis.smembers(keys.dirty), redis.hmget(keys.clock, "from", "to", "evaluated")]);
  const byFeed = new Map<string, Set<string>>();
  for (const member of members) {
    const [feed = "", day = ""] = member.split("|");
    const days = byFeed.get(feed) ?? new Set<string>();
    byFeed.set(feed, days.add(day));
  }
  const [from = null, to = null, evaluated = null] = clock;
  return { byFeed, members, range: from === null || to === null ? null : { from, to }, evaluated };
}

/** Days of a receipt that is still being applied are left alone: nobody sees a verdict of half a file (invariant I10). */
function settledOnly(publication: Publication, dirty: Dirty): Dirty {
  const unfinished = publication.settles === null && publication.openReceipts > 0;
  return unfinished ? { ...dirty, byFeed: new Map(), members: [] } : dirty;
}

/** A wall clock reading with its city, e.g. "19:56 Lisbon". */
function clockIn(zone: Zone, ms: number): string {
  const minutes = Math.floor(zone.clockAt(ms) / 60_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  const city = zone.timeZone.slice(zone.timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${city}`;
}

function feedSignals({ agreement, zone }: StoredAgreement, states: readonly FeedState[], nowMs: number): SignalEvent[] {
  const agreementId = agreement.id;
  return (
    states
      // At opening time a feed that fell silent the day before is not due yet; that is no evidence that it delivers again.
      .filter(({ cadence }) => cadence.state === "silent" || (cadence.state === "fresh" && cadence.delivers))
      .map(({ feed, cadence, health }) => {
        const silent = cadence.state === "silent";
        const headline = silent
          ? `Feed "${feed.name}" is silent: last data ${clockIn(zone, health.lastReceiptAtMs ?? nowMs)}`
          : `Feed "${feed.name}" delivers again`;
        return { agreementId, subject: { kind: "feed", feed: feed.id }, signal: silent ? "critical" : "clear", headline, nowMs };
      })
  );
}

function settleParts(receipt: Receipt, nowMs: number): Pick<Commit, "writes" | "events"> & { ledger: LedgerEntry } {
  const keys = agreementKeys(receipt.agreementId);
  const { rows, applied, restated, rejected, duplicate } = receipt.counts;
  const state = receipt.state === "rejected" || receipt.state === "superseded" ? receipt.state : "applied";
  return {
    writes: [
      ["HSET", keys.receipts, receipt.number, JSON.stringify(receipt)],
      ["ZREM", keys.open, receipt.number],
      ["DEL", keys.chunks(receipt.number)],
      ["HDEL", keys.attempts, receipt.number],
    ],
    events: [{ kind: "receipt:changed", receipt }],
    ledger: {
      v: 1,
      kind: "receipt-settled",
      agreement: receipt.agreementId,
      atMs: nowMs,
      actor: "accord",
      receipt: receipt.number,
      state,
      rows,
      applied,
      restated,
      rejected,
      duplicate,
    },
  };
}

function assemble(publication: Publication, evaluated: EvaluationOutcome, alerts: readonly Alert[], states: readonly FeedState[]): Commit {
  const { stored, nowMs, settles } = publication;
  const keys = agreementKeys(stored.agreement.id);
  const moved = alerts.map((alert) => alertWrites(alert));
  const settled = settles === null ? null : settleParts(settles, nowMs);
  const changedFeeds = states.filter(({ changed }) => changed);
  return {
    agreementId: stored.agreement.id,
    operationId: publication.operationId,
    nowMs,
    fence: publication.fence,
    expect: moved.flatMap(({ expect }) => expect),
    writes: [
      ...evaluated.writes,
      ...moved.flatMap(({ writes }) => writes),
      ...changedFeeds.map(({ feed, health }): Commit["writes"][number] => ["HSET", keys.feeds, feed.id, JSON.stringify(health)]),
      ...(settled?.writes ?? []),
    ],
    ledger: [...evaluated.ledger, ...moved.flatMap(({ ledger }) => ledger), ...(settled === null ? [] : [settled.ledger])],
    events: [
      ...evaluated.events,
      ...alerts.map((alert) => ({ kind: "alert:changed" as const, alert })),
      ...changedFeeds.map(({ health }) => ({ kind: "feed:changed" as const, feed: health })),
      ...(settled?.events ?? []),
    ],
  };
}

async function attempt(publication: Publication): Promise<"done" | "conflict"> {
  const { redis, stored, nowMs, settles } = publication;
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const delivered =
    settles !== null && settles.state === "applied" ? { feed: settles.feedId.slice(id.length + 1), atMs: settles.acceptedAtMs } : null;
  const source = new DaySumsSource(redis, stored);
  if (delivered !== null) void source.queuesOf(delivered.feed);
  const [states, found] = await Promise.all([
    feedStates(redis, stored, { nowMs, delivered, openReceipts: publication.openReceipts }),
    readDirty(redis, id),
  ]);
  const dirty = settledOnly(publication, found);
  const today = stored.zone.localDay(nowMs);
  const range = gapDays(
    dirty.range,
    [...dirty.byFeed.values()].flatMap((days) => [...days]),
  );
  const passed = daysPassed(dirty.evaluated, today);
  const revisit = new Set([...publication.revisit, ...passed, ...(range?.gaps ?? [])]);
  for (const { turned, feed } of states) {
    if (turned && stored.targets.some(({ target }) => target.feed === feed.id)) revisit.add(today);
  }
  const evaluated = await evaluateAgreement({ redis, stored, nowMs, dirty: dirty.byFeed, revisit, feeds: states, source });
  const alerts = moveAlerts(evaluated.latestAlerts, [...evaluated.signals, ...feedSignals(stored, states, nowMs)]);
  const whole = assemble(publication, evaluated, alerts, states);
  const clock: Commit["writes"] = [
    ["HSET", keys.clock, ...(range === null ? [] : ["from", range.from, "to", range.to]), "evaluated", today],
  ];
  const cleared: Commit["writes"] = inPieces(dirty.members).map((some) => ["SREM", keys.dirty, ...some]);
  const idle =
    settles === null && whole.writes.length === 0 && dirty.members.length === 0 && publication.revisit.size === 0 && passed.length === 0;
  if (idle) return "done";
  const result = await commit(redis, { ...whole, writes: [...whole.writes, ...clock, ...cleared] });
  if (result.kind === "fenced") throw new FencedError();
  return result.kind === "conflict" ? "conflict" : "done";
}

/**
 * Evaluates and publishes in one atomic step: verdicts, alerts, feed health, the receipt's end, ledger and stream.
 * Nobody ever reads a part of it. A person who acknowledges in between makes the step conflict and it is done anew.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function publish(publication: Publication): Promise<void> {
  for (let retry = 0; retry < CONFLICT_RETRIES; retry++) {
    if ((await attempt(publication)) === "done") return;
  }
  throw new Error(`agreement ${publication.stored.agreement.id}: alerts kept changing during publication`);
}
