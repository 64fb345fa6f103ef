import { addDays, type Day, daysBetween } from "../calendar/day.ts";
import type { DriftPoint } from "./drift-point.ts";
import { goingOn } from "./going-on.ts";

/** A window that is open, and the one after it; all days included. */
export interface WindowAhead {
  readonly from: Day;
  readonly to: Day;
  /** The last day of the window after it; `null` where the agreement ends before. */
  readonly nextTo: Day | null;
}

interface Sums {
  readonly num: number;
  readonly n: number;
}

function sumOf(parts: readonly Sums[]): Sums {
  return parts.reduce(({ num, n }, part) => ({ num: num + part.num, n: n + part.n }), { num: 0, n: 0 });
}

/**
 * The day on which the first window ends that is missed if the figures go on from the last known day as they have since the onset. What
 * is known of an open window counts as it is.
 *
 * @param onset the first day of the new level.
 * @param isMissed what the agreement says of a figure's sums, `n` above 0.
 * @returns `null` where neither the open windows nor those after them would be missed, or nothing is known since the onset.
 */
export function missedOn(
  points: readonly DriftPoint[],
  {
    onset,
    windows,
    isMissed,
  }: { readonly onset: Day; readonly windows: readonly WindowAhead[]; readonly isMissed: (sums: Sums) => boolean },
): Day | null {
  const final = points.filter(({ open, leftOut }) => open !== true && leftOut !== true);
  const since = final.filter(({ day }) => day >= onset);
  const ahead = goingOn(since);
  const last = since.at(-1)?.day;
  if (ahead === null || last === undefined) return null;
  const after = addDays(last, 1);
  const missed = (from: Day, to: Day): boolean => {
    const known = final.filter(({ day }) => day >= from && day <= to);
    const { num, n } = sumOf([...known, ...daysBetween(after < from ? from : after, to).map(ahead)]);
    return n > 0 && isMissed({ num, n });
  };
  const ends = windows.flatMap(({ from, to, nextTo }): Day[] => {
    if (missed(from, to)) return [to];
    return nextTo !== null && missed(addDays(to, 1), nextTo) ? [nextTo] : [];
  });
  return ends.toSorted()[0] ?? null;
}
