import { type Day, daysBetween } from "../calendar/day.ts";
import type { FeedFacts } from "../facts/fact-table.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import { type DayCounts, isBlank } from "./day-sums.ts";
import { evaluateWindow } from "./evaluate-window.ts";
import type { Exclusion } from "./exclusion.ts";
import type { AgreementHistory } from "./history.ts";
import { sumTargetDay } from "./target-day.ts";
import { type Verdict, verdictKey, type VerdictWindow } from "./verdict.ts";
import { windowsTouched } from "./windows.ts";

export interface EvaluationOptions {
  readonly nowMs: number;
  readonly exclusions: readonly Exclusion[];
  /** Locked forecast by local day; empty where none was locked. */
  readonly forecast: ReadonlyMap<Day, number>;
}

/** Some milliseconds of work. */
const WINDOWS_PER_STEP = 10;
const DAYS_PER_STEP = 31;

/** First and last local day of which any feed spoke; `null` when none did. */
function dataRange({ zone }: AgreementContext, feeds: ReadonlyMap<string, FeedFacts>): { from: Day; to: Day } | null {
  const spans = [...feeds.values()].flatMap(({ span }) => span ?? []);
  if (spans.length === 0) return null;
  const [firstMs, lastMs] = [Math.min(...spans.map((span) => span.firstMs)), Math.max(...spans.map((span) => span.lastMs))];
  return { from: zone.localDay(firstMs), to: zone.localDay(lastMs) };
}

/** Splits a feed's intervals by local day once, so that a day's sums look at that day only; a pause after each queue. */
function* byDay(context: AgreementContext, queues: readonly QueueIntervals[]): Generator<Verdict[], Map<Day, QueueIntervals[]>> {
  const days = new Map<Day, QueueIntervals[]>();
  for (const { queue, intervals } of queues) {
    const own = Map.groupBy(intervals, ({ startMs }) => context.zone.localDay(startMs));
    for (const [day, some] of own) days.set(day, [...(days.get(day) ?? []), { queue, intervals: some }]);
    yield [];
  }
  return days;
}

/** The counts of every day on which a target has intervals. */
function countAll(
  context: AgreementContext,
  compiled: CompiledTarget,
  days: ReadonlyMap<Day, readonly QueueIntervals[]>,
  exclusions: readonly Exclusion[],
): Map<Day, DayCounts> {
  const counts = new Map<Day, DayCounts>();
  for (const [day, queues] of days) {
    const found = sumTargetDay(context, compiled, day, { queues, exclusions });
    if (!isBlank(found)) counts.set(day, found);
  }
  return counts;
}

/** The windows of all days, found some weeks at a time: of a long rolling kind each day lies in scores of them. */
function* allWindows(
  context: AgreementContext,
  compiled: CompiledTarget,
  days: readonly Day[],
  nowMs: number,
): Generator<Verdict[], VerdictWindow[]> {
  const found = new Map<string, VerdictWindow>();
  for (let i = 0; i < days.length; i += DAYS_PER_STEP) {
    for (const window of windowsTouched(context, compiled, days.slice(i, i + DAYS_PER_STEP), nowMs))
      found.set(verdictKey(compiled.target.id, window), window);
    yield [];
  }
  return [...found.values()].toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

function* evaluateVersion(
  context: AgreementContext,
  feeds: ReadonlyMap<string, FeedFacts>,
  { nowMs, exclusions, forecast }: EvaluationOptions,
): Generator<Verdict[]> {
  const range = dataRange(context, feeds);
  if (range === null) return;
  const days = daysBetween(range.from, range.to);
  const split = new Map<string, Map<Day, QueueIntervals[]>>();
  for (const [feed, { queues }] of feeds) split.set(feed, yield* byDay(context, queues));
  const countsOf = (compiled: CompiledTarget): Map<Day, DayCounts> =>
    countAll(context, compiled, split.get(compiled.target.feed) ?? new Map(), exclusions);
  const volume = context.volume === null ? null : countsOf(context.volume);
  for (const compiled of context.targets) {
    const counts = countsOf(compiled);
    yield [];
    const input = {
      context,
      compiled,
      nowMs,
      receivedMs: nowMs,
      silentSinceMs: null,
      countsOf: (day: Day) => counts.get(day),
      volumeOf: (day: Day) => volume?.get(day)?.recomputed.totals[0] ?? null,
      forecastOf: (day: Day) => forecast.get(day) ?? null,
    };
    const windows = yield* allWindows(context, compiled, days, nowMs);
    for (let i = 0; i < windows.length; i += WINDOWS_PER_STEP)
      yield windows.slice(i, i + WINDOWS_PER_STEP).map((window) => evaluateWindow(input, window));
  }
}

/** The same, piece by piece, for callers that must let others have their turn; the pieces follow each other in its order. */
export function* evaluateSteps(
  history: AgreementHistory,
  feeds: ReadonlyMap<string, FeedFacts>,
  options: EvaluationOptions,
): Generator<Verdict[]> {
  for (const context of history.versions) yield* evaluateVersion(context, feeds, options);
}

/**
 * Every window of every target from the first to the last day of which a row spoke, version by version, oldest first per
 * target: the whole history in one go. The live system evaluates the same windows one by one and must come to the same
 * verdicts, bit for bit.
 */
export function evaluateAll(history: AgreementHistory, feeds: ReadonlyMap<string, FeedFacts>, options: EvaluationOptions): Verdict[] {
  return [...evaluateSteps(history, feeds, options)].flat();
}
