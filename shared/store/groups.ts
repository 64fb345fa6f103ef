import type { Redis } from "ioredis";
import { FeedGroup } from "../feeds/group.ts";
import { peopleKeys } from "./people-keys.ts";

/** A group by its id; `null` when there is none. */
export async function readFeedGroup(redis: Redis, id: string): Promise<FeedGroup | null> {
  const text = await redis.hget(peopleKeys.feedGroups, id);
  return text === null ? null : FeedGroup.parse(JSON.parse(text));
}

export async function listFeedGroups(redis: Redis): Promise<FeedGroup[]> {
  const texts = await redis.hvals(peopleKeys.feedGroups);
  return texts.map((text) => FeedGroup.parse(JSON.parse(text))).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Keeps a group as it is now. Absolute: sent twice, it is the same group. */
export async function putFeedGroup(redis: Redis, group: FeedGroup): Promise<void> {
  await redis.hset(peopleKeys.feedGroups, group.id, JSON.stringify(group));
}

/** Forgets a group; its receipts belong to their agreements and stay. */
export async function endFeedGroup(redis: Redis, id: string): Promise<void> {
  await redis.hdel(peopleKeys.feedGroups, id);
}
