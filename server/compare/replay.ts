import type { Redis } from "ioredis";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import { evaluateSteps } from "../../shared/agreement/evaluate-all.ts";
import { type AgreementHistory, createHistory } from "../../shared/agreement/history.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { type Day, daysBetween } from "../../shared/calendar/day.ts";
import type { FeedFacts } from "../../shared/facts/fact-table.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import { readClaims } from "../../shared/store/claims.ts";
import { lockedForecast, readForecasts } from "../../shared/store/forecasts.ts";
import { readFeedIntervals } from "../../shared/store/feed-intervals.ts";
import { inTurns } from "./in-turns.ts";

export interface Replay {
  readonly history: AgreementHistory;
  readonly verdicts: readonly Verdict[];
}

export interface ReplayRequest {
  readonly redis: Redis;
  readonly documents: readonly { readonly agreement: Agreement; readonly feeds: readonly FeedDefinition[] }[];
  /** Local days asked about, both included; verdicts before the first are there but may lack days. */
  readonly from: Day;
  readonly to: Day;
  readonly nowMs: number;
  /** Names under which a claim's target stands in the replayed documents; its own where they do not rename it. */
  readonly namesOf?: (targetId: string) => readonly string[];
}

/** A window may be joined to the one before it, and volume counts by the month: so much earlier is read. */
const MONTHS_BEFORE = 4;

/** First local day that is read for a question about days from `from` on. */
export function readFrom(from: Day): Day {
  return Temporal.PlainDate.from(from).with({ day: 1 }).subtract({ months: MONTHS_BEFORE }).toString();
}

/** What is known of a feed in a range, counted as the replayed definitions need it. */
async function factsOf(request: ReplayRequest, history: AgreementHistory, feed: FeedDefinition): Promise<FeedFacts> {
  const context = history.latest;
  const range = { fromMs: context.zone.dayRange(readFrom(request.from)).fromMs, toMs: context.zone.dayRange(request.to).toMs };
  const queues = await readFeedIntervals(request.redis, { context, feed: feed.id, ...range });
  let [firstMs, lastMs] = [Infinity, -Infinity];
  for (const { intervals } of queues)
    for (const { startMs } of intervals) [firstMs, lastMs] = [Math.min(firstMs, startMs), Math.max(lastMs, startMs)];
  return { queues, span: firstMs > lastMs ? null : { firstMs, lastMs } };
}

/** Judges what is known under other documents than those in force, in turns with whatever else the server does. Nothing is written. */
export async function replay(request: ReplayRequest): Promise<Replay> {
  const { redis, documents, nowMs } = request;
  const history = createHistory(documents);
  const { agreement, feeds } = history.latest;
  const used = feeds.filter(
    ({ id }) => agreement.volume?.feed === id || documents.some((one) => one.agreement.targets.some(({ feed }) => feed === id)),
  );
  const [claims, forecasts, facts] = await Promise.all([
    readClaims(redis, agreement.id),
    readForecasts(redis, agreement.id),
    Promise.all(used.map(async (feed) => [feed.id, await factsOf(request, history, feed)] as const)),
  ]);
  const locked = lockedForecast(forecasts, nowMs);
  const forecast = new Map(
    daysBetween(readFrom(request.from), request.to).flatMap((day) => {
      const count = locked(day);
      return count === null ? [] : [[day, count] as const];
    }),
  );
  const { namesOf = (id: string) => [id] } = request;
  const exclusions = exclusionsOf(claims).map((one) => ({
    ...one,
    targets: one.targets === "all" ? one.targets : one.targets.flatMap(namesOf),
  }));
  const verdicts = await inTurns(evaluateSteps(history, new Map(facts), { nowMs, exclusions, forecast }));
  return { history, verdicts };
}
