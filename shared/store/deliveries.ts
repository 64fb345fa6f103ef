import type { Redis } from "ioredis";
import { z } from "zod";
import { type Delivery, withDelivery } from "../agreement/feed-beats.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";

const Stored = z.array(z.tuple([z.int(), z.union([z.literal(0), z.literal(1)])]));

/** The last deliveries of feeds, by feed, thinned out to what heartbeats need. */
export async function readDeliveries(redis: Redis, agreementId: string, feeds: readonly string[]): Promise<Map<string, Delivery[]>> {
  if (feeds.length === 0) return new Map();
  const texts = await redis.hmget(agreementKeys(agreementId).deliveries, ...feeds);
  return new Map(
    feeds.map((feed, i) => {
      const text = texts[i];
      const stored = typeof text === "string" ? Stored.parse(JSON.parse(text)) : [];
      return [feed, stored.map(([atMs, refused]) => ({ atMs, refused: refused === 1 }))];
    }),
  );
}

/** Adds a delivery to what is known of a feed, and says what to write. */
export function deliveryWrites(
  agreementId: string,
  feed: FeedDefinition,
  known: readonly Delivery[],
  delivery: Delivery,
): { deliveries: Delivery[]; write: Write } {
  const deliveries = withDelivery(known, delivery, feed);
  const text = JSON.stringify(deliveries.map(({ atMs, refused }) => [atMs, Number(refused)]));
  return { deliveries, write: ["HSET", agreementKeys(agreementId).deliveries, feed.id, text] };
}
