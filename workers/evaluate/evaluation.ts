import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { type Verdict, verdictKey, type VerdictWindow } from "../../shared/agreement/verdict.ts";
import { daysBetween, daysOf, evaluateWindow, isInForce, windowsTouched } from "../../shared/agreement/windows.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import { type SignalEvent, subjectKey } from "../../shared/alerts/transition.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { DaySeries, StreamEvent } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { seriesOf } from "../../shared/store/series.ts";
import { readLatestAlerts, verdictSignal } from "./alert-moves.ts";
import type { DaySumsSource } from "./day-sums-source.ts";
import type { FeedState } from "./feed-health.ts";
import { inPieces } from "./in-pieces.ts";

export interface EvaluationRequest {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly nowMs: number;
  /** Local days whose counts changed, by feed. */
  readonly dirty: ReadonlyMap<string, ReadonlySet<string>>;
  /** Local days to look at again although no count changed: gaps, a window that closed, a feed that fell silent. */
  readonly revisit: ReadonlySet<string>;
  readonly feeds: readonly FeedState[];
  readonly source: DaySumsSource;
}

/** What an evaluation wants written and told; data, carried out by the publisher. */
export interface EvaluationOutcome {
  readonly writes: Write[];
  readonly events: StreamEvent[];
  readonly ledger: LedgerEntry[];
  readonly signals: SignalEvent[];
  /** Latest episodes of all subjects that the signals may be about, and of the feeds. */
  readonly latestAlerts: ReadonlyMap<string, Alert>;
}

/** New days at the edges of what had data before: days in between without data get their "no data" verdict. */
export function gapDays(
  range: { from: string; to: string } | null,
  dirtyDays: readonly string[],
): { from: string; to: string; gaps: string[] } | null {
  const sorted = [...dirtyDays, ...(range === null ? [] : [range.from, range.to])].toSorted();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined) return null;
  const gaps = daysBetween(from, to).filter((day) => range === null || day < range.from || day > range.to);
  return { from, to, gaps };
}

function verdictEntry(agreementId: string, verdict: Verdict, nowMs: number): LedgerEntry {
  return {
    v: 1,
    kind: "verdict",
    agreement: agreementId,
    atMs: nowMs,
    actor: "accord",
    target: verdict.targetId,
    version: verdict.version,
    window: `${verdict.window.kind}.${verdict.window.start}`,
    status: verdict.status,
    num: verdict.value?.num ?? 0,
    den: verdict.value?.den ?? 0,
  };
}

/** One target with the windows it must be evaluated in. */
interface Plan {
  readonly compiled: CompiledTarget;
  readonly changedDays: readonly string[];
  readonly windows: readonly VerdictWindow[];
}

function planOf(request: EvaluationRequest, compiled: CompiledTarget): Plan {
  const { stored, nowMs, dirty, revisit } = request;
  const { agreement, zone } = stored;
  const changedDays = [...(dirty.get(compiled.target.feed) ?? [])];
  const days = [...changedDays, ...revisit].filter((day) => isInForce(agreement, day));
  return { compiled, changedDays, windows: windowsTouched(compiled, zone, days, nowMs) };
}

async function evaluateTarget(
  request: EvaluationRequest,
  source: DaySumsSource,
  { compiled, changedDays, windows }: Plan,
): Promise<Verdict[]> {
  const { stored, nowMs } = request;
  const { agreement, zone } = stored;
  const feed = compiled.target.feed;
  const changed = new Set(changedDays);
  const unchanged = [...new Set(windows.flatMap(daysOf))].filter((day) => !changed.has(day));
  await Promise.all([source.renew(compiled, changedDays), source.load(compiled, unchanged)]);
  const state = request.feeds.find((candidate) => candidate.feed.id === feed);
  const silentSinceMs = state?.cadence.silentSinceMs ?? null;
  const receivedMs = state?.health.lastReceiptAtMs ?? nowMs;
  const input = {
    agreement,
    zone,
    compiled,
    intervalMs: stored.intervalMs(feed),
    nowMs,
    receivedMs,
    silentSinceMs,
    sumsOf: (day: string) => source.get(compiled.target.id, day),
  };
  return windows.map((window) => evaluateWindow(input, window));
}

