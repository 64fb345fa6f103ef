import type { Redis } from "ioredis";
import { z } from "zod";
import { AGREEMENT_MARKS, type AgreementMarks } from "./agreements.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

/** How long a worker may be silent before another takes its agreement over. */
export const LEASE_MS = 6_000;

/**
 * Answers with the token, the receipts that wait, how often a lease was taken to process the first of them, its record and
 * the agreement's marks: what processing needs to begin, in the one step that begins it. Sent twice, the second finds the
 * lease taken.
 */
const ACQUIRE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local epoch = redis.call('INCR', KEYS[2])
local token = ARGV[1] .. ':' .. epoch
redis.call('SET', KEYS[1], token, 'PX', ARGV[2])
local waiting = redis.call('ZRANGE', KEYS[3], 0, -1)
local first
for _, number in ipairs(waiting) do
  if not first or tonumber(number) < tonumber(first) then first = number end
end
if not first or ARGV[3] ~= 'process' then return {token, waiting, 0, '', {}} end
local attempts = redis.call('HINCRBY', KEYS[4], first, 1)
return {token, waiting, attempts, redis.call('HGET', KEYS[5], first) or '', redis.call('HMGET', KEYS[6], unpack(ARGV, 4))}
`;
const Acquired = z.tuple([z.string(), z.array(z.string()), z.int(), z.string(), z.array(z.string().nullable())]);
const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * A fenced lease: one writer per agreement. The token goes into every write, so a worker that lost its lease while it
 * was stuck is refused by the store, whatever it believes.
 */
export class Lease {
  readonly token: string;
  /** Numbers of the receipts that waited when the lease was taken, oldest first. */
  readonly waiting: readonly number[];
  /** Which attempt at the first of them this lease is; 0 for a lease that does not process. */
  readonly attempts: number;
  /** The first of them and the agreement as they are stored, where the lease is for processing and one waits. */
  readonly begins: { readonly receipt: string; readonly marks: AgreementMarks } | null;
  private readonly redis: Redis;
  private readonly key: string;
  private readonly timer: NodeJS.Timeout;

  private constructor(redis: Redis, key: string, [token, waiting, attempts, receipt, marks]: z.infer<typeof Acquired>) {
    this.redis = redis;
    this.key = key;
    this.token = token;
    this.attempts = attempts;
    this.begins = receipt === "" ? null : { receipt, marks };
    this.waiting = waiting.map(Number).toSorted((a, b) => a - b);
    this.timer = setInterval(() => {
      runScript(redis, RENEW, [key], [token, LEASE_MS]).catch(() => undefined);
    }, LEASE_MS / 3);
    this.timer.unref();
  }

  /** @returns `null` when another worker holds the agreement. */
  static async acquire(redis: Redis, agreementId: string, owner: string, purpose: "process" | "look" = "look"): Promise<Lease | null> {
    const keys = agreementKeys(agreementId);
    const names = [keys.lease, keys.epoch, keys.open, keys.attempts, keys.receipts, keys.doc];
    const acquired = await runScript(redis, ACQUIRE, names, [owner, LEASE_MS, purpose, ...AGREEMENT_MARKS]);
    return acquired === null ? null : new Lease(redis, keys.lease, Acquired.parse(acquired));
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await runScript(this.redis, RELEASE, [this.key], [this.token]);
  }
}
