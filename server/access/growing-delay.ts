import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../../shared/protocol/errors.ts";
import { peopleKeys } from "../../shared/store/people-keys.ts";

const DAY_S = 86_400;

/** After `free` failures the next try must wait 1 s, then 2 s, 4 s ... up to `capSeconds`. Nobody is locked out for good. */
export interface DelayRule {
  readonly name: string;
  readonly free: number;
  readonly capSeconds: number;
}

function limiter(redis: Redis, name: string, duration: number): RateLimiterRedis {
  const common = { keyPrefix: peopleKeys.limit(name), points: 1, duration };
  return new RateLimiterRedis({
    ...common,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(common),
  });
}

/** Slows down repeated failures under one key. Counts live in Redis for a day, in memory while Redis is away. */
export class GrowingDelay {
  readonly #rule: DelayRule;
  readonly #failures: RateLimiterRedis;
  readonly #gate: RateLimiterRedis;

  constructor(redis: Redis, rule: DelayRule) {
    this.#rule = rule;
    this.#failures = limiter(redis, `${rule.name}-failures`, DAY_S);
    this.#gate = limiter(redis, `${rule.name}-gate`, DAY_S);
  }

  /** @throws AppError too-many with the seconds to wait. */
  async check(key: string): Promise<void> {
    const gate = await this.#gate.get(key);
    if (gate === null || gate.consumedPoints <= 1) return;
    throw tooMany(gate.msBeforeNext);
  }

  async fail(key: string): Promise<void> {
    const { consumedPoints } = await this.#count(key);
    const beyond = consumedPoints - this.#rule.free;
    if (beyond >= 0) await this.#gate.block(key, Math.min(this.#rule.capSeconds, 2 ** Math.min(beyond, 20)));
  }

  async reset(key: string): Promise<void> {
    await Promise.all([this.#failures.delete(key), this.#gate.delete(key)]);
  }

  #count(key: string): Promise<RateLimiterRes> {
    return this.#failures.penalty(key, 1);
  }
}

export function tooMany(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError("too-many", "Too many tries in a short time.", `Wait ${seconds} s and try again.`, { retryAfterSeconds: seconds });
}
