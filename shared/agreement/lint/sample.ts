import { formulasOf } from "../../metrics/formula.ts";
import { decimalToNumber } from "../../stats/decimal.ts";
import { wilson, Z_95 } from "../../stats/wilson.ts";
import type { Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { parseLevel } from "../level.ts";
import { agreedUnit } from "./target-levels.ts";

/**
 * The smallest flawless sample whose 95 % Wilson interval lies wholly on the agreed side: n / (n + z²) > T.
 *
 * @param share what a flawless sample must prove, 0..1, e.g. 0.99; 1 cannot be proven.
 * @returns a count, or `null` for 1. Example: 0.99 needs 381, 0.95 needs 73, 0.85 needs 22.
 */
function flawlessSample(share: number): number | null {
  if (share >= 1) return null;
  let n = Math.max(1, Math.floor((Z_95 * Z_95 * share) / (1 - share)));
  while (wilson(n, n).low <= share) n++;
  return n;
}

function unprovable(target: Target, share: number): DocumentProblem[] {
  const path = `targets.${target.id}.minimumSample`;
  const needed = flawlessSample(share);
  if (needed === null)
    return [
      doubt(`targets.${target.id}.expected`, {
        message: `${target.expected} cannot be proven from any sample.`,
        dispute: "However many were flawless, one more might not have been: it stays not proven for ever.",
        remedy: "Agree on a level that a sample can show, such as 99 % with 381 or more, or check every case.",
      }),
    ];
  if (target.minimumSample >= needed) return [];
  return [
    doubt(path, {
      message: `Even a flawless sample of ${target.minimumSample} does not prove ${target.expected}; ${needed} would.`,
      dispute: "The 95 % interval of so few always contains the level: met and missed cannot be told apart.",
      remedy: `Write minimumSample: ${needed} or more, take a longer window, or agree on a level that fewer can prove.`,
    }),
  ];
}

function sampled(target: Target): DocumentProblem[] {
  if (!formulasOf(target.measure)[0].sampled) return [];
  const missing =
    target.minimumSample > 0
      ? []
      : [
          doubt(`targets.${target.id}.minimumSample`, {
            message: "The metric is a sample, but nothing says how many it takes.",
            dispute: "Five surveys at 80 % are anything from 38 % to 96 %: the side that dislikes the figure will say so.",
            remedy: "Add minimumSample, e.g. 246 for five points either way at 80 %.",
          }),
        ];
  if (agreedUnit(target) !== "ratio" || target.direction === "within" || target.aggregation.by !== "ratio-of-sums") return missing;
  const expected = parseLevel(target.expected, "ratio");
  if (expected === null || missing.length > 0) return missing;
  const share = decimalToNumber(expected);
  return unprovable(target, target.direction === "at-least" ? share : 1 - share);
}

/** One success more says something of a share only: of a mean nobody knows how good the one would have been. */
function oneMiss(target: Target): DocumentProblem[] {
  if (agreedUnit(target) === "ratio") return [];
  return [
    doubt(`targets.${target.id}.onLowSample`, {
      message: "One miss is allowed, but the figure is no share, so small samples stay not proven.",
      dispute: "The provider believes that it has one contact for free; nothing says which one.",
      remedy: "Write onLowSample: not-proven or join-previous.",
    }),
  ];
}

function lowSample(target: Target): DocumentProblem[] {
  if (target.onLowSample === "not-proven") return [];
  if (target.minimumSample > 0) return target.onLowSample === "allow-one-miss" ? oneMiss(target) : [];
  return [
    problem(`targets.${target.id}.onLowSample`, {
      message: `onLowSample: ${target.onLowSample} never applies, because minimumSample is 0.`,
      dispute: "One side believes that small samples are treated gently; none ever is.",
      remedy: "Add minimumSample, or leave onLowSample out.",
    }),
  ];
}

/** Samples too small for what they shall prove. Census metrics, which count every contact, have no sampling error against the contract. */
export function lintSample(target: Target): DocumentProblem[] {
  return [...sampled(target), ...lowSample(target)];
}
