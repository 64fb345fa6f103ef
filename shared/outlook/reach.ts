import type { DayFigure } from "./day-figure.ts";
import type { Outlook } from "./outlook.ts";

export type Reach = Outlook["reach"];

const WORST_FIRST = ["lost", "out-of-reach", "open"] as const;

/** Of both ends of a band, the worse: a band is lost as soon as one is, and safe when both are. */
export function worstReach(ends: readonly Reach[]): Reach {
  return WORST_FIRST.find((reach) => ends.includes(reach)) ?? "safe";
}

/**
 * The best figure ever held over a volume: of all runs of successive known days that just reach it, one from each day on, the best.
 *
 * @param volume in the unit of the days' `n`.
 * @returns `null` where the known days together do not reach that volume.
 */
export function bestRate(days: readonly DayFigure[], volume: number, better: "higher" | "lower"): number | null {
  let best: number | null = null;
  let [end, good, n] = [0, 0, 0];
  for (const first of days) {
    for (; n < volume || n === 0; end++) {
      const next = days[end];
      if (next === undefined) return best;
      good += next.good;
      n += next.n;
    }
    const rate = good / n;
    if (best === null || (better === "higher" ? rate > best : rate < best)) best = rate;
    good -= first.good;
    n -= first.n;
  }
  return best;
}
