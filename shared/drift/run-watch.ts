import type { Detector } from "./drift-view.ts";
import { findOnset, type Onset } from "./onset.ts";
import type { ScoredPoint } from "./score-points.ts";
import type { WatchRules } from "./watch-rules.ts";
import { startWatching, watchStep, type WatchState } from "./watch-state.ts";

/** A drift from its alarm to its end. */
export interface DriftEpisode {
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly raisedOn: string;
  readonly endedOn: string | null;
  readonly onset: Onset;
  /** The counted points of the new level, from the likeliest first day to the end or the newest. */
  readonly moved: readonly ScoredPoint[];
}

interface Raised {
  readonly known: number;
  readonly direction: "up" | "down";
  readonly by: Detector;
  readonly raised: ScoredPoint;
  /** First index of the counted points since watching (re)started. */
  readonly from: number;
}

/** So many days after an alarm still help to date it. What moves later is the drift going on, which would pull its first day along. */
const DAYS_THAT_DATE = 7;

/** The first day and its likelihoods as `began` has them, how far the level moved since each day as all points say it. */
function datedBy(began: Onset, whole: Onset): Onset {
  const candidates = whole.candidates.map((candidate, i) => ({ ...candidate, logRatio: began.candidates[i]?.logRatio ?? 0 }));
  const best = candidates.find(({ point }) => point === began.best.point) ?? began.best;
  return { ...began, best, candidates };
}

function episodeOf(
  { known, direction, by, raised, from }: Raised,
  counted: readonly ScoredPoint[],
  endedOn: string | null,
): DriftEpisode[] {
  const all = counted.slice(from).filter(({ point }) => endedOn === null || point.day < endedOn || point.day <= raised.point.day);
  const search = { direction, raisedAt: raised.at, known };
  const [began, whole] = [
    findOnset(
      all.filter(({ at }) => at <= raised.at + DAYS_THAT_DATE),
      search,
    ),
    findOnset(all, search),
  ];
  if (began === null || whole === null) return [];
  const onset = datedBy(began, whole);
  const moved = all.filter(({ at }) => at >= onset.best.point.at);
  return [{ direction, by, raisedOn: raised.point.day, endedOn, onset, moved }];
}

/** Folds all points and gathers the drifts that were found, earliest first. */
export function runWatch(scored: readonly ScoredPoint[], rules: WatchRules): DriftEpisode[] {
  const counted = scored.filter((point) => point.counted);
  const episodes: DriftEpisode[] = [];
  const known = rules.doubt.information;
  let state: WatchState = startWatching(rules);
  let [from, standing]: [number, Raised | null] = [0, null];
  for (const [i, point] of counted.entries()) {
    const step = watchStep(state, point, rules);
    state = step.state;
    if (step.event?.kind === "raised") standing = { known, direction: step.event.direction, by: step.event.by, raised: point, from };
    if (step.event?.kind !== "ended" || standing === null) continue;
    episodes.push(...episodeOf(standing, counted, step.event.backSince));
    [from, standing] = [i + 1, null];
  }
  return standing === null ? episodes : [...episodes, ...episodeOf(standing, counted, null)];
}
