import type { CompiledTarget } from "../agreement/compiled.ts";
import type { DayCounts } from "../agreement/day-sums.ts";
import { measuredRanges } from "../agreement/scope.ts";
import { addDays, type Day, DAY_MS, daysBetween, utcStartOf } from "../calendar/day.ts";
import { remember } from "../calendar/remember.ts";
import { weekdayAt } from "./day-figure.ts";
import { unitsOfDay } from "./day-units.ts";

/** How far back the days reach that say what is to be expected. */
export const HISTORY_DAYS = 56;

/** A local day as the projection knows it. */
export interface KnownDay {
  readonly day: Day;
  /** Days since 1 January 1970. */
  readonly at: number;
  /** 0 for Monday to 6. */
  readonly weekday: number;
  readonly num: number;
  readonly n: number;
  /** Whether its measured hours were over when the latest data was. */
  readonly complete: boolean;
}

interface DaySource {
  readonly countsOf: (day: Day) => DayCounts | undefined;
  readonly compiledOn: (day: Day) => CompiledTarget | undefined;
}

interface DayPlace {
  readonly at: number;
  readonly weekday: number;
}

const REMEMBERED_DAYS = 4000;

/** Number of a day and its weekday, from the calendar alone. */
export const placeOf = remember(REMEMBERED_DAYS, (day: Day): DayPlace => {
  const at = Math.round(utcStartOf(day) / DAY_MS);
  return { at, weekday: weekdayAt(at) };
});

/** The days before a window that the projection reads, oldest first. */
export const historyDaysOf = remember(REMEMBERED_DAYS, (windowStart: Day): readonly Day[] =>
  daysBetween(addDays(windowStart, -HISTORY_DAYS), addDays(windowStart, -1)),
);

/** What was worked out from the counts of a day. */
interface Worked {
  readonly compiled: CompiledTarget;
  readonly day: Day;
  /** `null` for a day of which nothing is known. */
  readonly running: KnownDay | null;
  readonly complete: KnownDay | null;
  readonly endMs: number;
}

function worked(compiled: CompiledTarget, day: Day, counts: DayCounts): Worked {
  const units = unitsOfDay(compiled, counts.adjusted ?? counts.recomputed);
  if (units === null) return { compiled, day, running: null, complete: null, endMs: 0 };
  const endMs = measuredRanges(compiled.scope, day).at(-1)?.toMs ?? 0;
  const running = { day, ...placeOf(day), ...units, complete: false };
  return { compiled, day, running, complete: { ...running, complete: true }, endMs };
}

const workedFrom = new WeakMap<DayCounts, Worked>();

/** The same counts of the same day have nothing else to say. */
function workedOut(compiled: CompiledTarget, day: Day, counts: DayCounts): Worked {
  const before = workedFrom.get(counts);
  if (before !== undefined && before.compiled === compiled && before.day === day) return before;
  const found = worked(compiled, day, counts);
  workedFrom.set(counts, found);
  return found;
}

/**
 * The days of which something was counted, as adjusted by accepted exclusions. A day on which nothing was counted is not known,
 * rather than empty. Days of the same counts are the same objects again.
 */
export function knownDays(source: DaySource, days: readonly Day[], untilMs: number): KnownDay[] {
  const known: KnownDay[] = [];
  for (const day of days) {
    const compiled = source.compiledOn(day);
    const counts = compiled === undefined ? undefined : source.countsOf(day);
    if (compiled === undefined || counts === undefined) continue;
    const { endMs, complete, running } = workedOut(compiled, day, counts);
    const found = endMs <= untilMs ? complete : running;
    if (found !== null) known.push(found);
  }
  return known;
}
