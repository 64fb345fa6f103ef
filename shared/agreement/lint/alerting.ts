import { decimalToNumber } from "../../stats/decimal.ts";
import type { Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { parseLevel } from "../level.ts";
import { agreedUnit } from "./target-levels.ts";

/** Near the fastest possible spending a rule fires too late to be of use. */
const USEFUL_SHARE = 0.9;

function burn(target: Target, limit: number): DocumentProblem[] {
  const path = `targets.${target.id}.atRisk.burn`;
  const expected = parseLevel(target.expected, agreedUnit(target));
  if (agreedUnit(target) !== "ratio" || target.direction === "within" || expected === null)
    return expected === null
      ? []
      : [
          problem(path, {
            message: "The target has no budget of misses that could be spent, so this warning can never come.",
            dispute: "The client will believe it is warned in time.",
            remedy: "Leave burn out; missProbability works for every target.",
          }),
        ];
  const share = decimalToNumber(expected);
  const budget = target.direction === "at-least" ? 1 - share : share;
  // 1 / (1 - 0.8) must be 5, not a hair more.
  const fastest = budget <= 0 ? Infinity : Number((1 / budget).toFixed(6));
  if (limit < fastest * USEFUL_SHARE) return [];
  const never = limit >= fastest;
  const words = {
    message: `A pace of ${limit} ${never ? "can never be exceeded" : "is hardly ever exceeded"}: if every contact missed, ${target.expected} would give ${fastest.toFixed(2)}.`,
    dispute: "The client will believe it is warned in time; the warning never comes, or only when all is lost.",
    remedy: `Write a burn between 1 and ${(fastest * 0.6).toFixed(1)}.`,
  };
  return [never ? problem(path, words) : doubt(path, words)];
}

function probability(target: Target, text: string): DocumentProblem[] {
  const path = `targets.${target.id}.atRisk.missProbability`;
  const level = parseLevel(text, "ratio");
  const share = level === null ? null : decimalToNumber(level);
  if (share === null || share <= 0 || share >= 1)
    return [
      problem(path, {
        message: `"${text}" is no probability at which a warning can come.`,
        dispute: share === null ? "Nobody knows when to warn." : "The warning would always or never be there.",
        remedy: 'Write a percentage between 1 % and 99 %, such as "25 %".',
      }),
    ];
  if (target.windows.some((kind) => kind !== "day")) return [];
  return [
    doubt(path, {
      message: "Only days are judged, and no probability is given for a day.",
      dispute: "The client will wait for a warning that never comes.",
      remedy: "Add week or month to windows, or leave missProbability out.",
    }),
  ];
}

/** Warnings that can never come. Pace is the budget's share spent over the volume's share seen, so 1 / (1 - T) is its limit. */
export function lintAlerting(target: Target): DocumentProblem[] {
  const { atRisk } = target;
  return [
    ...(atRisk?.burn === undefined ? [] : burn(target, atRisk.burn)),
    ...(atRisk?.missProbability === undefined ? [] : probability(target, atRisk.missProbability)),
  ];
}
