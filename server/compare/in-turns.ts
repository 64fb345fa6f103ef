import { setImmediate as nextTurn } from "node:timers/promises";

/** So long one question may keep the server from everything else. */
const TURN_MS = 10;

/** Runs work that comes in steps and gathers what the steps yield; between turns everybody else is served. */
export async function inTurns<T>(steps: Iterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  let since = performance.now();
  for (const step of steps) {
    all.push(...step);
    if (performance.now() - since < TURN_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  return all;
}
