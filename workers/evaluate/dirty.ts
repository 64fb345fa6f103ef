import type { Redis } from "ioredis";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { Expectation } from "../../shared/store/commit.ts";
import { readMark } from "../../shared/store/dirty-marks.ts";

/** Local days of feeds that changed, and whose rows did. */
export interface DirtyDays {
  readonly byFeed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Queues by feed and day, `<feed>|<day>`; a day that is not named may have changed in every queue. */
  readonly queues: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What waits to be judged, and where the last publication stood. */
export interface Dirty extends DirtyDays {
  readonly members: readonly string[];
  /** First and last day with data so far. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** Local day of the last evaluation. */
  readonly evaluated: string | null;
  /** The versions that the last evaluation was made under. */
  readonly stamp: string | null;
  /** Left by whoever wrote counts of days last; `""` before the first. */
  readonly counts: string;
  /** How often claims, forecasts and closings have changed: names what the evaluation reads of them. */
  readonly marks: { readonly claims: string; readonly forecasts: string; readonly closings: string };
}

/** Members of the set of dirty days, taken apart. */
export function dirtyDays(members: readonly string[]): DirtyDays {
  const byFeed = new Map<string, Set<string>>();
  const queues = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const { feed, day, queue } of members.map(readMark)) {
    byFeed.set(feed, (byFeed.get(feed) ?? new Set<string>()).add(day));
    const name = `${feed}|${day}`;
    if (queue === null) whole.add(name);
    else queues.set(name, (queues.get(name) ?? new Set<string>()).add(queue));
  }
  for (const name of whole) queues.delete(name);
  return { byFeed, queues };
}

/** Marks are read before what they mark, on one connection: whoever changes that in between makes the publication conflict. */
export async function readDirty(redis: Redis, agreementId: string): Promise<Dirty> {
  const keys = agreementKeys(agreementId);
  const [members, clock] = await Promise.all([
    redis.smembers(keys.dirty),
    redis.hmget(keys.clock, "from", "to", "evaluated", "stamp", "claims", "forecasts", "counts", "closings"),
  ]);
  const [from = null, to = null, evaluated = null, stamp = null, claims, forecasts, counts, closings] = clock;
  const range = from === null || to === null ? null : { from, to };
  const marks = { claims: claims ?? "", forecasts: forecasts ?? "", closings: closings ?? "" };
  return { ...dirtyDays(members), members, range, evaluated, stamp, counts: counts ?? "", marks };
}

/** Nothing that the evaluation has read of people's doing may have changed when it is published. */
export function marksUnchanged(agreementId: string, { claims, forecasts, closings }: Dirty["marks"]): Expectation[] {
  const key = agreementKeys(agreementId).clock;
  return [
    { key, field: "claims", is: claims },
    { key, field: "forecasts", is: forecasts },
    { key, field: "closings", is: closings },
  ];
}
