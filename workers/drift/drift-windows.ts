import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Day } from "../../shared/calendar/day.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import type { DriftView } from "../../shared/drift/drift-view.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { CellsWanted } from "./read-cells.ts";

/** The days of the baseline and those since the onset. */
export interface DriftWindows {
  readonly wanted: CellsWanted;
  readonly before: { readonly from: Day; readonly to: Day };
  readonly after: { readonly from: Day; readonly to: Day };
}

interface Standing {
  readonly points: readonly DriftPoint[];
  readonly drift: NonNullable<DriftView["drift"]>;
  readonly baseline: NonNullable<DriftView["baseline"]>;
}

/** The windows that a standing drift is explained by, days that count for nothing left out; `null` where one of them has no day. */
export function driftWindows(
  { zone }: Pick<StoredAgreement, "zone">,
  compiled: CompiledTarget,
  { points, drift, baseline }: Standing,
): DriftWindows | null {
  const counted = points.filter(({ leftOut, open }) => leftOut !== true && open !== true).map(({ day }) => day);
  const first = new Set(counted.filter((day) => day >= baseline.from && day <= baseline.to));
  const after = new Set(counted.filter((day) => day >= drift.onset.day));
  const last = [...after].at(-1);
  if (first.size === 0 || last === undefined) return null;
  const windowOf = (day: Day): 0 | 1 | null => (after.has(day) ? 1 : first.has(day) ? 0 : null);
  const range = { fromMs: zone.dayRange(baseline.from).fromMs, toMs: zone.dayRange(last).toMs };
  return {
    wanted: { compiled, windowOf, range },
    before: { from: baseline.from, to: baseline.to },
    after: { from: drift.onset.day, to: last },
  };
}
