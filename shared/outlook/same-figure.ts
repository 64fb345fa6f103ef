import type { CompiledTarget } from "../agreement/compiled.ts";
import type { AgreementHistory } from "../agreement/history.ts";
import type { Day } from "../calendar/day.ts";

/** What makes two versions' figures the same thing, whatever level each is held to. */
function measured({ target, counters }: CompiledTarget): string {
  return JSON.stringify([target.feed, target.queues, target.measure, target.aggregation, counters]);
}

/**
 * Which version's target speaks about a day: that of the version in force on it, if it has the same id and measures the same of the
 * same queues. So a new version that changes a level or an amount keeps the history, and one that changes the formula starts afresh.
 */
export function sameFigureOn(history: AgreementHistory, compiled: CompiledTarget): (day: Day) => CompiledTarget | undefined {
  const wanted = measured(compiled);
  const found = history.versions.map((context) => ({
    context,
    same: context.targets.find((candidate) => candidate.target.id === compiled.target.id && measured(candidate) === wanted),
  }));
  return (day) => {
    const context = history.contextOn(day);
    return found.find((version) => version.context === context)?.same;
  };
}
