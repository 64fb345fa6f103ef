import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, problem } from "./document-problem.ts";
import { pricedTargets } from "./schemes.ts";

interface Use {
  readonly path: string;
  readonly id: string;
  /** What adds the windows of the target together. */
  readonly what: string;
}

/** The targets whose windows a clause adds together, sums first. */
function usesOf({ credits, earnBack, termination, improvement }: Agreement): Use[] {
  const recovered =
    earnBack?.rule.by === "average" && credits !== undefined ? [...new Set(pricedTargets(credits).map(({ id }) => id))] : [];
  return [
    ...recovered.map((id) => ({ path: "earnBack.rule", id, what: "Earning back by average" })),
    ...termination.flatMap((clause, i) =>
      clause.when === "rolling"
        ? [{ path: `termination.${i}.target`, id: clause.target, what: `The right to terminate "${clause.id}"` }]
        : [],
    ),
    ...(improvement?.targets ?? []).map((id, i) => ({ path: `improvement.targets.${i}`, id, what: "The improvement" })),
  ];
}

/** A window that is joined to the one before it holds that one's counts too, so that windows cannot be added together. */
export function lintJoined(agreement: Agreement, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  return usesOf(agreement)
    .filter(({ id }) => refs.get(id)?.onLowSample === "join-previous")
    .map(({ path, id, what }) =>
      problem(path, {
        message: `${what} adds up periods of "${id}", but one with a small sample is joined to the period before it, which then counts twice.`,
        dispute: "Each side will take the sum with or without the contacts that stand in two periods.",
        remedy: `Write onLowSample: not-proven or allow-one-miss for "${refs.get(id)?.id ?? id}", or leave it out of the clause.`,
      }),
    );
}
