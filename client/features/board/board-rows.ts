import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { Outlook } from "../../../shared/outlook/outlook.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementParts } from "../../live/use-agreement-parts.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { currentOf, daysOf, outlookOf, rowVerdictOf, verdictsByTarget } from "../../live/windows.ts";

/** What the board draws from. Receipts come and go with every file and change nothing on it. */
export const BOARD_PARTS = ["agreement", "verdicts", "series", "alerts", "feeds", "outlooks", "claims", "restatements"] as const;
export type BoardState = AgreementParts<(typeof BOARD_PARTS)[number]>;

/** One target on the board: what counts for the period, today's verdict, and the last 21 days. */
export interface BoardRow {
  readonly target: TargetView;
  readonly verdict: Verdict | null;
  readonly today: Verdict | null;
  /** The figure per day, oldest first; `null` for a day without one. */
  readonly trend: readonly (number | null)[];
  /** Its feed fell silent, so that even an earlier verdict must not pass as live. */
  readonly isLate: boolean;
  /** Where the window of `verdict` will end. */
  readonly outlook: Outlook | null;
}

/** What takes one line of the board: a target, or the worst member of a target with one verdict per queue, site ... */
export interface BoardGroup extends BoardRow {
  /** Names the line while its worst member changes. */
  readonly key: string;
  /** The other members, worst first; empty for a target of its own. */
  readonly others: readonly BoardRow[];
}

/** One agreement and its lines. */
export interface Board {
  readonly state: BoardState;
  readonly rows: readonly BoardGroup[];
}

const NO_VERDICT_RANK = 2.5;
const TREND_DAYS = 21;
const DAY_MS = 86_400_000;

/** The lines of an agreement, worst first; of equally bad ones the worse today, then the order of the agreement. */
export function boardRows(state: Pick<BoardState, "agreement" | "verdicts" | "feeds" | "outlooks">): readonly BoardGroup[] {
  const late = new Set([...state.feeds.values()].filter((feed) => feed.state === "silent").map((feed) => feed.feed));
  const verdicts = verdictsByTarget(state);
  const rows = state.agreement.targets
    .map((target): BoardRow => {
      const own = verdicts.get(target.id) ?? [];
      const verdict = rowVerdictOf(own, target.windows);
      const trend = trendOf(daysOf(own, TREND_DAYS));
      return { target, verdict, today: currentOf(own, "day"), trend, isLate: late.has(target.feed), outlook: outlookOf(state, verdict) };
    })
    .toSorted(worstFirst);
  const groups = Map.groupBy(rows, ({ target }) => target.of?.targetId ?? target.id);
  return [...groups].flatMap(([key, [worst, ...others]]) => (worst === undefined ? [] : [{ ...worst, key, others }]));
}

function isSameRow(a: BoardRow, b: BoardRow): boolean {
  const same = a.target === b.target && a.verdict === b.verdict && a.today === b.today && a.isLate === b.isLate && a.outlook === b.outlook;
  return same && a.trend.length === b.trend.length && a.trend.every((value, day) => value === b.trend[day]);
}

/** Whether two lines show the same: what they are made of are values of the store, which stay the same until they change. */
export function isSameGroup(a: BoardGroup, b: BoardGroup): boolean {
  const others = a.others.length === b.others.length && a.others.every((row, i) => isSameRow(row, b.others[i] ?? b));
  return a.key === b.key && others && isSameRow(a, b);
}

/**
 * The worst target of all agreements that has intervals of the day to show, before all others one that is judged by the day: of what is
 * judged by the month, single intervals say little. Of equally bad ones the first of its agreement.
 */
export function worstCharted(boards: readonly Board[]): { readonly state: BoardState; readonly row: BoardRow } | null {
  const candidates = boards.flatMap(({ state, rows }) => rows.map((row, place) => ({ state, row, place })));
  const charted = candidates.filter(
    ({ state, row }) => (state.series.get(row.target.id)?.points.length ?? 0) > 0 && row.verdict !== null && !row.isLate,
  );
  const isMonthly = ({ row }: (typeof charted)[number]): number => (row.today === null ? 1 : 0);
  return charted.toSorted((a, b) => isMonthly(a) - isMonthly(b) || worstFirst(a.row, b.row) || a.place - b.place)[0] ?? null;
}

function worstFirst(a: BoardRow, b: BoardRow): number {
  return rank(a.verdict) - rank(b.verdict) || rank(a.today) - rank(b.today);
}

function rank(verdict: Verdict | null): number {
  return verdict === null ? NO_VERDICT_RANK : wordsOf(verdict.status).rank;
}

function trendOf(verdicts: readonly Verdict[]): readonly (number | null)[] {
  const last = verdicts.at(-1);
  if (last === undefined) return [];
  const lastMs = Date.parse(last.window.start);
  const trend: (number | null)[] = [];
  for (const { value, window } of verdicts) {
    const daysAgo = (lastMs - Date.parse(window.start)) / DAY_MS;
    if (daysAgo >= TREND_DAYS || value === null || value.den <= 0) continue;
    // As long as its first day is old: a day without a figure stays a gap.
    if (trend.length === 0) trend.push(...Array.from({ length: daysAgo + 1 }, () => null));
    trend[trend.length - 1 - daysAgo] = value.num / value.den;
  }
  return trend;
}

/** The tally of an agreement, worst first, in words: "1 at risk, 5 on target". */
export function tallyWords(rows: readonly BoardRow[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const word = row.verdict === null ? "without a verdict" : wordsOf(row.verdict.status).tally;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(", ");
}
