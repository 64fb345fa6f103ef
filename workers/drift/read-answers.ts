import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Day } from "../../shared/calendar/day.ts";
import type { ShareDay } from "../../shared/drift/day-contrast.ts";
import { SURVEY_FACTS } from "../../shared/facts/survey-fact.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import { type CellsWanted, countedIn } from "./read-cells.ts";

/** How many customers were invited (n), and how many of them answered (num), on each day of two windows; nothing where a feed knows of no invitations. */
export async function readAnswers(
  redis: Redis,
  stored: StoredAgreement,
  wanted: CellsWanted,
): Promise<{ readonly before: readonly ShareDay[]; readonly after: readonly ShareDay[] }> {
  const windowOf = countedIn(stored, wanted);
  const days = [new Map<Day, ShareDay>(), new Map<Day, ShareDay>()] as const;
  for await (const some of readRecordFacts(redis, stored.agreement.id, wanted.compiled.target.feed)) {
    for (const { queue, startMs, invited, csat, nps, resolved } of some.map(SURVEY_FACTS.unpack)) {
      const window = invited && startMs >= wanted.range.fromMs && startMs < wanted.range.toMs ? windowOf(queue, startMs) : null;
      if (window === null) continue;
      const day = stored.zone.localDay(startMs);
      const { num, n } = days[window].get(day) ?? { num: 0, n: 0 };
      const answered = csat !== null || nps !== null || resolved !== null;
      days[window].set(day, { num: num + (answered ? 1 : 0), n: n + 1 });
    }
    await setImmediate();
  }
  return { before: [...days[0].values()], after: [...days[1].values()] };
}
