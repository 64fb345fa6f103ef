import { explainWindow } from "../../shared/agreement/explain-window.ts";
import { sumTargetDay } from "../../shared/agreement/target-day.ts";
import { verdictKey } from "../../shared/agreement/verdict.ts";
import type { Day } from "../../shared/calendar/day.ts";
import type { Zone } from "../../shared/calendar/zone.ts";
import type { FeedFacts } from "../../shared/facts/fact-table.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import { CommandError } from "./command.ts";
import type { Case, Judged } from "./judged.ts";
import { wrapped } from "./wrapped.ts";

type DayReader = (day: Day) => readonly QueueIntervals[];

function byDay(facts: FeedFacts | undefined, zone: Zone): DayReader {
  const days = new Map<Day, QueueIntervals[]>();
  for (const { queue, intervals } of facts?.queues ?? [])
    for (const [day, some] of Map.groupBy(intervals, ({ startMs }) => zone.localDay(startMs)))
      days.set(day, [...(days.get(day) ?? []), { queue, intervals: some }]);
  return (day) => days.get(day) ?? [];
}

/**
 * Every step of one verdict, down to the intervals that were not counted.
 *
 * @param key as verdicts are named, e.g. `service-level.week.1999-01-03`.
 * @throws CommandError when there is no such verdict.
 */
export function explainLines({ history, feeds, verdicts }: Judged, { claims, forecast, nowMs }: Case, key: string): string[] {
  const verdict = verdicts.find(({ targetId, window }) => verdictKey(targetId, window) === key);
  const context = history.versions.find(({ agreement }) => agreement.version === verdict?.version);
  const compiled = context?.targets.find(({ target }) => target.id === verdict?.targetId);
  if (verdict === undefined || context === undefined || compiled === undefined) {
    const [first] = verdicts;
    const like = first === undefined ? "" : ` They are named like ${verdictKey(first.targetId, first.window)}.`;
    throw new CommandError(`There is no verdict "${key}".${like}`);
  }
  const exclusions = exclusionsOf(claims);
  const own = byDay(feeds.get(compiled.target.feed), context.zone);
  const { volume } = context;
  const counted = byDay(volume === null ? undefined : feeds.get(volume.target.feed), context.zone);
  const lines = explainWindow(
    {
      context,
      compiled,
      nowMs,
      receivedMs: nowMs,
      silentSinceMs: null,
      countsOf: (day) => (own(day).length === 0 ? undefined : sumTargetDay(context, compiled, day, { queues: own(day), exclusions })),
      volumeOf: (day) =>
        volume === null || counted(day).length === 0
          ? null
          : (sumTargetDay(context, volume, day, { queues: counted(day), exclusions }).recomputed.totals[0] ?? null),
      forecastOf: (day) => forecast.get(day) ?? null,
      intervalsOf: own,
      exclusions,
    },
    verdict.window,
  );
  return [
    "",
    `${compiled.target.name}, ${key}: ${verdict.status}`,
    ...lines.flatMap((line, i) => wrapped(`${String(i + 1).padStart(2)}. ${line}`, 2, 6)),
  ];
}
