import { compareDecimal } from "../../stats/round.ts";
import type { Decimal } from "../../stats/decimal.ts";
import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "../level.ts";
import type { Credits } from "../money-clauses.ts";
import { percentOf } from "./percent-of.ts";
import { agreedUnit } from "./target-levels.ts";

type Scheme<Kind> = Extract<Credits["scheme"], { kind: Kind }>;

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
