import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { driftClausesOf } from "../../shared/agreement/alert-clauses.ts";
import { driftLine } from "../../shared/drift/drift-line.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import type { DriftView, FoundDrift } from "../../shared/drift/drift-view.ts";
import { figureScale, scaledWatch } from "../../shared/drift/figure-scale.ts";
import { seriesKindOf, type Watchable } from "../../shared/drift/series-kind.ts";
import { sharedRunLength } from "../../shared/drift/shared-run-length.ts";
import { unwatchedView } from "../../shared/drift/unwatched-view.ts";
import { watchSeries } from "../../shared/drift/watch-series.ts";
import { worseSideOf } from "../../shared/drift/worse-side.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { StoredLine } from "../../shared/store/drift.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import { leadsOf } from "./leads-of.ts";

/** Grows when detectors, settings or views change their meaning, so that what an earlier release worked out is made anew. */
const METHOD = 3;

/** What stands behind a drift, as far as the facts tell. */
export type Explained = Pick<DriftView, "cause" | "besides">;

/** A target with everything that watching it depends on. */
export interface Series {
  readonly compiled: CompiledTarget;
  readonly watchable: Watchable;
  readonly points: readonly DriftPoint[];
}

export interface Occasion {
  readonly stored: StoredAgreement;
  /** How many series share the false alarms. */
  readonly series: number;
  readonly outlooks: readonly Outlook[];
  readonly nowMs: number;
}

/** What a look at a target came to. */
export interface Look {
  readonly compiled: CompiledTarget;
  readonly points: readonly DriftPoint[];
  readonly stored: StoredLine;
  /** `null` where what is stored says the same. */
  readonly view: DriftView | null;
}

export function seriesOf(compiled: CompiledTarget, points: readonly DriftPoint[]): Series {
  return { compiled, watchable: seriesKindOf(compiled), points };
}

function settingsOf({ compiled, watchable, points }: Series, { stored, series }: Occasion) {
  const { toleratePerMonth, baselines } = driftClausesOf(stored.agreement.alerts);
  const baseline = baselines[compiled.target.id] ?? baselines[compiled.base] ?? null;
  const runLength = sharedRunLength(points, { series, toleratePerMonth, baseline });
  return { kind: watchable.kind, why: watchable.why, worse: worseSideOf(compiled.target), runLength, baseline };
}

type Settings = ReturnType<typeof settingsOf>;

function watched({ compiled, points }: Series, { kind, why, ...settings }: Settings, { stored, nowMs }: Occasion): DriftView {
  const about = { version: stored.agreement.version, atMs: nowMs };
  const without = unwatchedView(compiled, { state: "unusable", why, ...about });
  if (kind === null) return without;
  const watch = scaledWatch(watchSeries(points, { kind, ...settings }), figureScale(compiled));
  return { ...without, ...watch };
}

function inputsOf({ compiled, points }: Series, settings: Settings): string {
  return sha256Hex(JSON.stringify([METHOD, compiled.target.measure, compiled.unit, settings, points]));
}

function isSame(a: StoredLine["line"], b: StoredLine["line"]): boolean {
  return JSON.stringify({ ...a, atMs: 0 }) === JSON.stringify({ ...b, atMs: 0 });
}

function changed({ compiled, points }: Series, inputs: string, view: DriftView): Look {
  return { compiled, points, stored: { inputs, line: driftLine(view) }, view };
}

/** What is stored of a series, and of the facts behind it. */
interface Stored {
  readonly before: StoredLine | undefined;
  readonly readView: () => Promise<DriftView | null>;
  /** Works out what caused the standing drift. */
  readonly explain: (series: Series, view: DriftView) => Promise<Explained>;
}

/**
 * Watches one series, unless it was watched before with the same figures and settings, and says what caused its drift and where that leads.
 */
export async function lookAtTarget(series: Series, occasion: Occasion, { before, readView, explain }: Stored): Promise<Look> {
  const { compiled, points } = series;
  const { stored, outlooks, nowMs } = occasion;
  const settings = settingsOf(series, occasion);
  const inputs = inputsOf(series, settings);
  const leads = (drift: FoundDrift | null) => leadsOf({ context: stored, compiled, points, drift, outlooks, nowMs });
  if (before?.inputs === inputs) {
    const line = { ...before.line, version: stored.agreement.version, leads: leads(before.line.drift) };
    if (isSame(before.line, line)) return { compiled, points, stored: before, view: null };
    const view = await readView();
    if (view !== null) return changed(series, inputs, { ...view, version: line.version, leads: line.leads, atMs: nowMs });
  }
  const view = watched(series, settings, occasion);
  return changed(series, inputs, { ...view, ...(await explain(series, view)), leads: leads(view.drift) });
}
