import type { Course } from "./advance.ts";
import type { Simulation } from "./simulation.ts";

const DAY_S = 86_400;
/** One file per feed covers at most this much of the past. */
const CHUNK_S = 7 * DAY_S;
/** A simulator that was away for longer fills the gap as history, and the script begins again. */
const AWAY_S = 120;

/** Where to go next from a simulation: a stretch of history, or the watched present. */
export function nextCourse(simulation: Simulation, nowS: number): Course {
  const behindS = nowS - simulation.atS;
  const live = simulation.live ? behindS <= AWAY_S : behindS < 60;
  if (live) return { toS: Math.max(nowS, simulation.atS), live, pastEndsS: simulation.atS };
  const endS = nowS - (nowS % 60);
  return { toS: Math.min(endS, simulation.atS + CHUNK_S), live, pastEndsS: endS };
}

/** How many files' worth of history lies before `nowS`; for the progress line. */
export function chunksAhead(simulation: Simulation, nowS: number): number {
  return Math.max(0, Math.ceil((nowS - (nowS % 60) - simulation.atS) / CHUNK_S));
}

export function historyStart(nowS: number, days: number): number {
  return nowS - (nowS % DAY_S) - days * DAY_S;
}
