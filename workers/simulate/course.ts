import type { Course } from "./advance.ts";
import type { Simulation } from "./simulation.ts";

const DAY_S = 86_400;
/** One file per feed covers at most this much of the past. */
const CHUNK_S = 7 * DAY_S;
/** The script begins where history ends, so history is brought this close to the present first. */
const CLOSE_S = 10;
/** A simulator that was away for longer fills the gap as history, and the script begins again. */
const AWAY_S = 120;

/** Where to go next from a simulation: a stretch of history, or the watched present. */
export function nextCourse(simulation: Simulation, nowS: number): Course {
  const live = nowS - simulation.atS <= (simulation.live ? AWAY_S : CLOSE_S);
  if (live) return { toS: Math.max(nowS, simulation.atS), live, pastEndsS: simulation.atS };
  return { toS: Math.min(nowS, simulation.atS + CHUNK_S), live, pastEndsS: nowS };
}

/** How many files' worth of history lies before `nowS`; for the progress line. */
export function chunksAhead(simulation: Simulation, nowS: number): number {
  const behindS = nowS - simulation.atS;
  return behindS <= CLOSE_S ? 0 : Math.ceil(behindS / CHUNK_S);
}

export function historyStart(nowS: number, days: number): number {
  return nowS - (nowS % DAY_S) - days * DAY_S;
}
