import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { DaySums } from "../../shared/agreement/day-sums.ts";
import { sumTargetDay } from "../../shared/agreement/target-day.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { packDaySums, unpackDaySums } from "../../shared/store/day-sums.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readIntervalsOf, readQueues } from "../../shared/store/intervals.ts";
import type { Write } from "../../shared/store/commit.ts";

/**
 * Sums by target and day during one evaluation: dirty days are taken anew from the intervals, the others come from
 * the partial sums of earlier evaluations. The cost does not depend on how long the history is.
 */
export class DaySumsSource {
  private readonly redis: Redis;
  private readonly stored: StoredAgreement;
  private readonly intervals = new Map<string, Promise<QueueIntervals[]>>();
  private readonly sums = new Map<string, DaySums>();
  private readonly fresh = new Map<string, DaySums>();
  private readonly queues = new Map<string, Promise<string[]>>();

  constructor(redis: Redis, stored: StoredAgreement) {
    this.redis = redis;
    this.stored = stored;
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

  /** Intervals of a feed on a local day; each is read once, whatever number of targets needs it. */
  intervalsOf(feed: string, day: string): Promise<QueueIntervals[]> {
    const key = `${feed}|${day}`;
    const known = this.intervals.get(key);
    if (known !== undefined) return known;
    const { agreement, zone } = this.stored;
    const query = { agreementId: agreement.id, feed, layout: this.stored.layout(feed), ...zone.dayRange(day) };
    const read = this.queuesOf(feed).then(async (queues) => await readIntervalsOf(this.redis, query, queues));
    read.catch(() => undefined);
    this.intervals.set(key, read);
    return read;
  }

  async renew(compiled: CompiledTarget, days: Iterable<string>): Promise<void> {
    for (const day of days) {
      const sums = sumTargetDay(this.stored, compiled, day, await this.intervalsOf(compiled.target.feed, day));
      this.fresh.set(`${compiled.target.id}|${day}`, sums);
    }
  }

  /** Loads the stored sums of days; a day that is renewed has its new ones whatever is stored. */
  async load(compiled: CompiledTarget, wanted: readonly string[]): Promise<void> {
    if (wanted.length === 0) return;
    const key = agreementKeys(this.stored.agreement.id).days(compiled.target.id, this.stored.agreement.version);
    const stored = await this.redis.hmgetBuffer(key, ...wanted);
    stored.forEach((bytes, i) => {
      if (bytes !== null) this.sums.set(`${compiled.target.id}|${wanted[i]}`, unpackDaySums(bytes));
    });
  }

  get(targetId: string, day: string): DaySums | undefined {
    const key = `${targetId}|${day}`;
    return this.fresh.get(key) ?? this.sums.get(key);
  }

  /** Writes for the sums that were taken anew. */
  writes(): Write[] {
    const { agreement } = this.stored;
    return [...this.fresh].map(([key, sums]) => {
      const [targetId = "", day = ""] = key.split("|");
      return ["HSET", agreementKeys(agreement.id).days(targetId, agreement.version), day, packDaySums(sums)];
    });
  }
}
