import { lowerTriangle, solvedBy } from "../stats/cholesky.ts";
import type { Chance } from "./cause-chance.ts";
import { type CauseRow, type Sum, sumIn } from "./cause-rows.ts";

/** What the rows say of a shift of some of them: how strongly they lean to it, and how much they could know of it. */
export interface Leaning {
  readonly score: number;
  readonly information: number;
}

/** Squared standard errors by which a shift stands out. */
export function strengthOf({ score, information }: Leaning): number {
  return information > 0 ? score ** 2 / information : 0;
}

/** One sum of the rows with what chance does to it. */
interface Observed {
  readonly rows: readonly CauseRow[];
  /** Precision of each row's rate, its agent's level left out. */
  readonly precision: Float64Array;
  /** Variance of the agents' levels. */
  readonly agents: number;
  readonly agentOf: readonly number[];
  readonly agentPrecision: Float64Array;
  readonly queueOf: readonly number[];
  readonly queues: number;
}

function placesOf(names: readonly (string | null)[]): { readonly places: number[]; readonly count: number } {
  const known = new Map<string, number>();
  const places = names.map((name) => {
    if (name === null) return -1;
    const place = known.get(name) ?? known.size;
    known.set(name, place);
    return place;
  });
  return { places, count: known.size };
}

function observed(rows: readonly CauseRow[], { units, agents }: Chance): Observed {
  const precision = Float64Array.from(rows, ({ n }, at) => n / Math.max(Number.MIN_VALUE, units?.[at] ?? 0));
  const people = placesOf(rows.map(({ agent }) => agent));
  const queues = placesOf(rows.map(({ queue }) => queue));
  const agentPrecision = new Float64Array(people.count);
  for (const [at, agent] of people.places.entries())
    if (agent >= 0) agentPrecision[agent] = (agentPrecision[agent] ?? 0) + (precision[at] ?? 0);
  return { rows, precision, agents: agents ?? 0, agentOf: people.places, agentPrecision, queueOf: queues.places, queues: queues.count };
}

/** The vector times the inverse covariance: rows of one agent share its level (Sherman and Morrison 1950). */
function whitened(seen: Observed, vector: Float64Array): Float64Array {
  const sums = new Float64Array(seen.agentPrecision.length);
  for (const [at, agent] of seen.agentOf.entries()) {
    if (agent >= 0) sums[agent] = (sums[agent] ?? 0) + (seen.precision[at] ?? 0) * (vector[at] ?? 0);
  }
  return vector.map((value, at) => {
    const agent = seen.agentOf[at] ?? -1;
    const shared = agent < 0 ? 0 : (seen.agents * (sums[agent] ?? 0)) / (1 + seen.agents * (seen.agentPrecision[agent] ?? 0));
    return (seen.precision[at] ?? 0) * (value - shared);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function byQueue(seen: Observed, vector: Float64Array): Float64Array {
  const sums = new Float64Array(seen.queues);
  for (const [at, queue] of seen.queueOf.entries()) sums[queue] = (sums[queue] ?? 0) + (vector[at] ?? 0);
  return sums;
}

/** The queue's own level by row: what a shift by one hundredth is a hundredth of. */
function queueLevels(rows: readonly CauseRow[], sum: Sum, { queueOf, queues }: Observed): Float64Array {
  const [sums, volumes] = [new Float64Array(queues), new Float64Array(queues)];
  for (const [at, row] of rows.entries()) {
    const queue = queueOf[at] ?? 0;
    sums[queue] = (sums[queue] ?? 0) + sumIn(row, sum);
    volumes[queue] = (volumes[queue] ?? 0) + row.n;
  }
  return Float64Array.from(queueOf, (queue) => (sums[queue] ?? 0) / (volumes[queue] ?? 1));
}

/** How strongly something leans to a shift of the rows that are chosen. */
export type Leanings = (isShifted: (row: CauseRow) => boolean) => Leaning;

/**
 * Tells how strongly one sum of the rows leans to shifts of some of them against the rest, whatever the levels of queues and agents
 * are: the score test of a linear model with an own level of each queue and random levels of agents.
 *
 * @param isRelative whether shifts are shares of the queue's level, as with times, or the same in all queues.
 */
export function leaningsOn(rows: readonly CauseRow[], sum: Sum, { chance, isRelative }: { chance: Chance; isRelative: boolean }): Leanings {
  if (chance.units === null || chance.units.some((unit) => unit <= 0)) return () => ({ score: 0, information: 0 });
  const seen = observed(rows, chance);
  const scales = isRelative ? queueLevels(rows, sum, seen) : new Float64Array(rows.length).fill(1);
  const rates = whitened(
    seen,
    Float64Array.from(rows, (row) => sumIn(row, sum) / row.n),
  );
  const system = Array.from({ length: seen.queues }, (_, queue) =>
    byQueue(
      seen,
      whitened(
        seen,
        Float64Array.from(seen.queueOf, (own) => (own === queue ? 1 : 0)),
      ),
    ),
  );
  // An agent of its own in each queue explains its level as well as the queue does, to the last digits.
  for (const [queue, row] of system.entries()) row[queue] = (row[queue] ?? 0) * (1 + 1e-9);
  const triangle = lowerTriangle(system);
  const solved = (right: Float64Array): Float64Array => solvedBy(triangle, right);
  const levels = solved(byQueue(seen, rates));
  return (isShifted) => {
    const pattern = Float64Array.from(rows, (row, at) => (isShifted(row) ? (scales[at] ?? 0) : 0));
    const white = whitened(seen, pattern);
    const sums = byQueue(seen, white);
    return { score: dot(pattern, rates) - dot(sums, levels), information: dot(pattern, white) - dot(sums, solved(sums)) };
  };
}

/** Several sums together, as if they were independent: a shift of all by the same share. */
export function together(leanings: readonly Leanings[]): Leanings {
  return (isShifted) => {
    const each = leanings.map((leaning) => leaning(isShifted));
    return {
      score: each.reduce((sum, { score }) => sum + score, 0),
      information: each.reduce((sum, { information }) => sum + information, 0),
    };
  };
}
