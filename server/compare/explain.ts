import type { Redis } from "ioredis";
import { explainWindow } from "../../shared/agreement/explain-window.ts";
import { Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import type { Day } from "../../shared/calendar/day.ts";
import type { WindowKind } from "../../shared/calendar/window-kind.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { sumTargetDay } from "../../shared/agreement/target-day.ts";
import { daysNeeded } from "../../shared/agreement/windows.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { Explanation } from "../../shared/protocol/compare.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readClaims } from "../../shared/store/claims.ts";
import { readFeedIntervals } from "../../shared/store/feed-intervals.ts";
import { lockedForecast, readForecasts } from "../../shared/store/forecasts.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

interface Question {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly targetId: string;
  readonly window: { readonly kind: WindowKind; readonly start: Day };
  readonly nowMs: number;
}

interface Judged {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
}

/** The version that judged a verdict, and its target. */
function judgeOf({ stored, targetId }: Question, verdict: Verdict): Judged | null {
  const context = stored.history.versions.find(({ agreement }) => agreement.version === verdict.version);
  const compiled = context?.targets.find(({ target }) => target.id === targetId);
  return context === undefined || compiled === undefined ? null : { context, compiled };
}

/** The intervals of a feed on some days, day by day. */
async function intervalsByDay(
  redis: Redis,
  context: AgreementContext,
  feed: string,
  days: readonly Day[],
): Promise<Map<Day, QueueIntervals[]>> {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const range = { fromMs: context.zone.dayRange(first).fromMs, toMs: context.zone.dayRange(last).toMs };
  const queues = await readFeedIntervals(redis, { context, feed, ...range });
  const byDay = new Map<Day, QueueIntervals[]>();
  for (const { queue, intervals } of queues) {
    for (const [day, some] of Map.groupBy(intervals, ({ startMs }) => context.zone.localDay(startMs)))
      byDay.set(day, [...(byDay.get(day) ?? []), { queue, intervals: some }]);
  }
  return byDay;
}

/** Every step of a published verdict, worked out again from the stored intervals. `null` when there is no such verdict. */
export async function explain(question: Question): Promise<Explanation | null> {
  const { redis, stored, targetId, window, nowMs } = question;
  const { id } = stored.agreement;
  const text = await redis.hget(agreementKeys(id).verdicts, verdictKey(targetId, window));
  if (text === null) return null;
  const verdict = Verdict.parse(JSON.parse(text));
  const judge = judgeOf(question, verdict);
  if (judge === null) return { verdict, lines: verdict.trace };
  const { context, compiled } = judge;
  const needed = daysNeeded(context, compiled, verdict.window);
  const [claims, forecasts, own, volume] = await Promise.all([
    readClaims(redis, id),
    readForecasts(redis, id),
    intervalsByDay(redis, context, compiled.target.feed, needed.counts),
    intervalsByDay(redis, context, context.volume?.target.feed ?? "", context.volume === null ? [] : needed.volume),
  ]);
  const exclusions = exclusionsOf(claims);
  const lines = explainWindow(
    {
      context,
      compiled,
      nowMs,
      receivedMs: verdict.asOfMs ?? nowMs,
      silentSinceMs: null,
      countsOf: (day) => (own.has(day) ? sumTargetDay(context, compiled, day, { queues: own.get(day) ?? [], exclusions }) : undefined),
      volumeOf: (day) =>
        context.volume === null || !volume.has(day)
          ? null
          : (sumTargetDay(context, context.volume, day, { queues: volume.get(day) ?? [], exclusions }).recomputed.totals[0] ?? null),
      forecastOf: lockedForecast(forecasts, nowMs),
      intervalsOf: (day) => own.get(day) ?? [],
      exclusions,
    },
    verdict.window,
  );
  // Silence and the outlook are known to the live system only: its own last line is the decision.
  return { verdict, lines: [...lines.slice(0, -1), ...verdict.trace.slice(-1)] };
}
