import type { AnyFeed } from "./any-feed.ts";
import type { RowProblem } from "./canonical.ts";

/** The columns in which people are named. */
function personColumns(definition: AnyFeed): ReadonlySet<string> {
  const people = ["agent" in definition ? definition.agent : undefined, "evaluator" in definition ? definition.evaluator : undefined];
  return new Set(people.flatMap((person) => (person === undefined || person === "each-row" ? [] : [person.column])));
}

/**
 * Takes out of problems what may name a person, because problems are kept where names must not be: the cells of people,
 * and whole rows where a feed has such cells. `errors.csv` shows the provider all of its own cells.
 */
export function compileNameless(definition: AnyFeed): (problem: RowProblem) => RowProblem {
  const people = personColumns(definition);
  if (people.size === 0) return (problem) => problem;
  return (problem) => (problem.column === "" || people.has(problem.column) ? { ...problem, value: "" } : problem);
}
