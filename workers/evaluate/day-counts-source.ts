import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { type DayCounts, isBlank } from "../../shared/agreement/day-sums.ts";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";
import { hoursOf } from "../../shared/agreement/scope.ts";
import { sumTargetDay } from "../../shared/agreement/target-day.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { packDayCounts, unpackDayCounts } from "../../shared/store/day-counts.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";
import { readIntervalsOf, readQueues } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { countsKnown, countsWritten } from "./remembered-counts.ts";

/** A target of one version, whose days are counted on their own. */
export interface Counted {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
}

/** Days whose counts of it are needed. */
export interface Need extends Counted {
  readonly days: readonly string[];
}

/** Targets walk their changed days abreast, so that a day is read once for all of them; a file of years is never held whole. */
const DAYS_KEPT = 4;
const STRETCH_MS = 30 * 60_000;

interface Days {
  /** The name they are stored under. */
  readonly name: string;
  readonly fresh: Map<string, DayCounts>;
  readonly known: Map<string, DayCounts | undefined>;
}

/**
 * Counts by target, version and day during one evaluation: dirty days are taken anew from the intervals, the others come
 * from the partial sums of earlier evaluations. The cost does not depend on how long the history is.
 */
export class DayCountsSource {
  private readonly redis: Redis;
  private readonly stored: StoredAgreement;
  private readonly mark = randomUUID();
  private exclusions: readonly Exclusion[] = [];
  private readonly intervals = new Map<string, Promise<QueueIntervals[]>>();
  private readonly queues = new Map<string, Promise<string[]>>();
  private readonly days = new Map<CompiledTarget, Days>();
  private narrowed: ReadonlySet<CompiledTarget> = new Set();
  private known: ReturnType<typeof countsKnown> = new Map();

  constructor(redis: Redis, stored: StoredAgreement) {
    this.redis = redis;
    this.stored = stored;
  }

  /** Says what claims leave out, before anything is counted. */
  leaveOut(exclusions: readonly Exclusion[]): void {
    this.exclusions = exclusions;
  }

  /** Says who wrote the stored counts last, before any is asked for: what is remembered of them need not be read again. */
  recall(mark: string): void {
    this.known = countsKnown(this.redis, this.stored.agreement.id, mark);
  }

  /** Asks for a feed's queues before they are needed, so that the answer comes with others. */
  queuesOf(feed: string): Promise<string[]> {
    const known = this.queues.get(feed);
    if (known !== undefined) return known;
    const read = readQueues(this.redis, this.stored.agreement.id, feed);
    // Whoever needs it meets the failure; nobody may need it.
    read.catch(() => undefined);
    this.queues.set(feed, read);
    return read;
  }

  /** Says of which targets days will be counted: of their queues alone the intervals are read for them. */
  narrowTo(counted: readonly Counted[]): void {
    this.narrowed = new Set(counted.map(({ compiled }) => compiled));
  }

  /** The queues of a feed that targets count; of those that were not named before, all of them. */
  private async queuesFor(feed: string, isNarrow: boolean): Promise<string[]> {
    const queues = await this.queuesOf(feed);
    if (!isNarrow) return queues;
    const scopes = [...this.narrowed].filter(({ target }) => target.feed === feed).map(({ scope }) => scope);
    return queues.filter((queue) => scopes.some((scope) => hoursOf(scope, queue) !== null));
  }

  /** Intervals on a local day of the queues that a target counts, perhaps among others; what several ask for at a time is read once. */
  intervalsOf(compiled: CompiledTarget, day: string): Promise<QueueIntervals[]> {
    const { feed } = compiled.target;
    const isNarrow = this.narrowed.has(compiled);
    const key = `${feed}|${day}|${isNarrow}`;
    const known = this.intervals.get(key);
    if (known !== undefined) return known;
    const { agreement, zone } = this.stored;
    const query = { agreementId: agreement.id, feed, layout: this.stored.layout(feed), ...zone.dayRange(day) };
    const read = this.queuesFor(feed, isNarrow).then(async (queues) => await readIntervalsOf(this.redis, query, queues));
    read.catch(() => undefined);
    const [oldest] = this.intervals.keys();
    if (oldest !== undefined && this.intervals.size >= DAYS_KEPT) this.intervals.delete(oldest);
    this.intervals.set(key, read);
    return read;
  }

