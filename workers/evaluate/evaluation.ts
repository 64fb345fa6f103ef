import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import { daysBetween, daysOf, evaluateWindow, isInForce, windowsTouched } from "../../shared/agreement/windows.ts";
import type { SignalEvent } from "../../shared/alerts/transition.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { DaySeries, StreamEvent } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { seriesOf } from "../../shared/store/series.ts";
import { verdictSignal } from "./alert-moves.ts";
import { DaySumsSource } from "./day-sums-source.ts";
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
}

/** What an evaluation wants written and told; data, carried out by the publisher. */
export interface EvaluationOutcome {
  readonly writes: Write[];
  readonly events: StreamEvent[];
  readonly ledger: LedgerEntry[];
  readonly signals: SignalEvent[];
}

/** New days at the edges of what had data before: days in between without data get their "no data" verdict. */
export function gapDays(range: { from: string; to: string } | null, dirtyDays: readonly string[]): { from: string; to: string; gaps: string[] } | null {
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

async function evaluateTarget(request: EvaluationRequest, source: DaySumsSource, compiled: CompiledTarget): Promise<Verdict[]> {
  const { stored, nowMs, dirty, revisit } = request;
  const { agreement, zone } = stored;
  const feed = compiled.target.feed;
  const changedDays = [...(dirty.get(feed) ?? [])];
  await source.renew(compiled, changedDays);
  const windows = windowsTouched(compiled, zone, [...changedDays, ...revisit].filter((day) => isInForce(agreement, day)), nowMs);
  await source.load(compiled, [...new Set(windows.flatMap(daysOf))]);
  const state = request.feeds.find((candidate) => candidate.feed.id === feed);
  const silentSinceMs = state?.cadence.silentSinceMs ?? null;
  const receivedMs = state?.health.lastReceiptAtMs ?? nowMs;
  const input = { agreement, zone, compiled, intervalMs: stored.intervalMs(feed), nowMs, receivedMs, silentSinceMs, sumsOf: (day: string) => source.get(compiled.target.id, day) };
  return windows.map((window) => evaluateWindow(input, window));
}

/** Evaluates every window that changed days, closed windows or silent feeds touch, and keeps what differs from the published state. */
export async function evaluateAgreement(request: EvaluationRequest): Promise<EvaluationOutcome> {
  const { stored } = request;
  const source = new DaySumsSource(request.redis, stored);
  const outcome: EvaluationOutcome = { writes: [], events: [], ledger: [], signals: [] };
  const evaluated = await Promise.all(
    stored.targets.map(async (compiled) => ({ compiled, verdicts: await evaluateTarget(request, source, compiled), series: await seriesToday(request, source, compiled) })),
  );
  await keepChanged(request, evaluated, outcome);
  for (const { compiled, series } of evaluated) {
    if (series === null) continue;
    outcome.writes.push(["HSET", agreementKeys(stored.agreement.id).series, compiled.target.id, JSON.stringify(series)]);
    outcome.events.push({ kind: "day:changed", series });
  }
  outcome.writes.push(...source.writes());
  return outcome;
}

async function seriesToday(request: EvaluationRequest, source: DaySumsSource, compiled: CompiledTarget): Promise<DaySeries | null> {
  const { stored, nowMs, dirty, revisit } = request;
  const feed = compiled.target.feed;
  const today = stored.zone.localDay(nowMs);
  if (dirty.get(feed)?.has(today) !== true && !revisit.has(today)) return null;
  return seriesOf(stored, compiled, today, await source.intervalsOf(feed, today));
}

async function keepChanged(request: EvaluationRequest, evaluated: readonly { compiled: CompiledTarget; verdicts: readonly Verdict[] }[], outcome: EvaluationOutcome): Promise<void> {
  const { redis, stored, nowMs } = request;
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const all = evaluated.flatMap(({ compiled, verdicts }) => verdicts.map((verdict) => ({ compiled, verdict, name: verdictKey(verdict.targetId, verdict.window) })));
  if (all.length === 0) return;
  const names = inPieces(all.map(({ name }) => name));
  const published = (await Promise.all(names.map(async (some) => await redis.hmget(keys.verdicts, ...some)))).flat();
  all.forEach(({ compiled, verdict, name }, i) => {
    if (verdict.window.toMs > stored.sinceMs) outcome.signals.push(verdictSignal(id, compiled, verdict, nowMs));
    const text = JSON.stringify(verdict);
    if (text === published[i]) return;
    outcome.writes.push(["HSET", keys.verdicts, name, text]);
    outcome.events.push({ kind: "verdict:changed", verdict });
    if (!verdict.window.open) outcome.ledger.push(verdictEntry(id, verdict, nowMs));
  });
}
