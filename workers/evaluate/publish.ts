import type { Redis } from "ioredis";
import type { Alert } from "../../shared/alerts/alert.ts";
import { subjectKey } from "../../shared/alerts/transition.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StreamEvent } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { alertWrites } from "../../shared/store/alerts.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { type Commit, commit, type Write } from "../../shared/store/commit.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { moveAlerts, readLatestAlerts } from "./alert-moves.ts";
import { type Correction, correctionOf, NO_CORRECTION } from "./correction.ts";
import { readClosedPeriods } from "./closed-periods.ts";
import { DayCountsSource } from "./day-counts-source.ts";
import { daysPassed } from "./days-passed.ts";
import { daysByFeed, type Dirty, marksUnchanged, readDirty } from "./dirty.ts";
import { type EvaluationOutcome, evaluateAgreement } from "./evaluation.ts";
import { type FeedState, feedStates } from "./feed-health.ts";
import { feedSignals } from "./feed-signals.ts";
import { isNew, outageSignals } from "./outage-signals.ts";
import { gapDays } from "./gap-days.ts";
import { readPeopleInput } from "./people-input.ts";
import { plannedDays } from "./planned-days.ts";
import { readLeftovers, retireVerdicts } from "./retire.ts";
import { settleParts } from "./settle-parts.ts";

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
  /** Said where it is known that no open receipt has been begun with. */
  readonly nothingBegun?: true;
}

const CONFLICT_RETRIES = 5;

/** Whether a receipt may have been applied in part: then dirty days are left alone, nobody sees a verdict of half a file (invariant I10). */
function mayBeHalfApplied({ settles, openReceipts, nothingBegun }: Publication): boolean {
  return settles === null && openReceipts > 0 && nothingBegun !== true;
}

/** What a publication starts from. */
interface Start {
  readonly states: readonly FeedState[];
  readonly away: readonly Range[];
  readonly dirty: Dirty;
  readonly today: string;
  /** First and last day with data, with the days in between that came to lie there. */
  readonly range: ReturnType<typeof gapDays>;
  readonly passed: readonly string[];
  readonly revisit: ReadonlySet<string>;
  /** Days of plans that wait until no receipt is half applied. */
  readonly planned: readonly string[];
  readonly retires: boolean;
  readonly source: DayCountsSource;
}

async function start(publication: Publication): Promise<Start> {
  const { redis, stored, nowMs, settles } = publication;
  const { id } = stored.agreement;
  const delivered =
    settles !== null && settles.state === "applied"
      ? { feed: settles.feedId.slice(id.length + 1), atMs: settles.acceptedAtMs, refused: settles.counts.rejected > 0 }
      : null;
  const source = new DayCountsSource(redis, stored);
  if (delivered !== null) void source.queuesOf(delivered.feed);
  const [{ states, away }, found] = await Promise.all([
    feedStates(redis, stored, { nowMs, delivered, openReceipts: publication.openReceipts }),
    readDirty(redis, id),
  ]);
  source.recall(found.counts);
  const isHalf = mayBeHalfApplied(publication);
  const dirty = isHalf ? { ...found, byFeed: new Map(), members: [] } : found;
  const today = stored.zone.localDay(nowMs);
  const range = gapDays(
    dirty.range,
    [...dirty.byFeed.values()].flatMap((days) => [...days]),
  );
  const passed = daysPassed(dirty.evaluated, today);
  const turned = states.some(({ turned: one, feed }) => one && stored.targets.some(({ target }) => target.feed === feed.id));
  const planned = plannedDays(stored.feeds, passed);
  const judged = isHalf || planned.length === 0 ? dirty : { ...dirty, byFeed: daysByFeed([...dirty.members, ...planned]) };
  const revisit = new Set([...publication.revisit, ...passed, ...(range?.gaps ?? []), ...(turned ? [today] : [])]);
  const retires = dirty.stamp !== null && dirty.stamp !== stored.stamp;
  return { states, away, dirty: judged, today, range, passed, planned: isHalf ? planned : [], revisit, retires, source };
}

/** A version that begins today changes what the screen shows of the agreement. */
function versionTurned({ stored }: Publication, { dirty, today, passed }: Start): StreamEvent[] {
  if (dirty.evaluated === null || passed.length === 0) return [];
  const [before, now] = [stored.history.contextOn(dirty.evaluated), stored.history.contextOn(today)];
  if (now === undefined || now === before) return [];
  return [{ kind: "agreement:changed", version: now.agreement.version }];
}

function together(a: EvaluationOutcome, b: EvaluationOutcome): EvaluationOutcome {
  return {
    writes: [...a.writes, ...b.writes],
    events: [...a.events, ...b.events],
    ledger: [...a.ledger, ...b.ledger],
    signals: [...a.signals, ...b.signals],
    changes: [...a.changes, ...b.changes],
    latestAlerts: new Map([...a.latestAlerts, ...b.latestAlerts]),
  };
}

