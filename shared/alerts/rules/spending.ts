import { dayCorrelation } from "../../outlook/correlation.ts";
import type { DayFigure } from "../../outlook/day-figure.ts";
import { fewerThan, widened } from "../../outlook/predictive.ts";
import { weekdayEffects } from "../../outlook/weekday-effects.ts";
import { burnOf, type SpendRule } from "./spend-rules.ts";

/** Contacts that came one after another, or whatever the target counts, and how many of them missed. */
export interface Piece {
  /** Its local day, in days since 1 January 1970; contacts of one day miss together. */
  readonly at: number;
  readonly n: number;
  readonly bad: number;
}

/** What a window has spent of its budget so far, and what it has in all. */
export interface Spending {
  /** Of the window, oldest first, without gaps. */
  readonly pieces: readonly Piece[];
  /** Days before the window, oldest first. */
  readonly earlier: readonly Piece[];
  /** Contacts of the whole window, those expected included. */
  readonly volume: number;
  /** Share that may miss, 1 - T, above 0. */
  readonly allowed: number;
}

/** The latest pieces that together just reach a volume; all of them where they do not. */
export function tailOf(
  pieces: readonly Piece[],
  volume: number,
): { readonly n: number; readonly bad: number; readonly pieces: readonly Piece[] } {
  let [n, bad, from] = [0, 0, pieces.length];
  while (from > 0 && (n < volume || n === 0)) {
    from--;
    n += pieces[from]?.n ?? 0;
    bad += pieces[from]?.bad ?? 0;
  }
  return { n, bad, pieces: pieces.slice(from) };
}

/** What a rule sees. */
export interface Spent {
  readonly n: number;
  readonly bad: number;
  /** Share of the budget spent within the rule's volume. */
  readonly budget: number;
  /** The same as a multiple of the even pace, of what there is of that volume. */
  readonly burn: number;
  /** The pace of the latest twelfth of it. */
  readonly lately: number;
}

const CONFIRMED_BY = 1 / 12;
/** A chance known this exactly has no spread of its own: the days have. */
const EXACT = 1e9;
/** Where too few days were seen to say how unlike they are. */
const LEAST_RHO = 0.002;

function byDay(pieces: readonly Piece[]): DayFigure[] {
  return [...Map.groupBy(pieces, ({ at }) => at)].map(([at, same]) => {
    const n = same.reduce((sum, piece) => sum + piece.n, 0);
    return { at, n, good: n - same.reduce((sum, piece) => sum + piece.bad, 0) };
  });
}

/** How unlike the days are that came before those in question: a day that is being judged must not excuse itself. */
function correlationBefore({ pieces, earlier }: Spending, tail: readonly Piece[]): number {
  const from = tail[0]?.at ?? 0;
  const days = byDay([...earlier, ...pieces.filter(({ at }) => at < from)]);
  const effects = weekdayEffects(days.map(({ at, n, good }) => ({ at, value: good / n, weight: n })));
  return Math.max(LEAST_RHO, dayCorrelation(days, effects));
}

/**
 * P(X >= misses) at the pace that a rule allows, for the contacts of its latest volume; those of one day miss together.
 *
 * @returns 0..1. Example: 8 of 10 at 40 % have 0.0123, but for the days.
 */
export function chanceOfMore(rule: SpendRule, spending: Spending): number {
  const { n, bad, pieces } = tailOf(spending.pieces, rule.volume * spending.volume);
  const p = burnOf(rule) * spending.allowed;
  if (bad === 0 || p >= 1) return 1;
  const clusters = byDay(pieces).reduce((sum, day) => sum + day.n ** 2, 0) / n;
  const extra = n > 1 ? (correlationBefore(spending, pieces) * Math.max(0, clusters - 1)) / (n - 1) : 0;
  return 1 - fewerThan(bad, n, widened({ a: p * EXACT, b: (1 - p) * EXACT }, extra));
}

/** What the latest volume of a rule has spent; `null` before anything is counted. */
export function spentBy(rule: SpendRule, { pieces, volume, allowed }: Spending): Spent | null {
  const within = rule.volume * volume;
  const tail = tailOf(pieces, within);
  if (tail.n === 0) return null;
  const last = tailOf(pieces, within * CONFIRMED_BY);
  const rate = tail.bad / tail.n;
  return {
    n: tail.n,
    bad: tail.bad,
    budget: (rate * Math.min(tail.n, within)) / (allowed * volume),
    burn: rate / allowed,
    lately: last.bad / last.n / allowed,
  };
}

/** One bad call of a quiet half hour is no pace; a trickle of days is. */
const SIGNIFICANT = 0.01;
/** Where the level is so strict that a single miss is more than chance, it is still no pace. */
const FEWEST_MISSES = 2;

/** Whether a rule is met: spent in its whole volume, still so lately, and by more than chance. */
export function isOverspent(rule: SpendRule, { bad, budget, lately }: Spent, spending: Spending): boolean {
  const isFast = bad >= FEWEST_MISSES && budget >= rule.budget && lately >= burnOf(rule);
  return isFast && chanceOfMore(rule, spending) <= SIGNIFICANT;
}

/** Whether it is over: lately no faster than evenly, or half way back to what the volume may spend. */
export function isRecovered(rule: SpendRule, { budget, lately }: Spent): boolean {
  return lately <= 1 || budget <= (rule.budget + rule.volume) / 2;
}

/** Whether a rule could be met if all misses of its days came in the latest of them: else nobody needs to look closer. */
export function mayBeOverspent(rule: SpendRule, { pieces, volume, allowed }: Spending): boolean {
  return tailOf(pieces, rule.volume * volume).bad >= rule.budget * allowed * volume;
}
