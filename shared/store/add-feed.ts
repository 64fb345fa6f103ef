import type { Redis } from "ioredis";
import { z } from "zod";
import { FeedDefinition } from "../feeds/definition.ts";
import { AppError } from "../protocol/errors.ts";
import type { FeedHealth } from "../protocol/live.ts";
import { feedKey } from "../protocol/receipt.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";

export interface NewFeed {
  readonly agreementId: string;
  /** As read from `text`. */
  readonly feed: FeedDefinition;
  readonly text: string;
  /** Who adds it, as the ledger names people. */
  readonly actor: string;
  readonly nowMs: number;
}

/** An agreement with more feeds than this is several agreements. */
const MOST_FEEDS = 50;
/** Feeds are added by hand: two people at once is rare, three in a row by chance is not to be expected. */
const TRIES = 5;

interface Defined {
  readonly raw: string;
  readonly feeds: readonly FeedDefinition[];
  readonly texts: readonly string[];
}

/** The feeds of an agreement with their texts; of agreements that never had texts, those that Accord would write. */
async function readDefined(redis: Redis, agreementId: string): Promise<Defined | null> {
  const [raw, rawTexts] = await redis.hmget(agreementKeys(agreementId).doc, "feeds", "feed-texts");
  if (typeof raw !== "string") return null;
  const feeds = z.array(FeedDefinition).parse(JSON.parse(raw));
  const known = typeof rawTexts === "string" ? z.array(z.string()).parse(JSON.parse(rawTexts)) : [];
  return { raw, feeds, texts: feeds.map((feed, at) => known[at] ?? JSON.stringify(feed)) };
}

/** The text of a feed's definition as it was handed in; `null` when the agreement has no such feed. */
export async function readFeedText(redis: Redis, agreementId: string, feed: string): Promise<string | null> {
  const defined = await readDefined(redis, agreementId);
  const at = defined?.feeds.findIndex(({ id }) => id === feed) ?? -1;
  return defined?.texts[at] ?? null;
}

function healthOf({ agreementId, feed }: NewFeed): FeedHealth {
  const { id, name, kind } = feed;
  const nothing = { lastReceiptAtMs: null, dueAtMs: null, everyMs: null, openReceipts: 0 };
  return { feedId: feedKey(agreementId, id), feed: id, name, kind, state: "never", ...nothing };
}

/** @returns whether the feed is there already, word for word. @throws AppError where it cannot be added. */
function isThere({ feeds, texts }: Defined, { feed, text }: NewFeed): boolean {
  const at = feeds.findIndex(({ id }) => id === feed.id);
  if (at >= 0 && texts[at] === text) return true;
  if (at >= 0)
    throw new AppError(
      "conflict",
      `The agreement has a feed "${feed.id}" already, and a feed's definition never changes.`,
      "Choose another id; a version of the agreement can then read the new feed instead.",
    );
  if (feeds.length >= MOST_FEEDS)
    throw new AppError("conflict", `The agreement has ${feeds.length} feeds, which is the most.`, "Hand files in to one of them.");
  return false;
}

/**
 * Adds a feed to an agreement. Files can be handed in to it at once; no target reads it until a version names it. The same
 * text again changes nothing.
 *
 * @throws AppError `not-found` where there is no such agreement; `conflict` where its id is taken by another definition.
 */
export async function addFeed(redis: Redis, input: NewFeed): Promise<FeedHealth> {
  const { agreementId, feed, text, actor, nowMs } = input;
  const keys = agreementKeys(agreementId);
  const health = healthOf(input);
  const sha256 = sha256Hex(text);
  for (let left = TRIES; left > 0; left -= 1) {
    const defined = await readDefined(redis, agreementId);
    if (defined === null) throw new AppError("not-found", "There is no such agreement.", "Check the address.");
    if (isThere(defined, input)) return health;
    const feeds = [...defined.feeds, feed];
    const result = await commit(redis, {
      agreementId,
      operationId: `feed-${feed.id}-${sha256.slice(0, 16)}-${nowMs}`,
      nowMs,
      expect: [{ key: keys.doc, field: "feeds", is: defined.raw }],
      writes: [
        // Whoever remembers the feeds sees by their number that there is one more.
        [
          "HSET",
          keys.doc,
          "feeds",
          JSON.stringify(feeds),
          "feed-texts",
          JSON.stringify([...defined.texts, text]),
          "feed-count",
          feeds.length,
        ],
        ["HSET", keys.feeds, feed.id, JSON.stringify(health)],
      ],
      ledger: [{ v: 1, agreement: agreementId, atMs: nowMs, actor, kind: "feed-defined", feed: feed.id, sha256 }],
      events: [{ kind: "feed:changed", feed: health }],
    });
    if (result.kind === "done" || result.kind === "repeated") return health;
  }
  throw new AppError("unavailable", "Other feeds are being added to this agreement.", "Try again in a moment.");
}
