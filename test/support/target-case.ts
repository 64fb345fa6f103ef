import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import { type AgreementContext, createContext } from "../../shared/agreement/context.ts";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";
import { evaluateAll } from "../../shared/agreement/evaluate-all.ts";
import type { AgreementHistory } from "../../shared/agreement/history.ts";
import type { WindowKind } from "../../shared/calendar/window-kind.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { Interval, QueueIntervals } from "../../shared/facts/interval.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { ContactFeed, IntervalFeed } from "../../shared/feeds/feed-kinds.ts";
import type { CounterId } from "../../shared/metrics/counter.ts";
import { buildAgreement, buildFeed } from "./sample-agreement.ts";

/** 80 % of those answered and abandoned, answered within 20 s, on the feed `calls`. */
export function buildTarget(overrides: Partial<Target> = {}): Target {
  return {
    id: "service-level",
    name: "Service level",
    feed: "calls",
    queues: "all",
    measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    direction: "at-least",
    expected: "80 %",
    class: "key",
    aggregation: { by: "ratio-of-sums" },
    windows: ["day", "month"],
    minimumSample: 0,
    onLowSample: "not-proven",
    onNoData: "no-data",
    measuredBy: "accord",
    ...overrides,
  };
}

/** 60 % on the form `sales-2` of the feed of `docs/examples/qa-feed.yaml`, by month. */
export const QUALITY_TARGET: Target = buildTarget({
  id: "qa",
  name: "Quality",
  feed: "qa",
  measure: { metric: "qa-score", form: "sales-2" },
  expected: "60 %",
  windows: ["month"],
});

/** A feed of intervals with just these counters, each in a column of its own name. */
export function intervalFeed(counters: readonly CounterId[], overrides: Partial<IntervalFeed> = {}): FeedDefinition {
  const { kind: _, ...common } = buildFeed();
  const columns = Object.fromEntries(
    counters.map((id) => [id, id.endsWith("-ms") ? { column: id, unit: "s" as const, required: true } : { column: id, required: true }]),
  );
  return { ...common, kind: "interval", intervalMinutes: 15, claims: {}, ...overrides, counters: columns };
}

/** A feed of contacts: `outcome` as written, `wait` and `handle` in seconds. */
export function contactFeed(overrides: Partial<ContactFeed> = {}): FeedDefinition {
  return {
    accord: "feed/1",
    id: "calls",
    name: "Calls",
    timeZone: "UTC",
    format: { type: "delimited", delimiter: "comma", encoding: "utf-8" },
    start: { instant: { column: "start", format: "iso-8601" } },
    queue: { column: "queue", known: [], unknown: "keep-with-warning" },
    missing: [],
    ignore: [],
    checks: [],
    kind: "contact",
    contactId: ["id"],
    never: [],
    outcome: (["answered", "abandoned", "left-before-queue", "flowed-out", "missed", "not-a-contact"] as const).map((is) => ({
      when: { outcome: is },
      is,
    })),
    durations: { wait: { column: "wait", unit: "s" }, handle: { column: "handle", unit: "s" } },
    ...overrides,
  };
}

/** A context of one feed `calls` with the counters a plain service level needs. */
export function contextOf(
  targets: readonly Target[],
  overrides: Partial<Agreement> = {},
  feeds: readonly FeedDefinition[] = [buildFeed()],
): AgreementContext {
  return createContext({ ...buildAgreement(), timeZone: "UTC", targets: [...targets], ...overrides }, feeds);
}

/** Intervals of one queue, counters in the order of the context's layout. */
export function intervalsOf(rows: readonly (readonly [string, readonly (number | null)[]])[], queue = "main"): QueueIntervals {
  const intervals = rows.map(([start, counters]): Interval => ({ revision: 1, startMs: Date.parse(start), counters, claims: [] }));
  return { queue, intervals };
}

export interface Circumstances {
  readonly exclusions?: readonly Exclusion[];
  readonly forecast?: ReadonlyMap<string, number>;
}

/** A history of one version. */
function historyOf(context: AgreementContext): AgreementHistory {
  return { versions: [context], latest: context, contextOn: () => context };
}

/** Every verdict of a context with one feed `calls`. */
export function verdictsOf(
  context: AgreementContext,
  queues: readonly QueueIntervals[],
  now: string,
  { exclusions = [], forecast = new Map() }: Circumstances = {},
): Verdict[] {
  const starts = queues.flatMap(({ intervals }) => intervals.map(({ startMs }) => startMs));
  const span = starts.length === 0 ? null : { firstMs: Math.min(...starts), lastMs: Math.max(...starts) };
  return evaluateAll(historyOf(context), new Map([["calls", { queues, span }]]), { nowMs: Date.parse(now), exclusions, forecast });
}

export function verdictOf(
  context: AgreementContext,
  queues: readonly QueueIntervals[],
  options: Circumstances & { now: string; window: WindowKind; start?: string; target?: string },
): Verdict {
  const found = verdictsOf(context, queues, options.now, options).find(
    ({ window, targetId }) =>
      window.kind === options.window &&
      (options.start === undefined || window.start === options.start) &&
      (options.target === undefined || targetId === options.target),
  );
  if (found === undefined) throw new Error(`there is no ${options.window} verdict`);
  return found;
}
