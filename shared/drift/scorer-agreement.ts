import { z } from "zod";
import { studentTQuantile } from "../stats/student-t.ts";
import { wilson, Z_95 } from "../stats/wilson.ts";

/** One thing that two have scored, each without knowing what the other found. */
export interface ScoredTwice {
  /** Who scored first, by pseudonym. */
  readonly evaluator: string | null;
  readonly first: number;
  readonly second: number;
  /** Whether each found a critical error; `null` where one cannot say. */
  readonly critical: readonly [boolean | null, boolean | null];
}

const Range = z.strictObject({ low: z.number(), high: z.number() });

/** How two scorers agree. Differences are second less first: below 0 the first scorer was the more generous. */
export const ScorerAgreement = z.strictObject({
  pairs: z.int(),
  /** Mean difference with 90 % limits; `null` of fewer than two pairs. */
  bias: z.strictObject({ mean: z.number(), ...Range.shape }).nullable(),
  /** Where 19 of 20 differences lie: mean and 1.96 standard deviations. */
  limits: Range.nullable(),
  critical: z
    .strictObject({
      pairs: z.int(),
      /** Both found one, only the first, only the second, neither. */
      counts: z.tuple([z.int(), z.int(), z.int(), z.int()]),
      agreed: z.strictObject({ share: z.number(), ...Range.shape }),
      /** `null` where both always said the same one thing: nothing to agree on by more than chance. */
      kappa: z.number().nullable(),
    })
    .nullable(),
  /** Each evaluator's mean difference, drawn towards that of all as far as chance may have made it. */
  evaluators: z.array(z.strictObject({ evaluator: z.string(), pairs: z.int(), mean: z.number(), shrunken: z.number() })),
});
export type ScorerAgreement = z.infer<typeof ScorerAgreement>;

const CONFIDENCE = 0.95;

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample variance, n - 1. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function spread(differences: readonly number[]): Pick<ScorerAgreement, "bias" | "limits"> {
  const n = differences.length;
  if (n < 2) return { bias: null, limits: null };
  const [mean, deviation] = [meanOf(differences), Math.sqrt(varianceOf(differences))];
  const half = (studentTQuantile(CONFIDENCE, n - 1) * deviation) / Math.sqrt(n);
  return {
    bias: { mean, low: mean - half, high: mean + half },
    limits: { low: mean - Z_95 * deviation, high: mean + Z_95 * deviation },
  };
}

/** Agreement on yes or no beyond what chance gives (Cohen 1960); `counts` as in `ScorerAgreement`. */
function kappaOf([both, first, second, neither]: readonly [number, number, number, number]): number | null {
  const n = both + first + second + neither;
  const byChance = ((both + first) * (both + second) + (neither + first) * (neither + second)) / n ** 2;
  return byChance === 1 ? null : ((both + neither) / n - byChance) / (1 - byChance);
}

function criticalOf(pairs: readonly ScoredTwice[]): ScorerAgreement["critical"] {
  const count = (first: boolean, second: boolean): number =>
    pairs.filter(({ critical }) => critical[0] === first && critical[1] === second).length;
  const counts: [number, number, number, number] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  const all = counts.reduce((sum, each) => sum + each, 0);
  if (all === 0) return null;
  const agreed = counts[0] + counts[3];
  return { pairs: all, counts, agreed: { share: agreed / all, ...wilson(agreed, all) }, kappa: kappaOf(counts) };
}

/**
 * Means by evaluator, shrunken: the variance between evaluators by moments (DerSimonian and Laird 1986), that inside pooled.
 */
function evaluatorsOf(pairs: readonly ScoredTwice[]): ScorerAgreement["evaluators"] {
  const groups = new Map<string, number[]>();
  for (const { evaluator, first, second } of pairs)
    if (evaluator !== null) groups.set(evaluator, [...(groups.get(evaluator) ?? []), second - first]);
  const all = [...groups.values()].flat();
  const df = all.length - groups.size;
  const inside = [...groups.values()].reduce((sum, own) => sum + (own.length < 2 ? 0 : varianceOf(own) * (own.length - 1)), 0);
  const pooled = df > 0 ? inside / df : null;
  const mean = all.length === 0 ? 0 : meanOf(all);
  const squares = [...groups.values()].reduce((sum, own) => sum + own.length * (meanOf(own) - mean) ** 2, 0);
  const sizes = [...groups.values()].reduce((sum, own) => sum + own.length ** 2, 0);
  const effective = all.length - sizes / all.length;
  // Without a spread inside nothing tells evaluators from chance: all are drawn to the mean.
  const between = pooled === null || effective <= 0 ? 0 : Math.max(0, (squares - (groups.size - 1) * pooled) / effective);
  return [...groups]
    .map(([evaluator, own]) => {
      const trust = between === 0 ? 0 : between / (between + (pooled ?? 0) / own.length);
      return { evaluator, pairs: own.length, mean: meanOf(own), shrunken: mean + trust * (meanOf(own) - mean) };
    })
    .toSorted((a, b) => a.shrunken - b.shrunken || (a.evaluator < b.evaluator ? -1 : 1));
}

/**
 * How far two scorers of the same things agree: bias, limits of agreement (Bland and Altman 1986), and agreement on critical errors.
 *
 * @param pairs scores in any one unit.
 * @returns differences in that unit. Example: peak flow by two meters (Bland and Altman 1986, 17 subjects) differs by -2.1 l/min, with
 *   limits of agreement some 78 either way.
 */
export function scorerAgreement(pairs: readonly ScoredTwice[]): ScorerAgreement {
  const differences = pairs.map(({ first, second }) => second - first);
  return { pairs: pairs.length, ...spread(differences), critical: criticalOf(pairs), evaluators: evaluatorsOf(pairs) };
}
