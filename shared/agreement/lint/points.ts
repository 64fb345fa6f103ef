import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import type { Member } from "../members.ts";
import type { Credits } from "../money-clauses.ts";
import { percentOf } from "./percent-of.ts";

type Scheme = Extract<Credits["scheme"], { kind: "points" }>;

function increasing(values: readonly number[]): number {
  return values.findIndex((value, i) => i > 0 && value <= (values[i - 1] ?? value));
}

function lintTable(rows: readonly { from: number; credit: string }[], mostPoints: number): DocumentProblem[] {
  const path = "credits.scheme.price.rows";
  const overlap = increasing(rows.map(({ from }) => from));
  if (overlap >= 0)
    return [
      problem(`${path}.${overlap}`, {
        message: `The row from ${rows[overlap]?.from ?? 0} points does not follow the one before it.`,
        dispute: "Two rows price the same number of points.",
        remedy: "Order the rows by from, each number once.",
      }),
    ];
  const credits = rows.map(({ credit }) => percentOf(credit));
  const cheaper = credits.findIndex((credit, i) => i > 0 && credit < (credits[i - 1] ?? 0));
  const problems: DocumentProblem[] = [];
  if (cheaper >= 0)
    problems.push(
      problem(`${path}.${cheaper}`, {
        message: `${rows[cheaper]?.from ?? 0} points cost less than fewer points do.`,
        dispute: "Missing one target more would pay the provider.",
        remedy: "Let the credit rise with the points.",
      }),
    );
  const paying = rows.find((_, i) => (credits[i] ?? 0) > 0);
  if (paying === undefined || paying.from > mostPoints) problems.push(neverReached(path, mostPoints, paying?.from ?? null));
  return problems;
}

function neverReached(path: string, mostPoints: number, first: number | null): DocumentProblem {
  return problem(path, {
    message: `No credit can ever come due: all defaults together give ${mostPoints} points, ${first === null ? "and no number of points is priced" : `the first credit needs ${first}`}.`,
    dispute: "The client believes that money is at risk.",
    remedy: "Give the targets more points, or price fewer.",
  });
}

function lintRatchet(price: Extract<Scheme["price"], { by: "ratchet" }>, mostPoints: number): DocumentProblem[] {
  const path = "credits.scheme.price";
  const ends = price.bands.map(({ to }) => to ?? Infinity);
  const wrong = increasing([price.free, ...ends]);
  const problems: DocumentProblem[] = [];
  if (wrong > 0)
    problems.push(
      problem(`${path}.bands.${wrong - 1}`, {
        message: `The band to ${ends[wrong - 1] ?? ""} points does not end after ${wrong === 1 ? "the free points" : "the band before it"}.`,
        dispute: "The same points have two prices, or none.",
        remedy: "Order the bands by to, above the free points; only the last has no to.",
      }),
    );
  if (ends.at(-1) !== Infinity)
    problems.push(
      doubt(`${path}.bands`, {
        message: `Points above ${ends.at(-1) ?? 0} have no price.`,
        dispute: "The client will price them like the last band, the provider not at all.",
        remedy: "Leave to out of the last band.",
      }),
    );
  const factors = price.bands.map(({ factor }) => Number(factor));
  const cheaper = factors.findIndex((factor, i) => i > 0 && factor < (factors[i - 1] ?? 0));
  if (cheaper >= 0)
    problems.push(
      doubt(`${path}.bands.${cheaper}.factor`, {
        message: "A later band is cheaper per point than the one before it.",
        dispute: "Failing more then costs less each time, which a ratchet is meant to prevent.",
        remedy: "Let the factor rise from band to band.",
      }),
    );
  if (mostPoints <= price.free) problems.push(neverReached(`${path}.free`, mostPoints, price.free + 1));
  return problems;
}

/** What all defaults of a period together can come to: every member takes its points, and factors multiply them. */
function mostPoints({ points }: Scheme, { minimumFactor, repeatFactor, peaks }: Credits, judged: readonly Member[]): number {
  const base = judged.reduce((total, { target, base: written }) => {
    const own = points[target.id] ?? points[written];
    if (own === undefined) return total;
    return total + Math.max(own.expected, own.minimum ?? own.expected * Number(minimumFactor ?? 1));
  }, 0);
  const peak = Math.max(1, ...peaks.map(({ factor = "1" }) => Number(factor)));
  return Math.round(base * Math.max(1, Number(repeatFactor ?? 1)) * peak);
}

export function lintPoints(scheme: Scheme, credits: Credits, judged: readonly Member[]): DocumentProblem[] {
  const { points, price } = scheme;
  const problems = Object.entries(points).flatMap(([id, { expected, minimum }]) =>
    minimum === undefined || minimum >= expected
      ? []
      : [
          problem(`credits.scheme.points.${id}.minimum`, {
            message: `Falling below the minimum gives ${minimum} points, less than the ${expected} of falling below what is expected.`,
            dispute: "Failing worse would be cheaper.",
            remedy: "Give the default below the minimum more points.",
          }),
        ],
  );
  const most = mostPoints(scheme, credits, judged);
  return [...problems, ...(price.by === "table" ? lintTable(price.rows, most) : lintRatchet(price, most))];
}
