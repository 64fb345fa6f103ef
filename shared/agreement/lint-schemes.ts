import { compareDecimal } from "../stats/round.ts";
import type { Decimal } from "../stats/decimal.ts";
import type { Agreement, Target } from "./agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "./level.ts";
import type { Credits } from "./money-clauses.ts";
import { agreedUnit } from "./target-levels.ts";

type Scheme<Kind> = Extract<Credits["scheme"], { kind: Kind }>;

/** A percentage of the money clauses as a number of percent. */
export function percentOf(text: string): number {
  return Number(text.replace("%", "").trim());
}

/** Sums of percentages with up to six decimals, without the dust of floating point. */
function sum(shares: readonly string[]): number {
  return shares.reduce((total, share) => total + Math.round(percentOf(share) * 1e6), 0) / 1e6;
}

function addsUp(path: string, shares: readonly string[], what: string): DocumentProblem[] {
  const total = sum(shares);
  if (total === 100) return [];
  if (total > 100)
    return [
      problem(path, {
        message: `${what} add up to ${total} %, ${sum([String(total), "-100"])} % too much.`,
        dispute: "More is promised than is at risk: which of the credits is cut is then anybody's guess.",
        remedy: "Lower them until they add up to 100 %.",
      }),
    ];
  return [
    doubt(path, {
      message: `${what} add up to ${total} %; ${sum(["100", `-${total}`])} % of the money is at risk for nothing.`,
      dispute: "The client believes that all of the amount at risk can be claimed.",
      remedy: "Raise them until they add up to 100 %, unless the rest is kept for later targets.",
    }),
  ];
}

export function lintAllocation({ categories }: Scheme<"allocation">): DocumentProblem[] {
  const path = "credits.scheme.categories";
  const named = categories.flatMap(({ targets }) => Object.keys(targets));
  const twice = [...new Set(named.filter((id, i) => named.indexOf(id) !== i))];
  return [
    ...addsUp(
      path,
      categories.map(({ pool }) => pool),
      "The pools",
    ),
    ...categories.flatMap(({ id, targets }, i) => addsUp(`${path}.${i}.targets`, Object.values(targets), `The targets of "${id}"`)),
    ...twice.map((id) =>
      doubt(path, {
        message: `"${id}" has a share in several categories, so one default costs several credits.`,
        dispute: "The provider will say that one failure is paid for once.",
        remedy: "Give the target one share, or say in its clause that it counts in each.",
      }),
    ),
  ];
}

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

function lintRatchet(price: Extract<Scheme<"points">["price"], { by: "ratchet" }>, mostPoints: number): DocumentProblem[] {
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

export function lintPoints({ points, price }: Scheme<"points">): DocumentProblem[] {
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
  const mostPoints = Object.values(points).reduce((total, one) => total + Math.max(one.expected, one.minimum ?? 0), 0);
  return [...problems, ...(price.by === "table" ? lintTable(price.rows, mostPoints) : lintRatchet(price, mostPoints))];
}

interface Band {
  readonly path: string;
  readonly beyond: Decimal;
  readonly credit: number;
  readonly text: string;
}

function misordered(target: Target, bands: readonly Band[]): DocumentProblem[] {
  const worst = (a: Band, b: Band): number => compareDecimal(a.beyond, b.beyond) * (target.direction === "at-least" ? 1 : -1);
  const byDistance = bands.toSorted((a, b) => -worst(a, b));
  return byDistance.flatMap((band, i) => {
    const before = byDistance[i - 1];
    if (before === undefined) return [];
    if (compareDecimal(band.beyond, before.beyond) === 0)
      return [
        problem(band.path, {
          message: `Two bands begin at ${band.text}.`,
          dispute: "The same figure has two prices.",
          remedy: "Let each band begin at a level of its own.",
        }),
      ];
    if (band.credit > before.credit) return [];
    return [
      problem(band.path, {
        message: `Beyond ${band.text} the credit is ${band.credit} %, not more than the ${before.credit} % beyond ${before.text}.`,
        dispute: "Failing worse costs nothing more, so the band was meant otherwise.",
        remedy: "Let the credit rise as the figure falls away from the agreed level.",
      }),
    ];
  });
}

function lintTargetBands(target: Target, id: string, written: readonly { beyond: string; credit: string }[]): DocumentProblem[] {
  const unit = agreedUnit(target);
  const path = `credits.scheme.targets.${id}`;
  const read = written.map(({ beyond, credit }, i) => ({
    path: `${path}.${i}.beyond`,
    text: beyond,
    beyond: parseLevel(beyond, unit),
    credit: percentOf(credit),
  }));
  const unread = read.filter(({ beyond }) => beyond === null);
  if (unread.length > 0)
    return unread.map(({ path: place, text }) =>
      problem(place, {
        message: `"${text}" is not a level of this metric.`,
        dispute: "Without its unit each side may read the number in its own way.",
        remedy: levelRemedy(unit),
      }),
    );
  if (target.direction === "within") return [];
  const bands = read.flatMap((band) => (band.beyond === null ? [] : [{ ...band, beyond: band.beyond }]));
  const expected = parseLevel(target.expected, unit);
  const good = bands.filter(({ beyond }) => {
    const side = expected === null ? 0 : compareDecimal(beyond, expected);
    return target.direction === "at-least" ? side > 0 : side < 0;
  });
  return [
    ...good.map(({ path: place, text }) =>
      problem(place, {
        message: `The band begins at ${text}, on the good side of ${target.expected}.`,
        dispute: "A figure would be as agreed and yet cost a credit.",
        remedy: `Let the first band begin at ${target.expected}.`,
      }),
    ),
    ...misordered(target, bands),
  ];
}

export function lintBands({ targets }: Scheme<"bands">, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  return Object.entries(targets).flatMap(([id, bands]) => {
    const target = refs.get(id);
    return target === undefined ? [] : lintTargetBands(target, id, bands);
  });
}

/** The targets that a scheme of credits prices, as it names them, with the place of each. */
export function pricedTargets({ scheme }: NonNullable<Agreement["credits"]>): { id: string; path: string }[] {
  if (scheme.kind === "points") return Object.keys(scheme.points).map((id) => ({ id, path: `credits.scheme.points.${id}` }));
  if (scheme.kind === "bands") return Object.keys(scheme.targets).map((id) => ({ id, path: `credits.scheme.targets.${id}` }));
  return scheme.categories.flatMap(({ targets }, i) =>
    Object.keys(targets).map((id) => ({ id, path: `credits.scheme.categories.${i}.targets.${id}` })),
  );
}
