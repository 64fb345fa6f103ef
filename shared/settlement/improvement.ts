import type { z } from "zod";
import type { Improvement } from "../agreement/money-clauses.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { compareFigure } from "./compared-figure.ts";
import { add, distance, type Fraction, fractionOf, fromDecimal, isLess, multiply, ONE, readShare, roundHalfUp } from "./fraction.ts";
import type { LevelProposal } from "./settlement.ts";
import type { SettlementTarget, SettlementVersion } from "./version.ts";
import { togetherOf } from "./whole-period.ts";

type Clause = z.infer<typeof Improvement>;
type Figure = NonNullable<Verdict["value"]>;

const MONTHS = 12;

/** The figures of the last twelve closed months in a row, oldest first; `null` if one of them has none. */
function lastYear(verdicts: readonly Verdict[], targetId: string): Figure[] | null {
  const months = Map.groupBy(
    verdicts.filter(({ window, targetId: id }) => id === targetId && window.kind === "month" && !window.open),
    ({ window }) => window.start.slice(0, 7),
  );
  const last = [...months.keys()].toSorted().at(-1);
  if (last === undefined) return null;
  const first = Temporal.PlainYearMonth.from(last).subtract({ months: MONTHS - 1 });
  const figures = Array.from({ length: MONTHS }, (_, i) => togetherOf(months.get(first.add({ months: i }).toString()) ?? []));
  const known = figures.filter((figure) => figure !== null);
  return known.length === MONTHS ? known : null;
}

function sumOf(figures: readonly Figure[]): Fraction {
  const together = figures.reduce((sum, { num, den }) => ({ num: sum.num + num, den: sum.den + den }));
  return fractionOf(together.num, together.den);
}

/** Best first. */
function byQuality(figures: readonly Figure[], atLeast: boolean): Figure[] {
  const quality = (a: Figure, b: Figure): number => (isLess(fractionOf(a.num, a.den), fractionOf(b.num, b.den)) ? 1 : -1);
  return figures.toSorted((a, b) => (atLeast ? quality(a, b) : quality(b, a)));
}

/** How far the level should move, before the limit to the gap; `null` where the clause asks for no rise. */
function stepOf(clause: Clause, figures: readonly Figure[], level: Fraction, atLeast: boolean): Fraction | null {
  const best = clause.formula.by === "average-of-best" ? byQuality(figures, atLeast).slice(0, clause.formula.best) : figures;
  const average = sumOf(best);
  const better = atLeast ? isLess(level, average) : isLess(average, level);
  if (!better) return null;
  return multiply(distance(average, level), clause.formula.by === "halfway" ? fractionOf(1, 2) : ONE);
}

/** What is left to perfection: to 100 % upwards, to 0 downwards. Scores have no agreed end. */
function gapOf(level: Fraction, of: SettlementTarget): Fraction | null {
  if (of.target.direction === "at-most") return level;
  return of.unit === "ratio" ? distance(ONE, level) : null;
}

/** Scale of a level as it is written, and its sign: percent with 2 decimals, seconds with 3, others with 2. */
function written(level: Fraction, of: SettlementTarget): string {
  const { unit } = of;
  const [scale, dp, sign] = unit === "ratio" ? [10_000, 2, " %"] : unit === "duration" ? [1, 3, " s"] : [100, 2, ""];
  const digits = String(roundHalfUp(multiply(level, fractionOf(scale)))).padStart(dp + 1, "0");
  const fraction = digits.slice(-dp).replace(/0+$/u, "");
  return `${digits.slice(0, -dp)}${fraction === "" ? "" : `.${fraction}`}${sign}`;
}

function proposalFor(clause: Clause, of: SettlementTarget, verdicts: readonly Verdict[]): LevelProposal[] {
  const figures = lastYear(verdicts, of.target.id);
  if (
    figures === null ||
    of.target.direction === "within" ||
    [of.expected.mantissa, ...figures.map(({ num }) => num)].some((some) => some < 0)
  )
    return [];
  const atLeast = of.target.direction === "at-least";
  const beats = (figure: Figure): boolean => compareFigure(figure, of.expected, of) === (atLeast ? 1 : -1);
  if (clause.formula.by === "halfway" && !figures.every(beats)) return [];
  const level = fromDecimal(of.expected);
  const step = stepOf(clause, figures, level, atLeast);
  if (step === null) return [];
  const gap = clause.mostOfGap === undefined ? null : gapOf(level, of);
  const most = gap === null || clause.mostOfGap === undefined ? step : multiply(gap, readShare(clause.mostOfGap));
  const taken = isLess(most, step) ? most : step;
  const to = written(atLeast ? add(level, taken) : distance(level, taken), of);
  if (to === written(level, of)) return [];
  const why =
    clause.formula.by === "halfway"
      ? `better than ${of.target.expected} in each of the last 12 months, ${written(sumOf(figures), of)} together`
      : `the best ${clause.formula.best} of the last 12 months together reached ${written(sumOf(byQuality(figures, atLeast).slice(0, clause.formula.best)), of)}`;
  return [{ targetId: of.target.id, from: of.target.expected, to, says: `${of.target.name}: ${why}` }];
}

/**
 * The rises of expected levels that the improvement clause calls for, from the last twelve closed months. Averages are of the months'
 * contacts together, sums first. Example (Sears-CSC): level 80 %, each month above it, 88 % together: halfway is 84 %.
 */
export function proposalsOf({ agreement, targets }: SettlementVersion, verdicts: readonly Verdict[]): LevelProposal[] {
  const clause = agreement.improvement;
  if (clause === undefined) return [];
  const named = targets.filter((of) => clause.targets.includes(of.target.id) || clause.targets.includes(of.base));
  return named.flatMap((of) => proposalFor(clause, of, verdicts));
}
