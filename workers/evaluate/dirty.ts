import type { Redis } from "ioredis";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { Expectation } from "../../shared/store/commit.ts";

/** What waits to be judged, and where the last publication stood. */
export interface Dirty {
  readonly byFeed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly members: readonly string[];
  /** First and last day with data so far. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** Local day of the last evaluation. */
  readonly evaluated: string | null;
  /** The versions that the last evaluation was made under. */
  readonly stamp: string | null;
  /** Left by whoever wrote counts of days last; `""` before the first. */
  readonly counts: string;
  /** How often claims and forecasts have changed: names what the evaluation reads of them. */
  readonly marks: { readonly claims: string; readonly forecasts: string };
}

/** Marks are read before what they mark, on one connection: whoever changes that in between makes the publication conflict. */
export async function readDirty(redis: Redis, agreementId: string): Promise<Dirty> {
  const keys = agreementKeys(agreementId);
  const [members, clock] = await Promise.all([
    redis.smembers(keys.dirty),
    redis.hmget(keys.clock, "from", "to", "evaluated", "stamp", "claims", "forecasts", "counts"),
  ]);
  const byFeed = new Map<string, Set<string>>();
  for (const member of members) {
    const [feed = "", day = ""] = member.split("|");
    const days = byFeed.get(feed) ?? new Set<string>();
    byFeed.set(feed, days.add(day));
  }
  const [from = null, to = null, evaluated = null, stamp = null, claims, forecasts, counts] = clock;
  const range = from === null || to === null ? null : { from, to };
  return { byFeed, members, range, evaluated, stamp, counts: counts ?? "", marks: { claims: claims ?? "", forecasts: forecasts ?? "" } };
}

/** Nothing that the evaluation has read of people's doing may have changed when it is published. */
export function marksUnchanged(agreementId: string, { claims, forecasts }: Dirty["marks"]): Expectation[] {
  const key = agreementKeys(agreementId).clock;
  return [
    { key, field: "claims", is: claims },
    { key, field: "forecasts", is: forecasts },
  ];
}