/** Evaluates every window that changed days, closed windows or silent feeds touch, and keeps what differs from the published state. */
export async function evaluateAgreement(request: EvaluationRequest): Promise<EvaluationOutcome> {
  const { stored, source } = request;
  const plans = stored.targets.map((compiled) => planOf(request, compiled));
  // What is published is asked for together with the sums: every round to the store costs as much as an evaluation.
  const [published, latestAlerts, evaluated] = await Promise.all([
    readPublished(request, plans),
    readLatestAlerts(request.redis, stored.agreement.id, subjectsOf(stored, plans)),
    Promise.all(
      plans.map(async (plan) => ({
        ...plan,
        verdicts: await evaluateTarget(request, source, plan),
        series: await seriesToday(request, source, plan.compiled),
      })),
    ),
  ]);
  const outcome: EvaluationOutcome = { writes: [], events: [], ledger: [], signals: [], latestAlerts };
  for (const { compiled, verdicts, series } of evaluated) {
    verdicts.forEach((verdict) => keepChanged(request, { compiled, verdict, published }, outcome));
    if (series === null) continue;
    outcome.writes.push(["HSET", agreementKeys(stored.agreement.id).series, compiled.target.id, JSON.stringify(series)]);
    outcome.events.push({ kind: "day:changed", series });
  }
  outcome.writes.push(...source.writes());
  return outcome;
}

function subjectsOf(stored: StoredAgreement, plans: readonly Plan[]): string[] {
  const windows = plans.flatMap(({ compiled, windows: planned }) =>
    planned
      .filter(({ toMs }) => toMs > stored.sinceMs)
      .map(({ kind, start }) => subjectKey({ kind: "target", targetId: compiled.target.id, window: kind, start })),
  );
  return [...windows, ...stored.feeds.map(({ id }) => subjectKey({ kind: "feed", feed: id }))];
}

/** The published verdicts of the planned windows, by name and as they are stored. */
async function readPublished({ redis, stored }: EvaluationRequest, plans: readonly Plan[]): Promise<Map<string, string | null>> {
  const names = plans.flatMap(({ compiled, windows }) => windows.map((window) => verdictKey(compiled.target.id, window)));
  const { verdicts } = agreementKeys(stored.agreement.id);
  const texts = (await Promise.all(inPieces(names).map(async (some) => await redis.hmget(verdicts, ...some)))).flat();
  return new Map(names.map((name, i) => [name, texts[i] ?? null]));
}

async function seriesToday(request: EvaluationRequest, source: DaySumsSource, compiled: CompiledTarget): Promise<DaySeries | null> {
  const { stored, nowMs, dirty, revisit } = request;
  const feed = compiled.target.feed;
  const today = stored.zone.localDay(nowMs);
  if (dirty.get(feed)?.has(today) !== true && !revisit.has(today)) return null;
  return seriesOf(stored, compiled, today, await source.intervalsOf(feed, today));
}

interface Evaluated {
  readonly compiled: CompiledTarget;
  readonly verdict: Verdict;
  readonly published: ReadonlyMap<string, string | null>;
}

function keepChanged({ stored, nowMs }: EvaluationRequest, { compiled, verdict, published }: Evaluated, outcome: EvaluationOutcome): void {
  const { id } = stored.agreement;
  const name = verdictKey(verdict.targetId, verdict.window);
  if (verdict.window.toMs > stored.sinceMs) outcome.signals.push(verdictSignal(id, compiled, verdict, nowMs));
  const text = JSON.stringify(verdict);
  if (text === published.get(name)) return;
  outcome.writes.push(["HSET", agreementKeys(id).verdicts, name, text]);
  outcome.events.push({ kind: "verdict:changed", verdict });
  if (!verdict.window.open) outcome.ledger.push(verdictEntry(id, verdict, nowMs));
}
