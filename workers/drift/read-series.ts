import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { type CountedDay, driftPoints } from "../../shared/drift/drift-points.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import { sameFigureOn } from "../../shared/outlook/same-figure.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { unpackDayCounts } from "../../shared/store/day-counts.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

/**
 * All days of a target that are known, over every version that measures the same of the same queues: what a later version changes of a
 * level or an amount keeps the history.
 */
export async function readSeries(redis: Redis, stored: StoredAgreement, compiled: CompiledTarget, nowMs: number): Promise<DriftPoint[]> {
  const { history, agreement } = stored;
  const sameOn = sameFigureOn(history, compiled);
  const days: CountedDay[] = [];
  for (const context of history.versions) {
    const name = agreementKeys(agreement.id).days(compiled.target.id, context.agreement.version);
    for (const [day, bytes] of Object.entries(await redis.hgetallBuffer(name))) {
      const same = history.contextOn(day) === context ? sameOn(day) : undefined;
      if (same !== undefined) days.push({ day, context, compiled: same, counts: unpackDayCounts(bytes) });
    }
  }
  return driftPoints(days, nowMs);
}
