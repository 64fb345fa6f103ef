import type { IntervalRow } from "../feeds/canonical.ts";
import type { CounterId } from "../metrics/counter.ts";
import type { FactCodec, KeyedFact, Share } from "./fact-codec.ts";
import { type Interval, packInterval, type QueueIntervals } from "./interval.ts";
import type { PeriodCover } from "./period-cover.ts";
import { replaces } from "./revision.ts";

const intervalBytes = ({ counters, claims }: Interval): Uint8Array => packInterval(0, counters, claims);

/** What is known of a feed, and between which starts its rows lay, those included that count nowhere or no more. */
export interface FeedFacts {
  readonly queues: readonly QueueIntervals[];
  readonly span: { readonly firstMs: number; readonly lastMs: number } | null;
}

function widen(span: FeedFacts["span"], ms: number): FeedFacts["span"] {
  return { firstMs: Math.min(span?.firstMs ?? ms, ms), lastMs: Math.max(span?.lastMs ?? ms, ms) };
}

interface Row {
  readonly startMs: number;
  readonly version: number | null;
}

/** Records of one kind in memory by natural key; the newest revision counts, whatever the order of arrival. */
export class RecordTable<Record extends Row, Fact extends KeyedFact> {
  private readonly facts = new Map<string, Fact>();
  private span: FeedFacts["span"] = null;
  private readonly codec: FactCodec<Record, Fact>;
  private readonly cover: PeriodCover | null;

  /** @param cover which files have replaced which days, if the feed's do. */
  constructor(codec: FactCodec<Record, Fact>, cover: PeriodCover | null = null) {
    this.codec = codec;
    this.cover = cover;
  }

  /** @param receiptNumber decides between rows without a version of their own. */
  add(row: Record, receiptNumber: number): void {
    const { codec } = this;
    this.span = widen(this.span, row.startMs);
    const known = this.facts.get(codec.keyOf(row));
    const fact = codec.factOf(row, receiptNumber);
    const rule = { versioned: row.version !== null, bytesOf: (one: Fact) => codec.pack({ ...one, revision: 0 }) };
    if (known === undefined || replaces(fact, known, rule)) this.facts.set(codec.keyOf(row), fact);
  }

  /** Facts that count: those that no newer file has taken away. */
  get values(): Iterable<Fact> {
    const { cover } = this;
    return cover === null ? this.facts.values() : [...this.facts.values()].filter((fact) => cover.counts(fact));
  }

  count(counters: readonly CounterId[], intervalMs: number): FeedFacts {
    const sharesOf = this.codec.compileShares(counters, intervalMs);
    const counted = new ShareCount();
    for (const fact of this.values) counted.add(fact.queue, sharesOf(fact));
    return { queues: counted.queues(), span: this.span };
  }
}

/** Counters recomputed from facts alone: what the stored counters must equal at any time (invariant I3). */
export class ShareCount {
  private readonly byQueue = new Map<string, Map<number, number[]>>();

  add(queue: string, shares: readonly Share[]): void {
    const starts = this.byQueue.get(queue) ?? new Map<number, number[]>();
    this.byQueue.set(queue, starts);
    for (const { startMs, added } of shares) {
      const sums = starts.get(startMs);
      if (sums === undefined) starts.set(startMs, [...added]);
      else for (const [i, value] of added.entries()) sums[i] = (sums[i] ?? 0) + value;
    }
  }

  /** Queues in the order in which they came, intervals by time, without those in which nothing counts. */
  queues(): QueueIntervals[] {
    return [...this.byQueue].map(([queue, starts]) => ({
      queue,
      intervals: [...starts]
        .filter(([, sums]) => sums.some((sum) => sum !== 0))
        .toSorted(([a], [b]) => a - b)
        .map(([startMs, sums]): Interval => ({ revision: 0, startMs, counters: sums, claims: [] })),
    }));
  }
}

/** Rows of counts in memory by queue and start; the newest revision counts. */
export class IntervalTable {
  private readonly queues = new Map<string, Map<number, Interval>>();
  private span: FeedFacts["span"] = null;
  private readonly cover: PeriodCover | null;

  /** @param cover which files have replaced which days, if the feed's do. */
  constructor(cover: PeriodCover | null = null) {
    this.cover = cover;
  }

  add(row: IntervalRow, receiptNumber: number): void {
    this.span = widen(this.span, row.startMs);
    const starts = this.queues.get(row.queue) ?? new Map<number, Interval>();
    this.queues.set(row.queue, starts);
    const interval: Interval = { revision: row.version ?? receiptNumber, startMs: row.startMs, counters: row.counters, claims: row.claims };
    const known = starts.get(row.startMs);
    const rule = { versioned: row.version !== null, bytesOf: intervalBytes };
    if (known === undefined || replaces(interval, known, rule)) starts.set(row.startMs, interval);
  }

  count(): FeedFacts {
    const queues = [...this.queues].map(([queue, starts]) => ({
      queue,
      intervals: [...starts.values()].filter((one) => this.cover?.counts(one) ?? true).toSorted((a, b) => a.startMs - b.startMs),
    }));
    return { queues, span: this.span };
  }
}
