import type { Redis } from "ioredis";
import { z } from "zod";
import { agreementKeys } from "./keys.ts";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

/** How many hand-ins of one sender may be refused after they have cost something, and of all API keys of one agreement. */
const MOST_OF_SENDER = 10;
const MOST_OF_KEYS = 30;
const WITHIN_MS = 300_000;

/** Sent twice it counts once: the occasion is the member. */
const NOTE = `
for _, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', ARGV[2] - ARGV[3])
  redis.call('ZADD', key, 'NX', ARGV[2], ARGV[1])
  redis.call('PEXPIRE', key, ARGV[3])
end
return 1
`;

/** Who has handed something in, and where: an id such as `key:...` or `person:...`, as the ledger has it. */
export interface HandedIn {
  readonly sender: string;
  readonly agreementId: string;
}

interface Budget {
  readonly key: string;
  readonly most: number;
}

/** A provider makes as many keys as it likes, so they have a budget together; a person has their own, so that one side's people cannot use up the other's. */
function budgetsOf({ sender, agreementId }: HandedIn): Budget[] {
  const own = { key: `${peopleKeys.limit("refusals")}:${sender}`, most: MOST_OF_SENDER };
  if (!sender.startsWith("key:")) return [own];
  return [own, { key: `${peopleKeys.limit("refusals")}:keys-of:${agreementId}`, most: MOST_OF_KEYS }];
}

/** Counts a hand-in that cost something and was refused. `occasion` names the hand-in: told twice, it counts once. */
export async function noteRefusal(
  redis: Redis,
  handedIn: HandedIn,
  { occasion, nowMs }: { occasion: string; nowMs: number },
): Promise<void> {
  const keys = budgetsOf(handedIn).map(({ key }) => key);
  await runScript(redis, NOTE, keys, [occasion, nowMs, WITHIN_MS]);
}

/** Milliseconds until the sender may hand in again; 0 for now. The same on every server, because they share the counts. */
export async function refusalWaitMs(redis: Redis, handedIn: HandedIn, nowMs: number): Promise<number> {
  const waits = budgetsOf(handedIn).map(async ({ key, most }) => {
    // When the one that fills the budget is old enough, there is room again.
    const [, atMs] = await redis.zrevrange(key, most - 1, most - 1, "WITHSCORES");
    return atMs === undefined ? 0 : Math.max(0, Number(atMs) + WITHIN_MS - nowMs);
  });
  return Math.max(...(await Promise.all(waits)));
}

const LATEST_ENTRIES = 1000;
const LEAF_BYTES = 32;
const Accepted = z.object({ kind: z.literal("receipt-accepted"), receipt: z.int(), actor: z.string() });

/** Who handed in a receipt of late, as its ledger entry says; `null` when the entry is not among the latest. */
export async function senderOfReceipt(redis: Redis, agreementId: string, receipt: number): Promise<string | null> {
  const entries = await redis.lrangeBuffer(agreementKeys(agreementId).ledger, -LATEST_ENTRIES, -1);
  const texts = entries.map((entry) => entry.subarray(LEAF_BYTES).toString());
  const found = texts.find((text) => text.includes(`"kind":"receipt-accepted","receipt":${receipt},`));
  const entry = Accepted.safeParse(found === undefined ? null : JSON.parse(found));
  return entry.success ? entry.data.actor : null;
}
