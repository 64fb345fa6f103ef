import type { Redis } from "ioredis";
import { z } from "zod";
import { AppError } from "../protocol/errors.ts";
import { PullSchedule, PullSource, PullState, type PullView, type PutPull } from "../protocol/pull.ts";
import { agreementOf } from "../protocol/receipt.ts";
import type { PartyActor } from "../settlement/party.ts";
import { commit } from "./commit.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy } from "./person-step.ts";

/** How a feed is fetched, as stored: the secret is sealed for this feed (`pull:<feed id>`), in base64. */
export const PullSettings = z.strictObject({
  source: PullSource,
  schedule: PullSchedule,
  sealedSecret: z.string().nullable(),
  changedAtMs: z.int(),
  changedBy: z.string(),
});
export type PullSettings = z.infer<typeof PullSettings>;

export interface StoredPull {
  readonly feedId: string;
  readonly settings: PullSettings;
  readonly state: PullState;
}

const NEW: PullState = {
  state: "new",
  failuresInRow: 0,
  retryAtMs: null,
  runningSinceMs: null,
  lastRunAtMs: null,
  lastSuccessAtMs: null,
  offeredHostKey: null,
  runs: [],
};

/** The feed's id inside its agreement. */
export function localFeed(feedId: string): string {
  return feedId.slice(feedId.indexOf(".") + 1);
}

/** For what the secret of a place that a feed is fetched from is sealed. */
export function pullPurpose(feedId: string): string {
  return `pull:${feedId}`;
}

function stored(feedId: string, settings: string, state: string | null | undefined): StoredPull {
  return {
    feedId,
    settings: PullSettings.parse(JSON.parse(settings)),
    state: typeof state === "string" ? PullState.parse(JSON.parse(state)) : NEW,
  };
}

/** How a feed is fetched, or `null` when it is not. */
export async function readPull(redis: Redis, feedId: string): Promise<StoredPull | null> {
  const keys = agreementKeys(agreementOf(feedId));
  const feed = localFeed(feedId);
  const [settings, state] = await Promise.all([redis.hget(keys.pullSettings, feed), redis.hget(keys.pulls, feed)]);
  return settings === null ? null : stored(feedId, settings, state);
}

/** Every feed of an agreement that is fetched. */
export async function listPulls(redis: Redis, agreementId: string): Promise<StoredPull[]> {
  const keys = agreementKeys(agreementId);
  const settings = await redis.hgetall(keys.pullSettings);
  if (Object.keys(settings).length === 0) return [];
  const states = await redis.hgetall(keys.pulls);
  return Object.entries(settings).map(([feed, text]) => stored(`${agreementId}.${feed}`, text, states[feed]));
}

/** @throws Error when the key ring is not the one it was sealed with. */
export function openSecret(keyRing: KeyRing, { feedId, settings }: StoredPull): string {
  if (settings.sealedSecret === null) return "";
  return keyRing.unseal(pullPurpose(feedId), Buffer.from(settings.sealedSecret, "base64")).toString("utf8");
}

export function viewOf({ feedId, settings, state }: StoredPull, nextRunAtMs: number | null): PullView {
  const { sealedSecret, ...shown } = settings;
  return { feedId, ...shown, hasSecret: sealedSecret !== null, nextRunAtMs, ...state };
}

/** Whom a secret is shown to; one given for another place is not carried over. */
function recipientOf(source: PullSource): string {
  switch (source.kind) {
    case "http":
      return `http ${new URL(source.url).origin}`;
    case "sftp":
      return `sftp ${source.host.toLowerCase()}:${source.port} ${source.user} ${source.auth}`;
    case "s3":
      return `s3 ${new URL(source.endpoint).origin} ${source.accessKeyId}`;
  }
}

function needsSecret(source: PullSource): boolean {
  return source.kind !== "http" || source.auth.kind !== "none";
}

interface PutPullInput extends PutPull {
  readonly feedId: string;
  readonly keyRing: KeyRing;
  readonly by: PartyActor;
  readonly nowMs: number;
}

function sealedFor({ feedId, keyRing, secret, source }: PutPullInput, before: StoredPull | null): string | null {
  if (!needsSecret(source)) return null;
  if (secret !== undefined) return keyRing.seal(pullPurpose(feedId), Buffer.from(secret)).toString("base64");
  const kept = before?.settings.sealedSecret ?? null;
  if (before !== null && kept !== null && recipientOf(before.settings.source) === recipientOf(source)) return kept;
  throw new AppError(
    "bad-request",
    "The password, token or key for this place is missing.",
    "Give it; a stored one is used only for the host and user it was given for.",
  );
}

/** What was seen at a place says something as long as the same files are looked for there. */
function sameFiles(a: PullSource, b: PullSource): boolean {
  return JSON.stringify({ ...a, hostKey: null }) === JSON.stringify({ ...b, hostKey: null });
}

async function attempt(redis: Redis, input: PutPullInput, operation: string): Promise<StoredPull | null> {
  const { feedId, source, schedule, by, nowMs } = input;
  const agreementId = agreementOf(feedId);
  const keys = agreementKeys(agreementId);
  const feed = localFeed(feedId);
  const text = await redis.hget(keys.pullSettings, feed);
  const before = text === null ? null : stored(feedId, text, await redis.hget(keys.pulls, feed));
  const settings = { source, schedule, sealedSecret: sealedFor(input, before), changedAtMs: nowMs, changedBy: by.name };
  const state: PullState = { ...NEW, lastSuccessAtMs: before?.state.lastSuccessAtMs ?? null, runs: before?.state.runs ?? [] };
  const result = await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    expect: [{ key: keys.pullSettings, field: feed, is: text ?? "" }],
    writes: [
      ["HSET", keys.pullSettings, feed, JSON.stringify(settings)],
      ["HSET", keys.pulls, feed, JSON.stringify(state)],
      // An attempt under the former settings can no longer write its end.
      ["DEL", keys.pullLease(feed)],
      ...(before !== null && sameFiles(before.settings.source, source) ? [] : [["DEL", keys.pullSeen(feed)] as const]),
    ],
  });
  if (result.kind === "repeated") return await readPull(redis, feedId);
  return result.kind === "done" ? { feedId, settings, state } : null;
}

/**
 * Has a feed fetched from now on; tell the pull queue afterwards.
 *
 * @throws AppError `bad-request` when a secret is needed and neither given nor kept.
 */
export async function putPull(redis: Redis, input: PutPullInput): Promise<StoredPull> {
  const operation = personalOperation(`pull-${localFeed(input.feedId)}`, input);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const done = await attempt(redis, input, operation);
    if (done !== null) return done;
  }
  throw tooBusy();
}

/** Forgets how a feed was fetched, with its secret. @returns false when it was not fetched. */
export async function endPull(redis: Redis, feedId: string, nowMs: number): Promise<boolean> {
  const agreementId = agreementOf(feedId);
  const keys = agreementKeys(agreementId);
  const feed = localFeed(feedId);
  const text = await redis.hget(keys.pullSettings, feed);
  if (text === null) return false;
  const { changedAtMs } = PullSettings.parse(JSON.parse(text));
  const result = await commit(redis, {
    agreementId,
    operationId: `end-pull-${feed}-${changedAtMs}-${nowMs}`,
    nowMs,
    expect: [{ key: keys.pullSettings, field: feed, is: text }],
    writes: [
      ["HDEL", keys.pullSettings, feed],
      ["HDEL", keys.pulls, feed],
      ["DEL", keys.pullLease(feed)],
      ["DEL", keys.pullSeen(feed)],
    ],
  });
  if (result.kind === "conflict") throw tooBusy();
  return true;
}
