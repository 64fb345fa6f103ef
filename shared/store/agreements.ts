import type { Redis } from "ioredis";
import { z } from "zod";
import { Agreement } from "../agreement/agreement.ts";
import { type AgreementContext, createContext } from "../agreement/context.ts";
import { FeedDefinition } from "../feeds/definition.ts";
import { AppError } from "../protocol/errors.ts";
import { commit } from "./commit.ts";
import { AGREEMENTS, agreementKeys } from "./keys.ts";
import { sha256 } from "./sha256.ts";

/** An agreement in force with its feeds, and how their intervals are laid out in the store. */
export interface StoredAgreement extends AgreementContext {
  /** When it came onto the board: windows that had ended before are history and raise no alerts. */
  readonly sinceMs: number;
}

const Doc = z.object({ agreement: z.string(), feeds: z.string(), since: z.string() });

export interface NewAgreement {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
  readonly agreementText: string;
  readonly feedTexts: readonly string[];
  readonly actor: string;
  readonly nowMs: number;
}

function hex(text: string): string {
  return Buffer.from(sha256(new TextEncoder().encode(text))).toString("hex");
}

/**
 * Puts the first version of an agreement and its feeds in force.
 *
 * @throws AppError `conflict` when an agreement of that id exists: versions are immutable.
 */
export async function putAgreement(redis: Redis, input: NewAgreement): Promise<void> {
  const { agreement, feeds, nowMs } = input;
  const keys = agreementKeys(agreement.id);
  // The list lies in another slot, so it comes first: an id that is listed without an agreement harms nobody.
  await redis.sadd(AGREEMENTS, agreement.id);
  const result = await commit(redis, {
    agreementId: agreement.id,
    operationId: `agreement-v${agreement.version}-${hex(input.agreementText).slice(0, 16)}-${nowMs}`,
    nowMs,
    expect: [{ key: keys.doc, field: "agreement", is: "" }],
    writes: [
      [
        "HSET",
        keys.doc,
        "agreement",
        JSON.stringify(agreement),
        "feeds",
        JSON.stringify(feeds),
        "since",
        nowMs,
        "text",
        input.agreementText,
        "feed-texts",
        JSON.stringify(input.feedTexts),
      ],
    ],
    ledger: [
      {
        v: 1,
        kind: "agreement-version",
        agreement: agreement.id,
        atMs: nowMs,
        actor: input.actor,
        version: agreement.version,
        sha256: hex(input.agreementText),
        feeds: feeds.map((feed, i) => ({ feed: feed.id, sha256: hex(input.feedTexts[i] ?? JSON.stringify(feed)) })),
      },
    ],
    events: [{ kind: "agreement:changed", version: agreement.version }],
  });
  if (result.kind === "conflict")
    throw new AppError(
      "conflict",
      `There is already an agreement "${agreement.id}".`,
      "Choose another id; versions are never overwritten.",
    );
}

/** What each connection has read before. An agreement in force does not change, so its stamp says whether it is the same. */
const known = new WeakMap<Redis, Map<string, StoredAgreement>>();

/** Reading costs one field where the agreement was read before, because compiling it for every request would cost more. */
export async function readAgreement(redis: Redis, agreementId: string): Promise<StoredAgreement | null> {
  const doc = agreementKeys(agreementId).doc;
  const since = await redis.hget(doc, "since");
  if (since === null) return null;
  const mine = known.get(redis) ?? new Map<string, StoredAgreement>();
  known.set(redis, mine);
  const before = mine.get(agreementId);
  if (before?.sinceMs === Number(since)) return before;
  const read = parseDoc(Doc.parse(await redis.hgetall(doc)));
  mine.set(agreementId, read);
  return read;
}

function parseDoc(doc: z.infer<typeof Doc>): StoredAgreement {
  const agreement = Agreement.parse(JSON.parse(doc.agreement));
  const feeds = z.array(FeedDefinition).parse(JSON.parse(doc.feeds));
  return { ...createContext(agreement, feeds), sinceMs: Number(doc.since) };
}

export async function listAgreements(redis: Redis): Promise<string[]> {
  return (await redis.smembers(AGREEMENTS)).toSorted();
}
