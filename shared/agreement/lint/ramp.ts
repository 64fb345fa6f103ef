import { weekdayOf } from "../../calendar/day.ts";
import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";

type Step = NonNullable<Target["ramp"]>[number];

function between(path: string, before: Step | undefined, step: Step): DocumentProblem[] {
  const expectedStart = before === undefined ? 1 : before.toWeek + 1;
  if (step.fromWeek === expectedStart) return [];
  if (step.fromWeek < expectedStart)
    return [
      problem(path, {
        message: `Week ${step.fromWeek} has two levels.`,
        dispute: "Each side will hold to the level that suits it.",
        remedy: `Let this step begin with week ${expectedStart}.`,
      }),
    ];
  const gap = step.fromWeek - 1 === expectedStart ? `Week ${expectedStart} has` : `Weeks ${expectedStart} to ${step.fromWeek - 1} have`;
  return [
    doubt(path, {
      message: `${gap} no level of the ramp, so the full level holds in the middle of it.`,
      dispute: "The provider will say the gap was meant to be eased too.",
      remedy: `Let this step begin with week ${expectedStart}.`,
    }),
  ];
}

function steps(target: Target): DocumentProblem[] {
  const ramp = target.ramp ?? [];
  const ordered = ramp.map((step, i) => ({ step, path: `targets.${target.id}.ramp.${i}` }));
  const backwards = ordered
    .filter(({ step }) => step.fromWeek > step.toWeek)
    .map(({ step, path }) =>
      problem(path, {
        message: `The step ends in week ${step.toWeek}, before it begins in week ${step.fromWeek}.`,
        dispute: "It never holds, but it was agreed for some reason.",
        remedy: "Exchange fromWeek and toWeek.",
      }),
    );
  if (backwards.length > 0) return backwards;
  const sorted = ordered.toSorted((a, b) => a.step.fromWeek - b.step.fromWeek);
  return sorted.flatMap(({ step, path }, i) => between(path, sorted[i - 1]?.step, step));
}

/** Weeks of the ramp count from go-live, those of the windows from the first day of the week. */
function crossedWeeks({ ramp, weekStart, targets }: Agreement): DocumentProblem[] {
  if (ramp === undefined || weekdayOf(ramp.goLive) === weekStart) return [];
  const judged = targets.filter((target) => target.ramp !== undefined && target.windows.includes("week"));
  return judged.map(({ id }) =>
    doubt(`targets.${id}.ramp`, {
      message: `The ramp's weeks begin on ${weekdayOf(ramp.goLive)}, the windows' on ${weekStart}, so a week can have two levels.`,
      dispute: "Such a week is judged by a mean of both, which neither side signed.",
      remedy: "Let goLive be the first day of a week (weekStart), or judge months.",
    }),
  );
}

/** A gate counts weeks, so some target of the ramp must be judged by the week. */
function gateProblems({ ramp, targets }: Agreement): DocumentProblem[] {
  if (ramp?.gate === undefined || targets.some((target) => target.ramp !== undefined && target.windows.includes("week"))) return [];
  return [
    doubt("ramp.gate", {
      message: "The ramp has a gate, but no target has both levels by week and weekly windows.",
      dispute: "One side believes that the gate was passed; nothing counts the weeks.",
      remedy: "Add week to the windows of a target with a ramp, or leave gate out.",
    }),
  ];
}

/** Ramps without a beginning, with gaps or with two levels for one week. */
export function lintRamp(agreement: Agreement): DocumentProblem[] {
  const { ramp, targets, effectiveFrom, effectiveTo, credits } = agreement;
  const problems = targets.flatMap((target) => {
    const own = steps(target);
    if (target.ramp === undefined || ramp !== undefined) return own;
    const missing = problem(`targets.${target.id}.ramp`, {
      message: "The target has levels by week, but the agreement does not say when week 1 begins.",
      dispute: "The provider will count from the first call, the client from the signature.",
      remedy: "Add ramp: { goLive: <day> } to the agreement.",
    });
    return [missing, ...own];
  });
  if (ramp === undefined) return problems;
  problems.push(...crossedWeeks(agreement), ...gateProblems(agreement));
  if (ramp.goLive < effectiveFrom || (effectiveTo !== undefined && ramp.goLive > effectiveTo))
    problems.push(
      doubt("ramp.goLive", {
        message: `The service goes live on ${ramp.goLive}, outside the agreement's term.`,
        dispute: ramp.goLive < effectiveFrom ? "Some weeks of the ramp are over before anything is measured." : "The ramp never begins.",
        remedy: "Check goLive against effectiveFrom and effectiveTo.",
      }),
    );
  if (ramp.creditsSuspendedWeeks > 0 && credits === undefined)
    problems.push(
      doubt("ramp.creditsSuspendedWeeks", {
        message: "Credits are suspended, but the agreement has none.",
        dispute: "One side believes that there are credits afterwards.",
        remedy: "Add credits, or leave creditsSuspendedWeeks out.",
      }),
    );
  return problems;
}
