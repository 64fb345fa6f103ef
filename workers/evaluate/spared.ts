import { z } from "zod";
import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import { daysBetween } from "../../shared/calendar/day.ts";
import type { DirtyDays } from "./dirty.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";
import type { Occasion, Plan } from "./plan.ts";

/** What of a published verdict tells whether it still stands. */
const Published = z.object({ status: z.string(), version: z.int(), window: z.object({ toMs: z.int(), open: z.boolean() }) });

type Unsure = Pick<EvaluationRequest, "stored" | "revisit" | "nowMs" | "feeds"> & { readonly retires: boolean; readonly forecasts: string };

/** What every verdict of a feed depends on besides the rows of its own queues may have changed with them. */
function isUnsure({ stored, nowMs, feeds }: Unsure, feed: string, days: Iterable<string>): boolean {
  const state = feeds.find(({ feed: { id } }) => id === feed);
  if (state === undefined || state.turned || state.receivedBeforeMs === null || state.cadence.silentSinceMs !== null) return true;
  const today = stored.zone.localDay(nowMs);
  // Of a day ahead some verdicts may speak of a silence that is over.
  return [...days].some((day) => day > today);
}

/**
 * The queues whose rows changed, where it is sure that nothing else did that targets of other queues are judged by: no day
 * has passed, no version and no feed turned, and neither volume nor forecast plays a part. Where it is not, none: everything of
 * the day is judged.
 */
export function queuesTouched(unsure: Unsure, { byFeed, queues }: DirtyDays): Occasion["queues"] {
  const { stored, revisit, retires, forecasts } = unsure;
  const hasVolume = stored.history.versions.some(({ volume }) => volume !== null);
  if (revisit.size > 0 || retires || forecasts !== "" || hasVolume) return new Map();
  const sure = new Set([...byFeed].filter(([feed, days]) => !isUnsure(unsure, feed, days)).map(([feed]) => feed));
  return new Map([...queues].filter(([name]) => sure.has(name.slice(0, name.indexOf("|")))));
}

/**
 * Whether the last data counted is of an interval that ran when the feed's file before this one came, and so says "as of" the time
 * of the latest file, whichever queues it is about.
 */
function mayMove({ feeds, source, stored }: EvaluationRequest, { compiled, context, compiledOn }: Plan): boolean {
  const state = feeds.find(({ feed }) => feed.id === compiled.target.feed);
  const [before, now] = [state?.receivedBeforeMs ?? null, state?.health.lastReceiptAtMs ?? null];
  if (before === null || now === null) return true;
  const fromMs = before - context.intervalMs(compiled.target.feed);
  return daysBetween(stored.zone.localDay(fromMs), stored.zone.localDay(now)).some((day) => {
    const same = compiledOn(day);
    const counts = same === undefined ? undefined : source.get(same, day);
    const lasts = [counts?.recomputed, counts?.adjusted, counts?.ifAllAccepted].map((sums) => sums?.lastStartMs ?? null);
    return lasts.some((last) => last !== null && last > fromMs && last < now);
  });
}

/** Whether what is published of a window was judged from the same as it would be now. */
function stands({ context }: Plan, { toMs, open }: VerdictWindow, text: string | null): boolean {
  if (text === null) return false;
  const { status, version, window } = Published.parse(JSON.parse(text));
  // Without data it may have been judged while its feed was silent.
  return status !== "no-data" && version === context.agreement.version && window.toMs === toMs && window.open === open;
}

/** The windows of a target that must be judged although no rows came for its queues. */
export function windowsLeft(
  request: EvaluationRequest,
  plan: Plan,
  publishedOf: (window: VerdictWindow) => string | null,
): readonly VerdictWindow[] {
  return mayMove(request, plan) ? plan.windows : plan.windows.filter((window) => !stands(plan, window, publishedOf(window)));
}

/** A chart of today is there as soon as rows of today are. */
export function hasChart({ stored, source, nowMs }: EvaluationRequest, { compiled }: Plan): boolean {
  return source.get(compiled, stored.zone.localDay(nowMs)) !== undefined;
}
