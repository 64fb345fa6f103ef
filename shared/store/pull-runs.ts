import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { PullRun, PullState } from "../protocol/pull.ts";
import { agreementOf } from "../protocol/receipt.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { localFeed, readPull, type StoredPull } from "./pulls.ts";
import { runScript } from "./script.ts";

/** How long a worker that fetches may be silent before another may begin. */
export const PULL_LEASE_MS = 60_000;
const RUNS_KEPT = 20;
const FAILURES_TO_FAILING = 3;
const RETRIES = 5;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 30 * 60_000;

const ACQUIRE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return 1 end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0`;
const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

/** How an attempt ended, before it is written down. */
export type PullOutcome = Pick<PullRun, "result" | "message" | "remedy" | "files" | "bytes" | "receipts"> & {
  /** Whether another try soon may succeed. */
  readonly temporary: boolean;
  /** A host key that waits for confirmation; the attempt then counts neither as a success nor as a failure. */
  readonly offeredHostKey: string | null;
};

/** How long to wait before the next try, after so many failures in a row; null when the schedule is soon enough. */
export function retryAfterMs(failuresInRow: number): number | null {
  return failuresInRow > RETRIES ? null : Math.min(FIRST_RETRY_MS * 2 ** (failuresInRow - 1), LONGEST_RETRY_MS);
}

/** The state after an attempt. */
export function stateAfter(before: PullState, run: PullRun, { temporary, offeredHostKey }: PullOutcome): PullState {
  const runs = [run, ...before.runs].slice(0, RUNS_KEPT);
  const common = { runs, runningSinceMs: null, lastRunAtMs: run.endedAtMs, offeredHostKey };
  const { lastSuccessAtMs } = before;
  if (run.result === "unconfirmed")
    return { ...common, state: "unconfirmed", failuresInRow: before.failuresInRow, retryAtMs: null, lastSuccessAtMs };
  if (run.result !== "failed") return { ...common, state: "well", failuresInRow: 0, retryAtMs: null, lastSuccessAtMs: run.endedAtMs };
  const failuresInRow = before.failuresInRow + 1;
  const wait = temporary ? retryAfterMs(failuresInRow) : null;
  return {
    ...common,
    state: failuresInRow >= FAILURES_TO_FAILING ? "failing" : "troubled",
    failuresInRow,
    retryAtMs: wait === null ? null : run.endedAtMs + wait,
    lastSuccessAtMs,
  };
}

/** One attempt at one feed: nobody else fetches it meanwhile, and what it writes counts only while that is so. */
export class PullAttempt {
  readonly pull: StoredPull;
  readonly startedAtMs: number;
  private readonly redis: Redis;
  private readonly token: string;
  private readonly timer: NodeJS.Timeout;

  private constructor(redis: Redis, pull: StoredPull, token: string, startedAtMs: number) {
    this.redis = redis;
    this.pull = pull;
    this.token = token;
    this.startedAtMs = startedAtMs;
    this.timer = setInterval(() => {
      runScript(redis, RENEW, [this.keys.pullLease(this.feed)], [token, PULL_LEASE_MS]).catch(() => undefined);
    }, PULL_LEASE_MS / 3);
    this.timer.unref();
  }

  /** @returns null when another worker is at it, or the feed is not fetched any more. */
  static async begin(redis: Redis, feedId: string, nowMs: number): Promise<PullAttempt | null> {
    const lease = agreementKeys(agreementOf(feedId)).pullLease(localFeed(feedId));
    const token = randomUUID();
    if ((await runScript(redis, ACQUIRE, [lease], [token, PULL_LEASE_MS])) !== 1) return null;
    // Read after the lease is taken: settings that change from here on take the lease away.
    const pull = await readPull(redis, feedId);
    if (pull === null) {
      await redis.del(lease);
      return null;
    }
    const attempt = new PullAttempt(redis, pull, token, nowMs);
    await attempt.write("begin", { ...pull.state, runningSinceMs: nowMs }, nowMs);
    return attempt;
  }

  private get keys() {
    return agreementKeys(agreementOf(this.pull.feedId));
  }
  private get feed(): string {
    return localFeed(this.pull.feedId);
  }

  private async write(step: string, state: PullState, nowMs: number, release = false): Promise<boolean> {
    const lease = this.keys.pullLease(this.feed);
    const result = await commit(this.redis, {
      agreementId: agreementOf(this.pull.feedId),
      operationId: `pull-${step}-${this.token}`,
      nowMs,
      expect: [{ key: lease, is: this.token }],
      writes: [["HSET", this.keys.pulls, this.feed, JSON.stringify(state)], ...(release ? [["DEL", lease] as const] : [])],
    });
    return result.kind === "done" || result.kind === "repeated";
  }

  /** What showed the versions of remote files that were fetched last. */
  async seen(): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(await this.redis.hgetall(this.keys.pullSeen(this.feed))));
  }

  /** Remembers a fetched file. Done twice it is the same, and lost it costs one more fetch of bytes that are known. */
  async remember(file: string, mark: string): Promise<void> {
    await this.redis.hset(this.keys.pullSeen(this.feed), file, mark);
  }

  /** Writes the end down and lets go. @returns false when the settings changed meanwhile: then nothing is written. */
  async end(outcome: PullOutcome, nowMs: number): Promise<boolean> {
    clearInterval(this.timer);
    const { result, message, remedy, files, bytes, receipts } = outcome;
    const run: PullRun = { startedAtMs: this.startedAtMs, endedAtMs: nowMs, result, message, remedy, files, bytes, receipts };
    return await this.write("end", stateAfter(this.pull.state, run, outcome), nowMs, true);
  }
}
