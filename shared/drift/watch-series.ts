import { baselineSpan } from "./baseline-span.ts";
import type { DriftPoint, SeriesSettings } from "./drift-point.ts";
import { SeriesWatch } from "./drift-view.ts";
import { drawPoints } from "./draw-points.ts";
import { fitBaseline, type Baseline } from "./fit-baseline.ts";
import { describeDrift } from "./describe-drift.ts";
import { monthEvidence } from "./month-evidence.ts";
import { readPoints, type Reading, unscaled } from "./reading.ts";
import { runWatch } from "./run-watch.ts";
import { scorePoints } from "./score-points.ts";
import { unwatched } from "./unwatched.ts";
import { watchRules } from "./watch-rules.ts";

function shownBaseline(baseline: Baseline, days: readonly { readonly point: DriftPoint }[]): NonNullable<SeriesWatch["baseline"]> {
  const { kind, subgroups, n, level, dispersion, correlation } = baseline;
  const [from, to] = [days[0]?.point.day ?? "", days.at(-1)?.point.day ?? ""];
  return { from, to, subgroups, n, level: unscaled(level, kind), dispersion, autocorrelation: correlation.measured };
}

function watched(
  { readings, lastAt }: { readonly readings: readonly Reading[]; readonly lastAt: number },
  baseline: Baseline,
  { runLength, worse }: SeriesSettings,
): Omit<SeriesWatch, "baseline"> {
  const scored = scorePoints(readings, baseline, lastAt);
  const rules = watchRules(baseline, runLength);
  const episodes = runWatch(scored, rules);
  const drifts = episodes.map((episode) => describeDrift(episode, baseline, worse));
  const standing = drifts.at(-1)?.endedOn === null ? drifts.at(-1) : undefined;
  return {
    state: standing === undefined ? "steady" : "drifting",
    why: null,
    budget: { runLength, watched: scored.filter(({ counted }) => counted).length, alarms: drifts.length },
    points: drawPoints(scored, baseline, episodes),
    drift: standing ?? null,
    past: drifts.filter((drift) => drift !== standing).toReversed(),
    month: monthEvidence(scored, episodes, rules),
  };
}

/**
 * Watches one series for drift against its own baseline: says what is usual, where the level moved, since when and how far.
 *
 * A pure function of the newest revision of every day: a restated day gives what would have been said had it been known in time.
 *
 * @param points in any order, one per day.
 * @returns `learning` while the baseline lacks days, `unusable` where nothing can be said; `why` says which.
 */
export function watchSeries(points: readonly DriftPoint[], settings: SeriesSettings): SeriesWatch {
  const { kind } = settings;
  const readings = readPoints(points, kind);
  const span = baselineSpan(readings, settings.baseline);
  if (!span.known) return unwatched({ state: "learning", why: span.why, readings, settings });
  const baseline = fitBaseline(span.readings, kind);
  if (!(baseline.variance.unit > 0 || baseline.variance.between > 0)) {
    return unwatched({ state: "unusable", why: "Every day of the baseline has the same figure.", readings, settings });
  }
  const watch = { ...watched({ readings, lastAt: span.lastAt }, baseline, settings), baseline: shownBaseline(baseline, span.readings) };
  // Figures that differ by a hundred powers of ten leave what numbers can hold.
  if (SeriesWatch.safeParse(watch).success) return watch;
  return unwatched({ state: "unusable", why: "Its figures lie too far apart to be reckoned with.", readings, settings });
}
