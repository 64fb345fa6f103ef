import type { Redis } from "ioredis";
import type { AlertMove } from "../../shared/alerts/move.ts";
import { subjectKey } from "../../shared/alerts/subject.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StreamEvent } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readActiveAlerts, withFamily } from "../../shared/store/alert-family.ts";
import { readDueSubjects, readStates } from "../../shared/store/alert-states.ts";
import { alertParts } from "../../shared/store/alert-writes.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { type Commit, commit, type Write } from "../../shared/store/commit.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { moveAlerts } from "./alert-moves.ts";
import { type Correction, correctionOf, NO_CORRECTION, readReplaced, type Replaced } from "./correction.ts";
import { readClosedPeriods } from "./closed-periods.ts";
import { DayCountsSource } from "./day-counts-source.ts";
import { daysPassed } from "./days-passed.ts";
import { type Dirty, dirtyDays, marksUnchanged, readDirty } from "./dirty.ts";
import { type EvaluationOutcome, evaluateAgreement } from "./evaluation.ts";
import { type FeedState, feedStates, type FeedStateInput } from "./feed-health.ts";
import { feedSignals, providerSignals } from "./feed-signals.ts";
import { isNew, outageSignals } from "./outage-signals.ts";
import { gapDays } from "./gap-days.ts";
import { readPeopleInput } from "./people-input.ts";
import { plannedDays } from "./planned-days.ts";
import { readLeftovers, retireVerdicts } from "./retire.ts";
import { queuesTouched } from "./spared.ts";
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
  /** Alerts of which something is due. */
  readonly woken: ReadonlySet<string>;
  readonly source: DayCountsSource;
  /** Read while windows are judged: what the receipt replaced, and the alerts that stand. */
  readonly meanwhile: { readonly replaced: Promise<Replaced | null>; readonly activeAlerts: Promise<string[]> };
}

/** Begins to read; whoever needs it meets a failure, and nobody may come to need it. */
function readMeanwhile({ redis, stored, settles }: Publication): Start["meanwhile"] {
  const replaced = settles === null ? Promise.resolve(null) : readReplaced(redis, stored, settles);
  const activeAlerts = readActiveAlerts(redis, stored.agreement.id);
  for (const read of [replaced, activeAlerts]) read.catch(() => undefined);
  return { replaced, activeAlerts };
}

/** How a file could be read: one that nobody could read is refused as a whole. */
function readFile({ agreement: { id } }: StoredAgreement, settles: Receipt | null): Pick<FeedStateInput, "read"> {
  if (settles === null || (settles.state !== "applied" && settles.state !== "rejected")) return {};
  const feed = settles.feedId.slice(id.length + 1);
  const { rejected: rows, rows: of } = settles.counts;
  if (settles.state === "rejected") return { read: { feed, refused: { rows: of, of } } };
  return { read: { feed, refused: rows === 0 ? undefined : { rows, of } } };
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
  const [{ states, away }, found, due] = await Promise.all([
    feedStates(redis, stored, { nowMs, delivered, openReceipts: publication.openReceipts, ...readFile(stored, settles) }),
    readDirty(redis, id),
    readDueSubjects(redis, id, nowMs),
  ]);
  source.recall(found.counts);
  const meanwhile = readMeanwhile(publication);
  const isHalf = mayBeHalfApplied(publication);
  const dirty = isHalf ? { ...found, byFeed: new Map(), queues: new Map(), members: [] } : found;
  const today = stored.zone.localDay(nowMs);
  const range = gapDays(
    dirty.range,
    [...dirty.byFeed.values()].flatMap((days) => [...days]),
  );
  const passed = daysPassed(dirty.evaluated, today);
  const turned = states.some(({ turned: one, feed }) => one && stored.targets.some(({ target }) => target.feed === feed.id));
  const planned = plannedDays(stored.feeds, passed);
  const judged = isHalf || planned.length === 0 ? dirty : { ...dirty, ...dirtyDays([...dirty.members, ...planned]) };
  const revisit = new Set([...publication.revisit, ...passed, ...(range?.gaps ?? []), ...(turned ? [today] : [])]);
  const retires = dirty.stamp !== null && dirty.stamp !== stored.stamp;
  const days = { today, range, passed, planned: isHalf ? planned : [], revisit };
  const woken = new Set(retires ? await readDueSubjects(redis, id, "any") : due);
  return { states, away, dirty: judged, ...days, retires, woken, source, meanwhile };
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
    states: new Map([...a.states, ...b.states]),
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
  const queues = queuesTouched({ stored, nowMs, feeds: states, revisit, retires, forecasts: dirty.marks.forecasts }, dirty);
  const occasion = { stored, nowMs, dirty: dirty.byFeed, queues, revisit, stale: left.stale, lastDay };
  const evaluated = await evaluateAgreement({ ...occasion, redis, feeds: states, source, closedIn, forecastOf });
  return left.gone.length === 0 ? evaluated : together(await retireVerdicts(redis, stored, left, nowMs), evaluated);
}

interface Found {
  readonly evaluated: EvaluationOutcome;
  readonly correction: Correction;
  readonly moves: readonly AlertMove[];
}

function assemble(publication: Publication, begun: Start, { evaluated, correction, moves }: Found): Commit {
  const { stored, nowMs, settles } = publication;
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const moved = alertParts({ agreementId: id, policy: dutyOf(stored), woken: begun.woken }, moves);
  const settled = settles === null ? null : settleParts(settles, nowMs);
  const changedFeeds = begun.states.filter(({ changed }) => changed);
  return {
    agreementId: id,
    operationId: publication.operationId,
    nowMs,
    fence: publication.fence,
    expect: [...marksUnchanged(id, begun.dirty.marks), ...moved.expect],
    writes: [
      ...evaluated.writes,
      ...moved.writes,
      ...changedFeeds.map(({ feed, health }): Write => ["HSET", keys.feeds, feed.id, JSON.stringify(health)]),
      ...begun.states.flatMap(({ writes }) => writes),
      ...correction.writes,
      ...(settled?.writes ?? []),
    ],
    ledger: [...evaluated.ledger, ...moved.ledger, ...(settled?.ledger ?? []), ...correction.ledger],
    events: [
      ...versionTurned(publication, begun),
      ...evaluated.events,
      ...moved.events,
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

async function withAlerts(publication: Publication, begun: Start, evaluated: EvaluationOutcome): Promise<Found> {
  const { redis, stored, nowMs, settles } = publication;
  const { changes, signals } = evaluated;
  const { id } = stored.agreement;
  const { replaced, activeAlerts } = begun.meanwhile;
  const correction =
    settles === null ? NO_CORRECTION : await correctionOf({ redis, stored, receipt: settles, replaced: await replaced, changes, nowMs });
  const outages = outageSignals(stored, begun.away, nowMs);
  const said = [
    ...signals,
    ...feedSignals(stored, begun.states, nowMs),
    ...providerSignals(stored, begun.states, nowMs),
    ...correction.signals,
  ];
  const spokenOf = [...said, ...outages].map(({ subject }) => subjectKey(subject));
  const unread = [...new Set([...spokenOf, ...begun.woken])].filter((key) => !evaluated.states.has(key));
  const further = unread.length === 0 ? new Map() : await readStates(redis, id, unread);
  const states = new Map([...evaluated.states, ...further]);
  const told = [...said, ...outages.filter(isNew(states))];
  const moves = moveAlerts({ agreementId: id, states, signals: told, woken: begun.woken, nowMs, policy: dutyOf(stored) });
  return { evaluated, correction, moves: await withFamily({ redis, stored, nowMs, active: activeAlerts }, moves) };
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
