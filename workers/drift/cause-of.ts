import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Day } from "../../shared/calendar/day.ts";
import { causeOfChange } from "../../shared/drift/cause.ts";
import type { Cause, DriftView } from "../../shared/drift/drift-view.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Series } from "./look-at-target.ts";
import { readCells } from "./read-cells.ts";

/** Head counts and schedules are no sums of what single contacts add. */
const PEOPLE_KINDS: readonly string[] = ["roster", "schedule", "forecast", "monthly"];

/** Whether the figure of a target is one quotient of sums of single events, so that its cases may be divided among those who had them. */
export function isSummed(stored: StoredAgreement, { target, formula }: CompiledTarget): boolean {
  const isQuotient = target.aggregation.by === "ratio-of-sums" && formula.transform === undefined;
  return isQuotient && !PEOPLE_KINDS.includes(stored.feed(target.feed)?.kind ?? "forecast");
}

/**
 * What caused the standing drift of a target: its figures since the onset against those of its baseline, split by what their facts tell
 * of queues, agents, tenure and parts of handle time.
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
  if (drift === null || baseline === null || kind === null || !isSummed(stored, compiled)) return null;
  const counted = points.filter(({ leftOut, open }) => leftOut !== true && open !== true).map(({ day }) => day);
  const [was, is] = [counted.filter((day) => day >= baseline.from && day <= baseline.to), counted.filter((day) => day >= drift.onset.day)];
  const last = is.at(-1);
  if (was.length === 0 || last === undefined) return null;
  const [first, after] = [new Set(was), new Set(is)];
  const windowOf = (day: Day): 0 | 1 | null => (after.has(day) ? 1 : first.has(day) ? 0 : null);
  const range = { fromMs: stored.zone.dayRange(baseline.from).fromMs, toMs: stored.zone.dayRange(last).toMs };
  const cells = await readCells(redis, stored, { compiled, windowOf, range });
  return causeOfChange({
    before: { from: baseline.from, to: baseline.to, cells: cells.before },
    after: { from: drift.onset.day, to: last, cells: cells.after },
    unit: compiled.unit,
    kind,
    dispersion: baseline.dispersion,
  });
}
