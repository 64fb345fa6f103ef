import type { Redis } from "ioredis";
import { type DayCounts, isBlank } from "../../shared/agreement/day-sums.ts";
import type { Day } from "../../shared/calendar/day.ts";

/** Counts by the name they are stored under and by day; `undefined` for a day of which nothing is known. */
type ByName = Map<string, Map<Day, DayCounts | undefined>>;

interface Remembered {
  readonly mark: string;
  readonly byName: ByName;
}

/** Some 15 MB of counts for each connection; more than that and all are read again. */
const MOST_DAYS = 50_000;

const memories = new WeakMap<Redis, Map<string, Remembered>>();

function memoryOf(redis: Redis): Map<string, Remembered> {
  const known = memories.get(redis) ?? new Map<string, Remembered>();
  memories.set(redis, known);
  return known;
}

function daysIn(memory: ReadonlyMap<string, Remembered>): number {
  let days = 0;
  for (const { byName } of memory.values()) for (const counts of byName.values()) days += counts.size;
  return days;
}

/**
 * The stored counts of an agreement that this worker has read or written before, to be added to. Whoever writes counts leaves a
 * mark that nobody left before; while the store has the same mark, nobody else has written since.
 *
 * @param mark as the store has it; `""` where nobody has written yet, and then nothing is remembered.
 */
export function countsKnown(redis: Redis, agreementId: string, mark: string): ByName {
  const memory = memoryOf(redis);
  const before = memory.get(agreementId);
  if (before?.mark === mark) return before.byName;
  const byName: ByName = new Map();
  if (mark === "") memory.delete(agreementId);
  else memory.set(agreementId, { mark, byName });
  return byName;
}

/** Takes over counts that were written just now, together with those known before, under the mark that was written with them. */
export function countsWritten(
  redis: Redis,
  agreementId: string,
  {
    mark,
    known,
    written,
  }: { readonly mark: string; readonly known: ByName; readonly written: ReadonlyMap<string, ReadonlyMap<Day, DayCounts>> },
): void {
  for (const [name, days] of written) {
    const counts = known.get(name) ?? new Map<Day, DayCounts | undefined>();
    known.set(name, counts);
    for (const [day, sums] of days) counts.set(day, isBlank(sums) ? undefined : sums);
  }
  const memory = memoryOf(redis);
  memory.set(agreementId, { mark, byName: known });
  if (daysIn(memory) > MOST_DAYS) memory.clear();
}
