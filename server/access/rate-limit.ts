import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { peopleKeys } from "../../shared/store/people-keys.ts";
import { tooMany } from "./growing-delay.ts";

/** At most `points` per `seconds` and key over all servers; each server counts for itself while Redis is away. */
export class RateLimit {
  readonly #limiter: RateLimiterRedis;

  constructor(redis: Redis, rule: { readonly name: string; readonly points: number; readonly seconds: number }) {
    const common = { keyPrefix: peopleKeys.limit(rule.name), points: rule.points, duration: rule.seconds };
    const insuranceLimiter = new RateLimiterMemory(common);
    // Who is beyond the limit costs Redis nothing more: each further count would be flushed to disk.
    const remembered = { inMemoryBlockOnConsumed: rule.points };
    this.#limiter = new RateLimiterRedis({ ...common, ...remembered, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter });
  }

  /** @throws AppError too-many with the seconds to wait. */
  async take(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (refused) {
      throw refused instanceof RateLimiterRes ? tooMany(refused.msBeforeNext) : refused;
    }
  }
}
