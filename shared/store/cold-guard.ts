import type { Redis } from "ioredis";
import { intervalPlace } from "../facts/interval.ts";
import { coldField, coldMonthOf, coldPlace, thawMonth } from "./cold-months.ts";
import { agreementKeys } from "./keys.ts";

export interface ColdGuardOptions {
  readonly agreementId: string;
  readonly feed: string;
  /** The worker's lease token. Nobody packs months while it holds, so what is packed is asked for once. */
  readonly fence: string;
  readonly nowMs: number;
}

/** Where a row counts. */
export interface TouchedPlace {
  readonly queue: string;
  readonly startMs: number;
}

/**
 * Stands before the stored intervals of a feed while one worker writes to them: a packed month is unpacked before its first
 * write, and every month that is written to is noted as warm.
 */
export class ColdGuard {
  private readonly redis: Redis;
  private readonly options: ColdGuardOptions;
  private readonly warm = new Set<string>();
  private cold: Promise<Set<string>> | null = null;
  private turn: Promise<void> = Promise.resolve();
  private noted: Promise<unknown> = Promise.resolve();

  constructor(redis: Redis, options: ColdGuardOptions) {
    this.redis = redis;
    this.options = options;
  }

  /** Asks already now what is packed, so that the answer is there when the first rows have been read. */
  lookAhead(): void {
    this.coldFields().catch(() => undefined);
  }

  /**
   * Waits until every month of the places may be written to. Calls end in the order in which they were made.
   *
   * @throws FencedError when another worker has taken the agreement over.
   */
  async touch(places: Iterable<TouchedPlace>): Promise<void> {
    await this.turnTo(places);
    await this.noted;
  }

  /**
   * The same for a write that follows on the same connection: the note that a month is warm goes before it, but its answer,
   * which waits for the disk, comes together with that of the write.
   */
  async touchFor<Result>(places: Iterable<TouchedPlace>, write: () => Promise<Result>): Promise<Result> {
    await this.turnTo(places);
    const [result] = await Promise.all([write(), this.noted]);
    return result;
  }

  private async turnTo(places: Iterable<TouchedPlace>): Promise<void> {
    const fields = new Set<string>();
    for (const { queue, startMs } of places) fields.add(coldField(queue, coldMonthOf(intervalPlace(startMs).day)));
    this.turn = this.turn.then(async () => await this.open(fields));
    await this.turn;
  }

  /** The same for everything that is packed. */
  async touchAll(): Promise<void> {
    await this.open(new Set(await this.coldFields()));
    await this.noted;
  }

  private async coldFields(): Promise<Set<string>> {
    const { agreementId, feed } = this.options;
    this.cold ??= this.redis.hkeys(agreementKeys(agreementId).cold(feed)).then((fields) => new Set(fields));
    return await this.cold;
  }

  private async open(fields: ReadonlySet<string>): Promise<void> {
    const { agreementId, feed, fence, nowMs } = this.options;
    const places = [...fields].map(coldPlace);
    const fresh = [...new Set(places.map(({ month }) => month))].filter((month) => !this.warm.has(month));
    if (fresh.length > 0) {
      // Noted first: a month that is warm without rows is looked at in vain, one with rows that is not would stay warm for ever.
      const notes = Object.fromEntries(fresh.map((month) => [`${month}:${feed}`, nowMs]));
      this.noted = Promise.all([this.noted, this.redis.hset(agreementKeys(agreementId).warm, notes)]);
      this.noted.catch(() => undefined);
      fresh.forEach((month) => this.warm.add(month));
    }
    const cold = await this.coldFields();
    if (cold.size === 0) return;
    for (const place of places) {
      const field = coldField(place.queue, place.month);
      if (!cold.has(field)) continue;
      await thawMonth(this.redis, { agreementId, feed, fence, ...place });
      cold.delete(field);
    }
  }
}
