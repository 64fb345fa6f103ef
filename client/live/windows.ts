import type { WindowKind } from "../../shared/calendar/window-kind.ts";
import { type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { AgreementState } from "./agreement-state.ts";

type Judged = Pick<AgreementState, "verdicts">;

/** Every verdict known of each target, by target id: whoever asks of all targets reads the verdicts once. */
export function verdictsByTarget({ verdicts }: Judged): ReadonlyMap<string, readonly Verdict[]> {
  return Map.groupBy(verdicts.values(), ({ targetId }) => targetId);
}

function verdictsOf({ verdicts }: Judged, targetId: string): readonly Verdict[] {
  return [...verdicts.values()].filter((verdict) => verdict.targetId === targetId);
}

/** The verdict that counts now: of the open window, else of the latest one. */
export function currentVerdict(state: Judged, targetId: string, kind: WindowKind): Verdict | null {
  return currentOf(verdictsOf(state, targetId), kind);
}

/** The same among the verdicts of one target. */
export function currentOf(verdicts: readonly Verdict[], kind: WindowKind): Verdict | null {
  let best: Verdict | null = null;
  for (const verdict of verdicts) {
    if (verdict.window.kind === kind && (best === null || isLater(verdict, best))) best = verdict;
  }
  return best;
}

function isLater(a: Verdict, b: Verdict): boolean {
  if (a.window.open !== b.window.open) return a.window.open;
  return a.window.start > b.window.start;
}

/** Which window a target's row states: the one that is settled, before the days it is made of. */
const ROW_KINDS = ["month", "quarter", "week"] as const;

/** What a target's row states: the month, quarter or week that is settled, else a rolling window, else the day. */
export function rowVerdict(state: Judged & Pick<AgreementState, "agreement">, targetId: string): Verdict | null {
  const target = state.agreement.targets.find(({ id }) => id === targetId);
  return rowVerdictOf(verdictsOf(state, targetId), target?.windows ?? []);
}

/** The same among the verdicts of one target, which is judged by `windows`. */
export function rowVerdictOf(verdicts: readonly Verdict[], windows: readonly WindowKind[]): Verdict | null {
  for (const kind of ROW_KINDS) {
    const verdict = currentOf(verdicts, kind);
    if (verdict !== null) return verdict;
  }
  const rolling = windows.find((kind) => kind.startsWith("rolling-"));
  return (rolling === undefined ? null : currentOf(verdicts, rolling)) ?? currentOf(verdicts, "day");
}

/** Where the window of a verdict will end; a closed one has ended. */
export function outlookOf(state: Pick<AgreementState, "outlooks">, verdict: Verdict | null): Outlook | null {
  if (verdict === null || !verdict.window.open) return null;
  return state.outlooks.get(verdictKey(verdict.targetId, verdict.window)) ?? null;
}

/** The verdicts of the last local days, oldest first, at most `limit`. */
export function dayVerdicts(state: Judged, targetId: string, limit = 21): readonly Verdict[] {
  return daysOf(verdictsOf(state, targetId), limit);
}

/** The same among the verdicts of one target. */
export function daysOf(verdicts: readonly Verdict[], limit: number): readonly Verdict[] {
  return verdicts
    .filter(({ window }) => window.kind === "day")
    .toSorted((a, b) => (a.window.start < b.window.start ? -1 : 1))
    .slice(-limit);
}

/**
 * Up to when the figures are complete, in epoch milliseconds: the oldest of the feeds that are due during the day;
 * feeds without a rhythm of their own (a survey, an evaluation) do not hold the others back.
 */
export function completeToMs(state: Pick<AgreementState, "agreement" | "verdicts" | "feeds">): number | null {
  const perFeed = new Map<string, number>();
  const feedOf = new Map(state.agreement.targets.map((target) => [target.id, target.feed]));
  for (const { targetId, asOfMs } of state.verdicts.values()) {
    const feed = feedOf.get(targetId);
    if (feed === undefined || asOfMs === null) continue;
    perFeed.set(feed, Math.max(perFeed.get(feed) ?? 0, asOfMs));
  }
  const paced = [...state.feeds.values()].filter((feed) => feed.everyMs !== null).flatMap((feed) => perFeed.get(feed.feed) ?? []);
  if (paced.length > 0) return Math.min(...paced);
  return perFeed.size === 0 ? null : Math.max(...perFeed.values());
}
