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

/** When months of feeds were last written to, as the hash of what is warm has it. */
type Notes = Readonly<Record<string, number>>;

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
    this.note(await this.turnTo(places));
    await this.noted;
  }

  /**
   * The same for a write that takes the notes along, as fields and values of the hash of what is warm: a step of their own
   * would be one more for which the disk is waited for. The write must carry them out before anything else it does.
   */
  async touchFor<Result>(places: Iterable<TouchedPlace>, write: (notes: readonly (string | number)[]) => Promise<Result>): Promise<Result> {
    const notes = await this.turnTo(places);
    const [result] = await Promise.all([write(Object.entries(notes).flat()), this.noted]);
    return result;
  }

  private async turnTo(places: Iterable<TouchedPlace>): Promise<Notes> {
    const fields = new Set<string>();
    for (const { queue, startMs } of places) fields.add(coldField(queue, coldMonthOf(intervalPlace(startMs).day)));
    const turn = this.turn.then(async () => await this.open(fields));
    this.turn = turn.then(() => undefined);
    return await turn;
  }

  /** The same for everything that is packed. */
  async touchAll(): Promise<void> {
    this.note(await this.open(new Set(await this.coldFields())));
    await this.noted;
  }

  private async coldFields(): Promise<Set<string>> {
    const { agreementId, feed } = this.options;
    this.cold ??= this.redis.hkeys(agreementKeys(agreementId).cold(feed)).then((fields) => new Set(fields));
    return await this.cold;
  }

  private note(notes: Notes): void {
    if (Object.keys(notes).length === 0) return;
    this.noted = Promise.all([this.noted, this.redis.hset(agreementKeys(this.options.agreementId).warm, notes)]);
    this.noted.catch(() => undefined);
  }

  /** @returns what is yet to be noted: a month that is warm without rows is looked at in vain, one with rows that is not would stay warm for ever. */
  private async open(fields: ReadonlySet<string>): Promise<Notes> {
    const { agreementId, feed, fence } = this.options;
    const places = [...fields].map(coldPlace);
    const fresh = new Set(places.map(({ month }) => month)).difference(this.warm);
    fresh.forEach((month) => this.warm.add(month));
    const cold = await this.coldFields();
    const packed = places.filter((place) => cold.has(coldField(place.queue, place.month)));
    // Unpacking writes rows before the caller does.
    this.note(this.notesOf(packed.map(({ month }) => month)));
    for (const place of packed) {
      await thawMonth(this.redis, { agreementId, feed, fence, ...place });
      cold.delete(coldField(place.queue, place.month));
    }
    return this.notesOf(fresh);
  }

  private notesOf(months: Iterable<string>): Notes {
    const { feed, nowMs } = this.options;
    return Object.fromEntries([...months].map((month) => [`${month}:${feed}`, nowMs]));
  }
}
