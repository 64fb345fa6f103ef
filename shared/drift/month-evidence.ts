import { type ExactScore, exactScore, NOTHING_LEARNED } from "./learned-level.ts";
import { eventRatios, NO_EVENTS } from "./learned-events.ts";
import type { SeriesWatch } from "./drift-view.ts";
import { periodEvidence } from "./false-discovery-evidence.ts";
import type { DriftEpisode } from "./run-watch.ts";
import type { ScoredPoint } from "./score-points.ts";
import type { WatchRules } from "./watch-rules.ts";

/** Shifts in standard deviations of a day that are held against none. */
const SHIFTS = [0.25, 0.5, 1, 2] as const;
/** A single day is taken for no more than this. */
const WILD = 4;
/** Nor is it evidence of more than this, which keeps a month of such days a number. */
const MOST = 1e6;
const MONTH_TEXT = 7;

/** What steady days since the baseline, or since the last drift was over, have taught. */
interface Known {
  readonly level: ExactScore["learned"];
  readonly events: typeof NO_EVENTS;
}

const NOTHING: Known = { level: NOTHING_LEARNED, events: NO_EVENTS };

interface Weighed {
  /** How much likelier the day is had the level moved, by alternative: first all that say up, then all that say down. */
  readonly ratios: readonly number[];
  readonly known: Known;
}

/** Ratios of a normal score z: exp(d z - d^2 / 2), each with expectation 1 while nothing has moved. */
function weigh(point: ScoredPoint, known: Known, rules: WatchRules): Weighed {
  if (rules.by !== "bank") {
    const { ratios, learned } = eventRatios(point, known.events, rules);
    const to = (side: "up" | "down") =>
      rules.alternatives.flatMap(({ direction }, i) => (direction === side ? [Math.min(MOST, ratios[i] ?? 1)] : []));
    return { ratios: [...to("up"), ...to("down")], known: { ...known, events: learned } };
  }
  const { score, learned } = exactScore(point, known.level, rules.doubt);
  const z = Math.max(-WILD, Math.min(WILD, score));
  const to = (side: 1 | -1) => SHIFTS.map((shift) => Math.exp(side * shift * z - (shift * shift) / 2));
  return { ratios: [...to(1), ...to(-1)], known: { ...known, level: learned } };
}

/**
 * What the latest calendar month of a watched series says by itself: evidence that it has moved, as an e-value that starts afresh with
 * every month and holds on every day of it. Alarms weigh all days since the baseline; this one says what stands out lately.
 *
 * @param scored points in order of time.
 * @param episodes the drifts of the series; of the days in them nothing is learned.
 * @returns `null` before the first counted day. In the metric's unit as the points have it.
 */
export function monthEvidence(scored: readonly ScoredPoint[], episodes: readonly DriftEpisode[], rules: WatchRules): SeriesWatch["month"] {
  const counted = scored.filter((point) => point.counted);
  const of = counted.at(-1)?.point.day.slice(0, MONTH_TEXT);
  if (of === undefined) return null;
  const days: (readonly number[])[] = [];
  let [known, over, num, n] = [NOTHING, 0, 0, 0];
  for (const point of counted) {
    const { day } = point.point;
    const ended = episodes.filter(({ endedOn }) => endedOn !== null && endedOn <= day).length;
    if (ended > over) [known, over] = [NOTHING, ended];
    const weighed = weigh(point, known, rules);
    const isDrifting = episodes.some(({ raisedOn, endedOn }) => day > raisedOn && (endedOn === null || day < endedOn));
    if (!isDrifting) known = weighed.known;
    if (!day.startsWith(of)) continue;
    days.push(weighed.ratios);
    num += point.point.num;
    n += point.point.n;
  }
  const half = (days[0]?.length ?? 0) / 2;
  const [up, down] = [days.map((ratios) => ratios.slice(0, half)), days.map((ratios) => ratios.slice(half))].map(periodEvidence);
  return { of, value: num / n, evidence: periodEvidence(days), direction: (up ?? 0) >= (down ?? 0) ? "up" : "down" };
}
