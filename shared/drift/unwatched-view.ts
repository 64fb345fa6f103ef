import type { CompiledTarget } from "../agreement/compiled.ts";
import type { DriftView } from "./drift-view.ts";
import { worseSideOf } from "./worse-side.ts";

/**
 * The view of a target of which there are no figures to watch: not yet (`learning`), or never (`unusable`).
 *
 * @param why in plain words.
 * @param version of the agreement that has the target.
 */
export function unwatchedView(
  compiled: CompiledTarget,
  { state, why, version, atMs }: Pick<DriftView, "why" | "version" | "atMs"> & { readonly state: "learning" | "unusable" },
): DriftView {
  return {
    targetId: compiled.target.id,
    version,
    unit: compiled.unit,
    worse: worseSideOf(compiled.target),
    state,
    why,
    baseline: null,
    budget: { runLength: 0, watched: 0, alarms: 0 },
    points: [],
    drift: null,
    past: [],
    month: null,
    cause: null,
    besides: null,
    leads: null,
    atMs,
  };
}
