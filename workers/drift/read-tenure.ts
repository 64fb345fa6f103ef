import type { Redis } from "ioredis";
import { DAY_MS } from "../../shared/calendar/day.ts";
import { ROSTER_FACTS } from "../../shared/facts/roster-fact.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";

/** When each agent began, by pseudonym, as the rosters of an agreement say; the latest snapshot of an agent counts. */
export async function readStarts(redis: Redis, { agreement, feeds }: StoredAgreement): Promise<Map<string, number>> {
  const latest = new Map<string, { readonly saidMs: number; readonly begunMs: number }>();
  for (const feed of feeds.filter(({ kind }) => kind === "roster")) {
    for await (const some of readRecordFacts(redis, agreement.id, feed.id)) {
      for (const { agent, serviceDays, leftDaysAgo, startMs } of some.map(ROSTER_FACTS.unpack)) {
        if (agent === null || serviceDays === null || (latest.get(agent)?.saidMs ?? Number.NEGATIVE_INFINITY) > startMs) continue;
        latest.set(agent, { saidMs: startMs, begunMs: startMs - (serviceDays + leftDaysAgo) * DAY_MS });
      }
    }
  }
  return new Map([...latest].map(([agent, { begunMs }]) => [agent, begunMs]));
}
