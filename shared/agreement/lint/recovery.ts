import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { unknownTarget } from "./credits.ts";
import { lintJoined } from "./joined.ts";
import { percentOf } from "./percent-of.ts";
import { targetRefs } from "./target-refs.ts";
import { periodsInTerm } from "./periods-in-term.ts";

function lintBonus({ bonus }: Agreement, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  if (bonus === undefined) return [];
  return Object.entries(bonus.targets).flatMap(([id, share]) => {
    const path = `bonus.targets.${id}`;
    const target = refs.get(id);
    if (target === undefined) return [unknownTarget(path, id, refs)];
    const problems: DocumentProblem[] = [];
    if (target.stretch === undefined)
      problems.push(
        problem(path, {
          message: `"${id}" has no stretch level, so its bonus is never earned.`,
          dispute: "The provider believes that doing better than agreed pays.",
          remedy: `Add stretch to the target "${target.id}".`,
        }),
      );
    if (percentOf(share) > percentOf(bonus.most))
      problems.push(
        doubt(path, {
          message: `The bonus of ${share} is more than the ${bonus.most} that all bonuses together may be.`,
          dispute: "The provider counts on the one, the client on the other.",
          remedy: "Lower the bonus or raise most.",
        }),
      );
    return problems;
  });
}

function lintEarnBack({ earnBack, credits, ...agreement }: Agreement): DocumentProblem[] {
  if (earnBack === undefined || credits === undefined) return [];
  const periods = periodsInTerm(agreement, credits.period);
  if (earnBack.rule.periods < periods) return [];
  return [
    problem("earnBack.rule.periods", {
      message: `Earning back takes ${earnBack.rule.periods} later periods, but the agreement has only ${periods} in all.`,
      dispute: "The provider believes that credits can be earned back; none ever can.",
      remedy: "Write fewer periods, or leave earnBack out.",
    }),
  ];
}

function lintPeaks({ credits, earnBack, effectiveFrom, effectiveTo }: Agreement): DocumentProblem[] {
  const peaks = credits?.peaks ?? [];
  return peaks.flatMap((peak, i) => {
    const path = `credits.peaks.${i}`;
    if (peak.from > peak.to)
      return [
        problem(path, {
          message: `The peak ends on ${peak.to}, before it begins on ${peak.from}.`,
          dispute: "It never holds, but it was agreed for some reason.",
          remedy: "Exchange from and to.",
        }),
      ];
    const problems: DocumentProblem[] = [];
    if (peaks.slice(0, i).some((other) => other.from <= peak.to && peak.from <= other.to))
      problems.push(
        problem(path, {
          message: "The peak overlaps another one.",
          dispute: "Two factors hold on the same day.",
          remedy: "Let each day be in one peak.",
        }),
      );
    if (peak.to < effectiveFrom || (effectiveTo !== undefined && peak.from > effectiveTo))
      problems.push(
        doubt(path, {
          message: "The peak lies outside the agreement's term.",
          dispute: "A slip in the year leaves the real season without it.",
          remedy: "Correct its days, or leave the peak out.",
        }),
      );
    if (peak.earnBack && earnBack === undefined)
      problems.push(
        doubt(`${path}.earnBack`, {
          message: "Credits of the peak can be earned back, but the agreement has no earn-back.",
          dispute: "The provider believes that it can win the credit back.",
          remedy: "Add earnBack to the agreement, or leave it out of the peak.",
        }),
      );
    if (peak.factor === undefined && !peak.earnBack && earnBack === undefined)
      problems.push(
        doubt(path, {
          message: "The peak changes nothing: it has no factor, and there is no earn-back that it could rule out.",
          dispute: "The client believes that the season is protected.",
          remedy: 'Add a factor such as "1.5", or leave the peak out.',
        }),
      );
    return problems;
  });
}

function lintImprovement({ improvement, targets }: Agreement, refs: ReadonlyMap<string, Target>): DocumentProblem[] {
  if (improvement === undefined) return [];
  return improvement.targets.flatMap((id, i) => {
    const path = `improvement.targets.${i}`;
    const target = refs.get(id);
    if (target === undefined) return [unknownTarget(path, id, refs)];
    const problems: DocumentProblem[] = [];
    if (!target.windows.includes("month"))
      problems.push(
        problem(path, {
          message: `"${id}" is not judged per month, but the formula looks at twelve months.`,
          dispute: "There are no months from which the level could rise.",
          remedy: "Add month to the target's windows.",
        }),
      );
    if (target.direction === "within")
      problems.push(
        problem(path, {
          message: `"${id}" is a band; it has no side on which a level could rise.`,
          dispute: "Each side will move another end of it.",
          remedy: `Take it out of improvement (targets: ${targets
            .filter(({ direction }) => direction !== "within")
            .map((one) => one.id)
            .join(", ")}).`,
        }),
      );
    return problems;
  });
}

/** What softens or sharpens credits over time: bonus, earn-back, peaks and rising levels; and what adds periods together. */
export function lintRecovery(agreement: Agreement): DocumentProblem[] {
  const refs = targetRefs(agreement);
  return [
    ...lintBonus(agreement, refs),
    ...lintEarnBack(agreement),
    ...lintPeaks(agreement),
    ...lintImprovement(agreement, refs),
    ...lintJoined(agreement, refs),
  ];
}
