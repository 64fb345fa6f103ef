import { DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { SeriesSettings } from "./drift-point.ts";
import { mayCount, type Reading } from "./reading.ts";

const USUAL_DAYS = 56;
const USUAL_SUBGROUPS = 25;
/** Fewer say too little even where both parties agreed on them. */
const FEWEST_SUBGROUPS = 10;

/** Which points say what is usual, and which are watched. */
export type BaselineSpan =
  | { readonly known: true; readonly readings: readonly Reading[]; readonly lastAt: number }
  | { readonly known: false; readonly why: string };

function agreedSpan(readings: readonly Reading[], { from, to }: { readonly from: string; readonly to: string }): BaselineSpan {
  const [first, last] = [utcStartOf(from) / DAY_MS, utcStartOf(to) / DAY_MS];
  const inside = readings.filter((reading) => mayCount(reading) && reading.at >= first && reading.at <= last);
  if (inside.length >= FEWEST_SUBGROUPS) return { known: true, readings: inside, lastAt: last };
  return { known: false, why: `${inside.length} of at least ${FEWEST_SUBGROUPS} days of the agreed baseline known` };
}

/**
 * The points of the baseline: those of the agreed days, else those of the first 56 days, and at least 25.
 */
export function baselineSpan(readings: readonly Reading[], agreed: SeriesSettings["baseline"]): BaselineSpan {
  if (agreed !== null) return agreedSpan(readings, agreed);
  const usable = readings.filter(mayCount);
  const start = usable[0]?.at ?? 0;
  const inWeeks = usable.filter(({ at }) => at < start + USUAL_DAYS);
  const taken = usable.slice(0, Math.max(USUAL_SUBGROUPS, inWeeks.length));
  if (taken.length < USUAL_SUBGROUPS) return { known: false, why: `${taken.length} of ${USUAL_SUBGROUPS} days known` };
  const lastTaken = taken.at(-1)?.at ?? start;
  const lastKnown = usable.at(-1)?.at ?? start;
  const lastAt = Math.max(lastTaken, start + USUAL_DAYS - 1);
  if (lastKnown >= lastAt) return { known: true, readings: taken, lastAt };
  return { known: false, why: `${lastKnown - start + 1} of ${USUAL_DAYS} days known` };
}
