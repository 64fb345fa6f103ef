import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { lintPoints } from "./points.ts";
import { lintAllocation, lintBands, pricedTargets } from "./schemes.ts";
import { expandTarget } from "../members.ts";
import { percentOf } from "./percent-of.ts";
import { targetRefs } from "./target-refs.ts";
import type { Credits } from "../money-clauses.ts";

/** A target that a money clause names, but that is not in the agreement. */
export function unknownTarget(path: string, id: string, refs: ReadonlyMap<string, Target>): DocumentProblem {
  const known = [...refs.keys()];
  return problem(path, {
    message: `There is no target "${id}".`,
    dispute: "The money of this line can never be claimed.",
    remedy: `Name one of: ${known.slice(0, 12).join(", ")}${known.length > 12 ? " ..." : ""}.`,
  });
}

function withoutFees({ fees, credits, bonus, earnBack }: Agreement): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const named = [...(credits === undefined ? [] : ["credits"]), ...(bonus === undefined ? [] : ["bonus"])];
  if (fees === undefined)
    for (const path of named)
      problems.push(
        problem(path, {
          message: "A share of the fees is promised, but no fees are given.",
          dispute: "Each side will take the share of another amount: of the invoice, of the fixed fee, with or without tax.",
          remedy: 'Add fees: { currency: EUR, amount: "10000", per: month }.',
        }),
      );
  if (earnBack !== undefined && credits === undefined)
    problems.push(
      problem("earnBack", {
        message: "Credits can be earned back, but the agreement has none.",
        dispute: "One side believes that there are credits.",
        remedy: "Add credits, or leave earnBack out.",
      }),
    );
  return problems;
}

function lintPriced(credits: Credits, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  return pricedTargets(credits).flatMap(({ id, path }) => {
    const target = refs.get(id);
    if (target === undefined) return [unknownTarget(path, id, refs)];
    const problems: DocumentProblem[] = [];
    if (target.class === "objective")
      problems.push(
        problem(path, {
          message: `"${id}" is only an objective, yet it carries money.`,
          dispute: "The provider will say that objectives are only watched.",
          remedy: "Write class: key or critical for the target, or take it out of the scheme.",
        }),
      );
    if (!target.windows.includes(credits.period))
      problems.push(
        problem(`targets.${target.id}.windows`, {
          message: `Credits are settled per ${credits.period}, but "${target.id}" is not judged per ${credits.period}.`,
          dispute: "There is no verdict from which the credit could come.",
          remedy: `Add ${credits.period} to the target's windows.`,
        }),
      );
    return problems;
  });
}

function unpriced(agreement: Agreement, credits: Credits): DocumentProblem[] {
  const priced = new Set(pricedTargets(credits).map(({ id }) => id.split("@")[0]));
  return agreement.targets
    .filter((target) => target.class === "critical" && !priced.has(target.id))
    .map(({ id }) =>
      doubt("credits.scheme", {
        message: `The critical target "${id}" carries no money.`,
        dispute: "The client believes that what is critical is covered by credits.",
        remedy: "Add it to the scheme, or write class: key or objective.",
      }),
    );
}

function lintCaps(credits: Credits): DocumentProblem[] {
  const { atRisk, yearMost, perTargetMost, scheme } = credits;
  const problems: DocumentProblem[] = [];
  if (percentOf(atRisk) > 100)
    problems.push(
      problem("credits.atRisk", {
        message: `${atRisk} of the fees are at risk, more than all of them.`,
        dispute: "No court will follow, and no invoice can go below zero.",
        remedy: "Write a share of up to 100 %; 10 % to 20 % is usual.",
      }),
    );
  if (yearMost !== undefined && percentOf(yearMost) >= percentOf(atRisk))
    problems.push(
      doubt("credits.yearMost", {
        message: `The limit of a year, ${yearMost}, is never reached: no period's credits exceed ${atRisk} of its fees.`,
        dispute: "The provider believes that the year protects it.",
        remedy: "Write a lower share, or leave yearMost out.",
      }),
    );
  if (perTargetMost === undefined || scheme.kind !== "allocation") return problems;
  for (const [i, { pool, targets }] of scheme.categories.entries())
    for (const [id, share] of Object.entries(targets))
      if ((percentOf(pool) * percentOf(share)) / 100 > percentOf(perTargetMost))
        problems.push(
          doubt(`credits.scheme.categories.${i}.targets.${id}`, {
            message: `"${id}" has ${(percentOf(pool) * percentOf(share)) / 100} % of the amount at risk, but no target takes more than ${perTargetMost}.`,
            dispute: "The client counts on the share, the provider on the limit.",
            remedy: "Lower the share or raise perTargetMost.",
          }),
        );
  return problems;
}

function lintFactors(credits: Credits, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  const { minimumFactor, repeatFactor } = credits;
  const problems: DocumentProblem[] = [];
  const priced = pricedTargets(credits).map(({ id }) => refs.get(id));
  if (minimumFactor !== undefined && priced.every((target) => target?.minimum === undefined))
    problems.push(
      problem("credits.minimumFactor", {
        message: "No target of the scheme has a minimum level, so this factor never applies.",
        dispute: "The client believes that a disaster costs more than a slip.",
        remedy: "Add minimum to the targets, or leave minimumFactor out.",
      }),
    );
  for (const [name, factor] of Object.entries({ minimumFactor, repeatFactor }))
    if (factor !== undefined && Number(factor) < 1)
      problems.push(
        doubt(`credits.${name}`, {
          message: `A factor of ${factor} makes the worse default the cheaper one.`,
          dispute: "It was meant the other way round.",
          remedy: 'Write a factor of 1 or more, such as "1.5".',
        }),
      );
  return problems;
}

function lintScheme(agreement: Agreement, credits: Credits, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  const { scheme } = credits;
  switch (scheme.kind) {
    case "allocation":
      return lintAllocation(scheme);
    case "points":
      return lintPoints(
        scheme,
        credits,
        agreement.targets.flatMap((target) => expandTarget(agreement, target)),
      );
    case "bands":
      return lintBands(scheme, refs);
  }
}

/** What credits are taken of, from whom and how much. */
export function lintCredits(agreement: Agreement): DocumentProblem[] {
  const { credits } = agreement;
  const problems = withoutFees(agreement);
  if (credits === undefined) return problems;
  const refs = targetRefs(agreement);
  return [
    ...problems,
    ...lintPriced(credits, refs),
    ...unpriced(agreement, credits),
    ...lintScheme(agreement, credits, refs),
    ...lintCaps(credits),
    ...lintFactors(credits, refs),
  ];
}
