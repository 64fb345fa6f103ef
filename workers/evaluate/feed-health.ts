import type { Redis } from "ioredis";
import { type Cadence, cadenceOf } from "../../shared/agreement/feed-cadence.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { FeedHealth } from "../../shared/protocol/live.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

export interface FeedState {
  readonly feed: FeedDefinition;
  readonly cadence: Cadence;
  readonly health: FeedHealth;
  /** Whether the health differs from the one last published. */
  readonly changed: boolean;
  /** Whether it fell silent or came back, which changes the verdicts that depend on it. */
  readonly turned: boolean;
}

export interface FeedStateInput {
  readonly nowMs: number;
  /** Feed that just delivered, and when its file was accepted. */
  readonly delivered: { readonly feed: string; readonly atMs: number } | null;
  readonly openReceipts: number;
}

/** The health of every feed of an agreement at an instant, against what the screen shows now. */
export async function feedStates(redis: Redis, stored: StoredAgreement, input: FeedStateInput): Promise<FeedState[]> {
  const { agreement, hours, zone } = stored;
  const published = await redis.hgetall(agreementKeys(agreement.id).feeds);
  return stored.feeds.map((feed) => {
    const text = published[feed.id];
    const before = text === undefined ? null : FeedHealth.parse(JSON.parse(text));
    const known = before?.lastReceiptAtMs ?? null;
    const lastDataMs = input.delivered?.feed === feed.id ? Math.max(known ?? 0, input.delivered.atMs) : known;
    const cadence = cadenceOf({ feed, hours, zone, lastDataMs, nowMs: input.nowMs });
    const health: FeedHealth = {
      feedId: `${agreement.id}.${feed.id}`,
      feed: feed.id,
      name: feed.name,
      kind: feed.kind,
      state: cadence.state,
      lastReceiptAtMs: lastDataMs,
      dueAtMs: cadence.dueAtMs,
      everyMs: cadence.everyMs,
      openReceipts: input.openReceipts,
    };
    return {
      feed,
      cadence,
      health,
      changed: JSON.stringify(health) !== text,
      turned: before !== null && (before.state === "silent") !== (health.state === "silent"),
    };
  });
}