  async renew(counted: Counted, days: Iterable<string>): Promise<void> {
    const { context, compiled } = counted;
    const { fresh } = this.daysOf(counted);
    for (const day of days) {
      const queues = await this.intervalsOf(compiled, day);
      fresh.set(day, sumTargetDay(context, compiled, day, { queues, exclusions: this.exclusions }));
    }
  }

  /** The counts of a day cut into stretches of half an hour, or of one interval where that is longer; in order, empty ones left out. */
  async piecesOf({ context, compiled }: Counted, day: string): Promise<DayCounts[]> {
    const queues = await this.intervalsOf(compiled, day);
    const stretchMs = Math.max(context.intervalMs(compiled.target.feed), STRETCH_MS);
    const placed = queues.flatMap(({ queue, intervals }) => intervals.map((interval) => ({ queue, interval })));
    const stretches = Map.groupBy(placed, ({ interval }) => Math.floor(interval.startMs / stretchMs));
    return [...stretches]
      .toSorted(([a], [b]) => a - b)
      .map(([, some]) => {
        const byQueue = Map.groupBy(some, ({ queue }) => queue);
        const own = [...byQueue].map(([queue, all]) => ({ queue, intervals: all.map(({ interval }) => interval) }));
        return sumTargetDay(context, compiled, day, { queues: own, exclusions: this.exclusions });
      });
  }

  /** Loads the stored counts of days, but for those that are renewed. */
  async load({ days, ...counted }: Need, renewed: ReadonlySet<string>): Promise<void> {
    const { name, known } = this.daysOf(counted);
    const missing = days.filter((day) => !known.has(day) && !renewed.has(day));
    if (missing.length === 0) return;
    for (const some of inPieces(missing)) {
      const stored = await this.redis.hmgetBuffer(name, ...some);
      stored.forEach((bytes, i) => known.set(some[i] ?? "", bytes === null ? undefined : knownOf(unpackDayCounts(bytes))));
    }
  }

  /** `undefined` for a day of which no interval is known, or none any more. */
  get(compiled: CompiledTarget, day: string): DayCounts | undefined {
    const days = this.days.get(compiled);
    const fresh = days?.fresh.get(day);
    return fresh === undefined ? days?.known.get(day) : knownOf(fresh);
  }

  /** Writes for the counts that were taken anew, with the mark that says so. */
  writes(): Write[] {
    const writes = [...this.days.values()].flatMap(({ name, fresh }) =>
      [...fresh].map(([day, counts]): Write => ["HSET", name, day, packDayCounts(counts)]),
    );
    if (writes.length === 0) return [];
    return [...writes, ["HSET", agreementKeys(this.stored.agreement.id).clock, "counts", this.mark]];
  }

  /** Says that the writes were carried out, so that the next evaluation need not read what this one knows. */
  written(): void {
    const written = [...this.days.values()].filter(({ fresh }) => fresh.size > 0);
    if (written.length === 0) return;
    const byName = new Map(written.map(({ name, fresh }) => [name, fresh]));
    countsWritten(this.redis, this.stored.agreement.id, { mark: this.mark, known: this.known, written: byName });
  }

  private daysOf({ context, compiled }: Counted): Days {
    const found = this.days.get(compiled);
    if (found !== undefined) return found;
    const name = agreementKeys(context.agreement.id).days(compiled.target.id, context.agreement.version);
    const known = this.known.get(name) ?? new Map<string, DayCounts | undefined>();
    this.known.set(name, known);
    const days: Days = { name, fresh: new Map(), known };
    this.days.set(compiled, days);
    return days;
  }
}

/** Of a day without any interval nothing is known. */
function knownOf(counts: DayCounts): DayCounts | undefined {
  return isBlank(counts) ? undefined : counts;
}
