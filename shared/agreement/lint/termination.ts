import { compareDecimal } from "../../stats/round.ts";
import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "../level.ts";
import { unknownTarget } from "./credits.ts";
import { targetRefs } from "./target-refs.ts";
import type { Termination } from "../money-clauses.ts";
import { periodsInTerm } from "./periods-in-term.ts";
import { agreedUnit } from "./target-levels.ts";

type Rolling = Extract<Termination, { when: "rolling" }>;

const BELIEF = "The client believes that it may leave; the right never comes.";

function never(path: string, message: string, remedy: string): DocumentProblem {
  return problem(path, { message, dispute: BELIEF, remedy });
}

function lintRolling(rule: Rolling, path: string, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  const target = refs.get(rule.target);
  if (target === undefined) return [unknownTarget(`${path}.target`, rule.target, refs)];
  const unit = agreedUnit(target);
  const beyond = parseLevel(rule.beyond, unit);
  const expected = parseLevel(target.expected, unit);
  if (beyond === null)
    return [
      problem(`${path}.beyond`, {
        message: `"${rule.beyond}" is not a level of this metric.`,
        dispute: "Without its unit each side may read the number in its own way.",
        remedy: levelRemedy(unit),
      }),
    ];
  if (expected === null || target.direction === "within") return [];
  const side = compareDecimal(beyond, expected);
  if (target.direction === "at-least" ? side <= 0 : side >= 0) return [];
  return [
    doubt(`${path}.beyond`, {
      message: `The client may leave at ${rule.beyond}, although ${target.expected} is what was agreed.`,
      dispute: "The provider could keep its promise and still lose the contract.",
      remedy: "Write a level on the bad side of the expected one.",
    }),
  ];
}

function lintRule(agreement: Agreement, rule: Termination, path: string): DocumentProblem[] {
  const { credits, fees, targets } = agreement;
  const periods = periodsInTerm(agreement, credits?.period ?? fees?.per ?? "month");
  const problems: DocumentProblem[] = [];
  if ("times" in rule && "within" in rule && rule.times > rule.within)
    problems.push(
      never(`${path}.times`, `${rule.times} times within ${rule.within} periods can never happen.`, "Let times be at most within."),
    );
  const needed = "times" in rule ? rule.times : rule.within;
  if (needed > periods)
    problems.push(
      never(path, `It takes ${needed} periods, but the agreement has only ${periods} in all.`, "Ask for fewer, or agree on a longer term."),
    );
  if (rule.when === "cap-reached" && credits === undefined)
    problems.push(never(path, "There are no credits that could reach their limit.", "Add credits, or choose another rule."));
  if (rule.when === "below-minimum" && targets.every(({ minimum }) => minimum === undefined))
    problems.push(never(path, "No target has a minimum level.", "Add minimum to the targets that matter, or choose another rule."));
  return rule.when === "rolling" ? [...problems, ...lintRolling(rule, path, targetRefs(agreement))] : problems;
}

/** Rights to terminate that can never arise, or that arise although the promise is kept. */
export function lintTermination(agreement: Agreement): DocumentProblem[] {
  const ids = agreement.termination.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) =>
    problem(`termination.${id}`, {
      message: `The id "${id}" is used more than once.`,
      dispute: "A notice that names it could mean either.",
      remedy: "Give each one an id of its own.",
    }),
  );
  return [...twice, ...agreement.termination.flatMap((rule, i) => lintRule(agreement, rule, `termination.${i}`))];
}
