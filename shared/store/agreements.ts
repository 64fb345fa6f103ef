import type { Redis } from "ioredis";
import { z } from "zod";
import { Agreement } from "../agreement/agreement.ts";
import { DutyRole } from "../agreement/alert-clauses.ts";
import type { AgreementContext } from "../agreement/context.ts";
import { type AgreementHistory, createHistory } from "../agreement/history.ts";
import { FeedDefinition } from "../feeds/definition.ts";
import { AGREEMENTS, agreementKeys } from "./keys.ts";
import { readStoredVersions, type StoredVersion } from "./stored-version.ts";

/** An agreement with its feeds: the version in force today, and all that are or were in force. */
export interface StoredAgreement extends AgreementContext {
  readonly history: AgreementHistory;
  /** When it came onto the board: windows that had ended before are history and raise no alerts. */
  readonly sinceMs: number;
  /** Names the versions that are in force; changes with every activation. */
  readonly stamp: string;
  /** Roles that nobody has in it, as noted last; see `noteVacancies`. */
  readonly vacant: readonly DutyRole[];
}

interface Known {
  readonly history: AgreementHistory;
  readonly sinceMs: number;
  readonly stamp: string;
  /** How many feeds it has had added; `null` as long as none was. */
  readonly feedCount: string | null;
  /** The latest answer, and the day it was for. */
  latest: { readonly day: string; readonly vacancies: string | null; readonly stored: StoredAgreement } | null;
}

/** What each connection has read before. What is in force changes with the stamp only. */
const known = new WeakMap<Redis, Map<string, Known>>();

/** The name under which a set of versions in force is remembered. */
export function stampOf(inForce: readonly Pick<StoredVersion, "version">[]): string {
  return inForce.map(({ version }) => version).join(",");
}

/** The feeds of an agreement, in force or not; `null` when there is no such agreement. */
export async function readFeeds(redis: Redis, agreementId: string): Promise<FeedDefinition[] | null> {
  const feeds = await redis.hget(agreementKeys(agreementId).doc, "feeds");
  return feeds === null ? null : z.array(FeedDefinition).parse(JSON.parse(feeds));
}

async function readKnown(
  redis: Redis,
  agreementId: string,
  { stamp, feedCount, sinceMs }: Pick<Known, "stamp" | "feedCount" | "sinceMs">,
): Promise<Known | null> {
  const mine = known.get(redis) ?? new Map<string, Known>();
  known.set(redis, mine);
  const before = mine.get(agreementId);
  if (before?.stamp === stamp && before.feedCount === feedCount) return before;
  const [versions, feeds] = await Promise.all([readStoredVersions(redis, agreementId), readFeeds(redis, agreementId)]);
  // One that came into force since the stamp was read is left for the next reading.
  const inForce = versions.filter(({ version }) => stamp.split(",").includes(String(version)));
  if (feeds === null || inForce.length === 0) return null;
  const read = { history: createHistory(inForce.map(({ agreement }) => ({ agreement, feeds }))), sinceMs, stamp, feedCount, latest: null };
  mine.set(agreementId, read);
  return read;
}

/** The version that speaks for a day: the one in force, or the latest before, or the first to come. */
function speaksFor(history: AgreementHistory, day: string): AgreementContext {
  return history.contextOn(day) ?? history.versions.findLast(({ term }) => term.from <= day) ?? history.versions[0] ?? history.latest;
}

/** Roles as `noteVacancies` writes them; none where it has not looked yet. */
function rolesIn(text: string | null): DutyRole[] {
  return DutyRole.options.filter((role) => text?.split(",").includes(role) === true);
}

/** What of an agreement's document tells whether what was read of it before still holds. */
export const AGREEMENT_MARKS = ["stamp", "since", "feed-count", "vacant"] as const;
export type AgreementMarks = readonly (string | null)[];

/**
 * Reads the agreement as it is in force on the day of `nowMs`; `null` when nothing is or was to be in force.
 * Costs one field where it was read before, because compiling it for every request would cost more.
 */
export async function readAgreement(redis: Redis, agreementId: string, nowMs = Date.now()): Promise<StoredAgreement | null> {
  const marks = await redis.hmget(agreementKeys(agreementId).doc, ...AGREEMENT_MARKS);
  return await readMarked(redis, agreementId, { marks, nowMs });
}

/** The same where its marks have been read already; they are `AGREEMENT_MARKS` in order. */
export async function readMarked(
  redis: Redis,
  agreementId: string,
  { marks, nowMs }: { readonly marks: AgreementMarks; readonly nowMs: number },
): Promise<StoredAgreement | null> {
  const [stamp, since, feedCount = null, vacancies = null] = marks;
  if (typeof stamp !== "string" || typeof since !== "string") return null;
  const found = await readKnown(redis, agreementId, { stamp, feedCount, sinceMs: Number(since) });
  if (found === null) return null;
  const day = found.history.latest.zone.localDay(nowMs);
  if (found.latest?.day !== day || found.latest.vacancies !== vacancies) {
    const { history, sinceMs } = found;
    const vacant = rolesIn(vacancies);
    found.latest = { day, vacancies, stored: { ...speaksFor(history, day), history, sinceMs, stamp, vacant } };
  }
  return found.latest.stored;
}

/** The document by which a list names an agreement: of the version that speaks for today, or of the latest proposal. */
export async function readListed(
  redis: Redis,
  agreementId: string,
  nowMs: number,
): Promise<{ agreement: Agreement; waits: boolean } | null> {
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored !== null) return { agreement: stored.agreement, waits: false };
  const latest = (await readStoredVersions(redis, agreementId)).at(-1);
  if (latest !== undefined) return { agreement: latest.agreement, waits: true };
  // Of an earlier release: a worker gives it its first version within seconds.
  const former = await redis.hget(agreementKeys(agreementId).doc, "agreement");
  return former === null ? null : { agreement: Agreement.parse(JSON.parse(former)), waits: true };
}

export async function listAgreements(redis: Redis): Promise<string[]> {
  return (await redis.smembers(AGREEMENTS)).toSorted();
}
