import { evaluateAll, type EvaluationOptions } from "../agreement/evaluate-all.ts";
import type { AgreementContext } from "../agreement/context.ts";
import type { CompiledTarget } from "../agreement/compiled.ts";
import { type DayCounts, isBlank } from "../agreement/day-sums.ts";
import type { AgreementHistory } from "../agreement/history.ts";
import { sumTargetDay } from "../agreement/target-day.ts";
import type { Verdict } from "../agreement/verdict.ts";
import type { Day } from "../calendar/day.ts";
import type { Range } from "../calendar/range.ts";
import type { FeedFacts } from "../facts/fact-table.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { Outlook } from "./outlook.ts";
import { projectWindow } from "./project-window.ts";
import { sameFigureOn } from "./same-figure.ts";
import { withOutlook } from "./with-outlook.ts";

/** A whole history judged, and where its open windows will end. */
export interface Judgement {
  readonly verdicts: Verdict[];
  readonly outlooks: Outlook[];
}

type CountDay = (context: AgreementContext, compiled: CompiledTarget, day: Day) => DayCounts | undefined;

/** Counts single days of any target from the facts, each once; `undefined` for a day without intervals of its feed. */
function dayCounter(feeds: ReadonlyMap<string, FeedFacts>, { exclusions }: EvaluationOptions): CountDay {
  const facts = new Map<string, QueueIntervals[]>();
  const counted = new Map<CompiledTarget, Map<Day, DayCounts | undefined>>();
  const factsOf = (feed: string, day: Day, { fromMs, toMs }: Range): QueueIntervals[] => {
    const key = `${feed} ${day}`;
    const queues =
      facts.get(key) ??
      (feeds.get(feed)?.queues ?? []).flatMap(({ queue, intervals }) => {
        const own = intervals.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
        return own.length === 0 ? [] : [{ queue, intervals: own }];
      });
    facts.set(key, queues);
    return queues;
  };
  return (context, compiled, day) => {
    const days = counted.get(compiled) ?? new Map<Day, DayCounts | undefined>();
    counted.set(compiled, days);
    if (!days.has(day)) {
      const queues = factsOf(compiled.target.feed, day, context.zone.dayRange(day));
      const found = sumTargetDay(context, compiled, day, { queues, exclusions });
      days.set(day, isBlank(found) ? undefined : found);
    }
    return days.get(day);
  };
}

/**
 * Every verdict of a history, as `evaluateAll` gives them, with the outlooks of the windows that are open: what the command line
 * prints, and what the live system must come to, bit for bit.
 */
export function judgeAll(history: AgreementHistory, feeds: ReadonlyMap<string, FeedFacts>, options: EvaluationOptions): Judgement {
  const countDay = dayCounter(feeds, options);
  const outlooks: Outlook[] = [];
  const outlookOf = (verdict: Verdict, compiled: CompiledTarget, context: AgreementContext): Outlook | null => {
    const compiledOn = sameFigureOn(history, compiled);
    const countsOf = (day: Day): DayCounts | undefined => {
      const [governing, same] = [history.contextOn(day), compiledOn(day)];
      return governing === undefined || same === undefined ? undefined : countDay(governing, same, day);
    };
    const volumeOf = (day: Day): number | null => {
      const governing = history.contextOn(day);
      if (governing === undefined || governing.volume === null) return null;
      return countDay(governing, governing.volume, day)?.recomputed.totals[0] ?? null;
    };
    const forecastOf = (day: Day): number | null => options.forecast.get(day) ?? null;
    const { nowMs } = options;
    const basis = { context, compiled, nowMs, receivedMs: nowMs, silentSinceMs: null, countsOf, volumeOf, forecastOf };
    return projectWindow({ ...basis, verdict, compiledOn });
  };
  const verdicts = evaluateAll(history, feeds, options).map((verdict) => {
    const context = history.versions.find(({ agreement }) => agreement.version === verdict.version);
    const compiled = context?.targets.find(({ target }) => target.id === verdict.targetId);
    if (!verdict.window.open || context === undefined || compiled === undefined) return verdict;
    const outlook = outlookOf(verdict, compiled, context);
    if (outlook !== null) outlooks.push(outlook);
    return withOutlook(verdict, outlook, compiled);
  });
  return { verdicts, outlooks };
}
