import type { Redis } from "ioredis";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { feedKey } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { notFound } from "../access/decide.ts";

/** @throws AppError not-found when the agreement has no such feed. */
export async function readFeed(redis: Redis, agreementId: string, feedId: string): Promise<FeedDefinition> {
  const stored = await readAgreement(redis, agreementId);
  const feed = stored?.feeds.find((one) => feedKey(agreementId, one.id) === feedId);
  if (feed === undefined) throw notFound();
  return feed;
}
