import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { CauseCell } from "../../shared/drift/cause-cell.ts";
import { bandStart } from "../../shared/drift/cause-rows.ts";
import { figureScale } from "../../shared/drift/figure-scale.ts";
import { ROSTER_FACTS } from "../../shared/facts/roster-fact.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import { type CellsWanted, countedIn } from "./read-cells.ts";

/**
 * Leavers and the days of agents by team, day and tenure band in two windows. Below the line stand agents' months (or years, as the target
 * has it), so that the quotient is the target's figure and single leavers are counted above it.
 */
export async function readTurnover(
  redis: Redis,
  stored: StoredAgreement,
  wanted: CellsWanted,
): Promise<{ readonly before: readonly CauseCell[]; readonly after: readonly CauseCell[] }> {
  const { compiled } = wanted;
  const windowOf = countedIn(stored, wanted);
  const sharesOf = ROSTER_FACTS.compileShares(["leavers", "headcount-days"], stored.intervalMs(compiled.target.feed));
  const daysOfOne = figureScale(compiled)(1);
  const cells = [new Map<string, CauseCell>(), new Map<string, CauseCell>()] as const;
  for await (const some of readRecordFacts(redis, stored.agreement.id, compiled.target.feed)) {
    for (const fact of some.map(ROSTER_FACTS.unpack)) {
      const { queue, startMs, serviceDays } = fact;
      const window = startMs >= wanted.range.fromMs && startMs < wanted.range.toMs ? windowOf(queue, startMs) : null;
      if (window === null) continue;
      const [left = 0, days = 0] = sharesOf(fact)[0]?.added ?? [];
      const [day, tenureDays] = [stored.zone.localDay(startMs), serviceDays === null ? null : bandStart(serviceDays)];
      const name = JSON.stringify([queue, day, tenureDays]);
      const was = cells[window].get(name) ?? { queue, agent: null, tenureDays, day, n: 0, num: 0, sample: 0 };
      const [num, n, sample] = [was.num + left, was.n + days / daysOfOne, (was.sample ?? 0) + days];
      cells[window].set(name, { ...was, num, n, sample });
    }
    await setImmediate();
  }
  return { before: [...cells[0].values()], after: [...cells[1].values()] };
}