async function evaluate(publication: Publication, begun: Start): Promise<EvaluationOutcome> {
  const { redis, stored, nowMs } = publication;
  const { dirty, states, range, revisit, retires, source } = begun;
  const { exclusions, forecastOf } = await readPeopleInput(redis, stored.agreement.id, dirty.marks, nowMs);
  source.leaveOut(exclusions);
  const lastDay = range?.to ?? dirty.range?.to ?? null;
  const closedIn = await readClosedPeriods(redis, stored.agreement.id, dirty.marks.closings);
  const left = retires ? await readLeftovers({ redis, stored, nowMs, closedIn }) : { gone: [], stale: [] };
  const occasion = { stored, nowMs, dirty: dirty.byFeed, revisit, stale: left.stale, lastDay };
  const evaluated = await evaluateAgreement({ ...occasion, redis, feeds: states, source, closedIn, forecastOf });
  return left.gone.length === 0 ? evaluated : together(await retireVerdicts(redis, stored, left, nowMs), evaluated);
}

interface Found {
  readonly evaluated: EvaluationOutcome;
  readonly correction: Correction;
  readonly alerts: readonly Alert[];
}

function assemble(publication: Publication, begun: Start, { evaluated, correction, alerts }: Found): Commit {
  const { stored, nowMs, settles } = publication;
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const moved = alerts.map((alert) => alertWrites(alert));
  const settled = settles === null ? null : settleParts(settles, nowMs);
  const changedFeeds = begun.states.filter(({ changed }) => changed);
  return {
    agreementId: id,
    operationId: publication.operationId,
    nowMs,
    fence: publication.fence,
    expect: [...marksUnchanged(id, begun.dirty.marks), ...moved.flatMap(({ expect }) => expect)],
    writes: [
      ...evaluated.writes,
      ...moved.flatMap(({ writes }) => writes),
      ...changedFeeds.map(({ feed, health }): Write => ["HSET", keys.feeds, feed.id, JSON.stringify(health)]),
      ...begun.states.flatMap(({ writes }) => writes),
      ...correction.writes,
      ...(settled?.writes ?? []),
    ],
    ledger: [...evaluated.ledger, ...moved.flatMap(({ ledger }) => ledger), ...(settled?.ledger ?? []), ...correction.ledger],
    events: [
      ...versionTurned(publication, begun),
      ...evaluated.events,
      ...alerts.map((alert) => ({ kind: "alert:changed" as const, alert })),
      ...changedFeeds.map(({ health }) => ({ kind: "feed:changed" as const, feed: health })),
      ...(settled?.events ?? []),
      ...correction.events,
    ],
  };
}

function clockWrites({ stored }: Publication, { dirty, range, today, planned }: Start): Write[] {
  const keys = agreementKeys(stored.agreement.id);
  const span = range === null ? [] : ["from", range.from, "to", range.to];
  return [
    ["HSET", keys.clock, ...span, "evaluated", today, "stamp", stored.stamp],
    ...inPieces(dirty.members).map((some): Write => ["SREM", keys.dirty, ...some]),
    ...inPieces(planned).map((some): Write => ["SADD", keys.dirty, ...some]),
  ];
}

async function withAlerts(publication: Publication, { states, away }: Start, evaluated: EvaluationOutcome): Promise<Found> {
  const { redis, stored, nowMs, settles } = publication;
  const { changes, signals, latestAlerts } = evaluated;
  const correction = settles === null ? NO_CORRECTION : await correctionOf({ redis, stored, receipt: settles, changes, nowMs });
  const outages = outageSignals(stored, away, nowMs);
  const subjects = [...correction.signals, ...outages].map(({ subject }) => subjectKey(subject));
  const latest = subjects.length === 0 ? new Map<string, Alert>() : await readLatestAlerts(redis, stored.agreement.id, subjects);
  const told = [...signals, ...feedSignals(stored, states, nowMs), ...correction.signals, ...outages.filter(isNew(latest))];
  return { evaluated, correction, alerts: moveAlerts(new Map([...latestAlerts, ...latest]), told) };
}

async function attempt(publication: Publication): Promise<"done" | "conflict"> {
  const { redis, settles } = publication;
  const begun = await start(publication);
  // A version in force whose days are not counted yet would be judged without them; the receipt's end publishes both.
  if (mayBeHalfApplied(publication) && begun.retires) return "done";
  const evaluated = await evaluate(publication, begun);
  const found = await withAlerts(publication, begun, evaluated);
  const whole = assemble(publication, begun, found);
  const asked = publication.revisit.size > 0 || begun.passed.length > 0 || begun.retires;
  if (settles === null && whole.writes.length === 0 && begun.dirty.members.length === 0 && !asked) return "done";
  const result = await commit(redis, { ...whole, writes: [...whole.writes, ...clockWrites(publication, begun)] });
  if (result.kind === "fenced") throw new FencedError();
  // What a repeated step has written may be another's counts; the mark that it left tells.
  if (result.kind === "done") begun.source.written();
  return result.kind === "conflict" ? "conflict" : "done";
}

/**
 * Evaluates and publishes in one atomic step: verdicts, outlooks, alerts, feed health, the receipt's end, ledger and
 * stream. Nobody ever reads a part of it. A person who acts in between makes the step conflict and it is done anew.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function publish(publication: Publication): Promise<void> {
  for (let retry = 0; retry < CONFLICT_RETRIES; retry++) {
    if ((await attempt(publication)) === "done") return;
  }
  throw new Error(`agreement ${publication.stored.agreement.id}: people kept changing it during publication`);
}
