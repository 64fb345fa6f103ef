import type { Redis } from "ioredis";
import { canonicalText } from "../ledger/canonical.ts";
import { FavourCounts, Restatement } from "../protocol/restatement.ts";
import { agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";

/** How many corrections of a feed have favoured whom so far. */
export async function readFavours(redis: Redis, agreementId: string, feed: string): Promise<FavourCounts> {
  const text = await redis.hget(agreementKeys(agreementId).favours, feed);
  return text === null ? { provider: 0, client: 0, neutral: 0 } : FavourCounts.parse(JSON.parse(text));
}

/** Every correction, newest first. */
export async function readRestatements(redis: Redis, agreementId: string): Promise<Restatement[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).restatements);
  return texts.map((text) => Restatement.parse(JSON.parse(text))).toSorted((a, b) => b.receipt - a.receipt);
}

/** Gives a card its hash: of all that it says but the names, which may be erased one day. */
export function sealRestatement(card: Omit<Restatement, "sha256">): Restatement {
  const { by: _by, filename: _filename, withdrawn, ...content } = card;
  const said = withdrawn === undefined ? content : { ...content, withdrawn };
  return { ...card, sha256: sha256Hex(canonicalText(said)) };
}
