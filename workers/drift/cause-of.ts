import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Cause, DriftView } from "../../shared/drift/drift-view.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { causeApart } from "./cause-apart.ts";
import { driftWindows } from "./drift-windows.ts";
import type { Series } from "./look-at-target.ts";
import { readCells } from "./read-cells.ts";
import { readTurnover } from "./read-turnover.ts";

/** Head counts and schedules are no sums of what single contacts add. */
const PEOPLE_KINDS: readonly string[] = ["roster", "schedule", "forecast", "monthly"];

/** Whether the figure of a target is one quotient of sums of single events, so that its cases may be divided among those who had them. */
export function isSummed(stored: StoredAgreement, { target, formula }: CompiledTarget): boolean {
  const isQuotient = target.aggregation.by === "ratio-of-sums" && formula.transform === undefined;
  return isQuotient && !PEOPLE_KINDS.includes(stored.feed(target.feed)?.kind ?? "forecast");
}

/** Leavers by agents' days, from a roster; twelve months compounded are no sum of their parts. */
function isTurnover(stored: StoredAgreement, { target, formula }: CompiledTarget): boolean {
  const isSum = target.aggregation.by === "ratio-of-sums" && formula.transform === undefined;
  return isSum && target.measure.metric === "attrition" && stored.feed(target.feed)?.kind === "roster";
}

/**
 * What caused the standing drift of a target: its figures since the onset against those of its baseline, split by what their facts tell
 * of queues, agents, tenure and parts of handle time; turnover by what the roster tells of teams and tenure.
 *
 * @returns `null` without a standing drift, and for figures that are no quotient of sums of single events.
 */
export async function causeOf(
  redis: Redis,
  stored: StoredAgreement,
  { compiled, watchable, points }: Series,
  { drift, baseline }: Pick<DriftView, "drift" | "baseline">,
): Promise<Cause | null> {
  const { kind } = watchable;
  const ofTurnover = isTurnover(stored, compiled);
  if (drift === null || baseline === null || kind === null || !(ofTurnover || isSummed(stored, compiled))) return null;
  const windows = driftWindows(stored, compiled, { points, drift, baseline });
  if (windows === null) return null;
  const cells = ofTurnover ? await readTurnover(redis, stored, windows.wanted) : await readCells(redis, stored, windows.wanted);
  return await causeApart({
    before: { ...windows.before, cells: cells.before },
    after: { ...windows.after, cells: cells.after },
    unit: compiled.unit,
    kind,
    dispersion: baseline.dispersion,
  });
}
