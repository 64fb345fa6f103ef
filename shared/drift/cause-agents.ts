import { studentTCdf } from "../stats/student-t.ts";
import type { Chance } from "./cause-chance.ts";
import type { CauseRow } from "./cause-rows.ts";
import type { SeriesKind } from "./drift-point.ts";

/** Of cases in which no agent differs from the others, at most this share names any. */
const NAMED_BY_CHANCE = 0.01;
/** Contacts, answers or evaluations of an agent in each window before it may be named at all. */
const FEWEST_OF_AN_AGENT = 30;
/** Of shares also so many expected on either side, below which their errors are not normal. */
const FEWEST_EXPECTED = 5;
/** Colleagues whose changes say how much agents change anyway. */
const FEWEST_COLLEAGUES = 8;

/** One agent who stayed, against the colleagues in the same queues. In the unit of the figure. */
export interface AgentChange {
  readonly agent: string;
  readonly n: number;
  readonly before: number;
  /** The figure after, its change drawn towards that of the colleagues as far as chance may have made it (empirical Bayes). */
  readonly shrunk: number;
  /** Whether it moved apart from its colleagues beyond chance, at 1 in 100 over all agents. */
  readonly isNamed: boolean;
}

interface Sums {
  n: number;
  num: number;
  sample: number;
  /** Variance of `num`. */
  noise: number;
}

interface AgentSums {
  readonly agent: string;
  readonly windows: readonly [Sums, Sums];
  readonly queues: Map<string, readonly [Sums, Sums]>;
}

function emptySums(): [Sums, Sums] {
  return [
    { n: 0, num: 0, sample: 0, noise: 0 },
    { n: 0, num: 0, sample: 0, noise: 0 },
  ];
}

function added(sums: Sums, row: CauseRow, unit: number): void {
  sums.n += row.n;
  sums.num += row.num;
  sums.sample += row.sample ?? row.n;
  sums.noise += row.n * unit;
}

/** Sums of the agents who stayed, and of each queue over them. */
function stayedSums(rows: readonly CauseRow[], units: Float64Array): { agents: AgentSums[]; queues: Map<string, readonly [Sums, Sums]> } {
  const agents = new Map<string, AgentSums>();
  const queues = new Map<string, readonly [Sums, Sums]>();
  for (const [at, row] of rows.entries()) {
    if (row.agent === null || row.cohort !== "stayers") continue;
    const own = agents.get(row.agent) ?? { agent: row.agent, windows: emptySums(), queues: new Map() };
    const [inQueue, all] = [own.queues.get(row.queue) ?? emptySums(), queues.get(row.queue) ?? emptySums()];
    agents.set(row.agent, own);
    own.queues.set(row.queue, inQueue);
    queues.set(row.queue, all);
    for (const sums of [own.windows, inQueue, all]) added(sums[row.window], row, units[at] ?? 0);
  }
  return { agents: [...agents.values()].toSorted((a, b) => (a.agent < b.agent ? -1 : 1)), queues };
}

interface Apart {
  readonly own: AgentSums;
  /** How much further it moved than its colleagues, in the queues that both had in both windows, and the variance of that. */
  readonly apart: number;
  readonly variance: number;
  /** How far the colleagues moved. */
  readonly others: number;
}

function rateOf({ num, n }: Sums): number {
  return num / n;
}

function less(all: Sums, own: Sums): Sums {
  return { n: all.n - own.n, num: all.num - own.num, sample: all.sample - own.sample, noise: all.noise - own.noise };
}

function apartFrom(own: AgentSums, queues: ReadonlyMap<string, readonly [Sums, Sums]>): Apart | null {
  let [apart, others, variance, weights] = [0, 0, 0, 0];
  for (const [queue, [was, is]] of own.queues) {
    const all = queues.get(queue);
    if (all === undefined || was.n === 0 || is.n === 0) continue;
    const [wasOthers, isOthers] = [less(all[0], was), less(all[1], is)];
    if (wasOthers.n <= 0 || isOthers.n <= 0) continue;
    const weight = 1 / (1 / was.n + 1 / is.n);
    const moved = rateOf(isOthers) - rateOf(wasOthers);
    apart += weight * (rateOf(is) - rateOf(was) - moved);
    others += weight * moved;
    variance += weight ** 2 * [was, is, wasOthers, isOthers].reduce((sum, { noise, n }) => sum + noise / n ** 2, 0);
    weights += weight;
  }
  return weights === 0 ? null : { own, apart: apart / weights, others: others / weights, variance: variance / weights ** 2 };
}

/** Enough to say anything of one person: enough contacts in both windows and, of shares, enough expected on either side. */
function isEnough({ windows }: AgentSums, kind: SeriesKind, rate: number): boolean {
  const rarer = kind === "share" ? Math.min(rate, 1 - rate) : kind === "rate" ? rate : 1;
  return windows.every(
    ({ sample, n }) => sample >= FEWEST_OF_AN_AGENT && (kind === "mean" || kind === "log-mean" || n * rarer >= FEWEST_EXPECTED),
  );
}

/** By how much agents' changes truly differ, by moments: what they scatter by beyond single contacts. */
function trueSpread(changes: readonly Apart[], factor: number): number {
  const excess = changes.reduce((sum, { apart, variance }) => sum + apart ** 2 - variance / factor, 0);
  return Math.max(0, excess / Math.max(1, changes.length));
}

/**
 * Agents who stayed and of whom enough is known, each against its colleagues in the same queues.
 *
 * @returns the agents with at least 30 contacts, answers or evaluations in each window (of shares at least 5 expected on either
 *   side), by pseudonym; none among fewer than 8 such colleagues.
 */
export function agentChanges(rows: readonly CauseRow[], chance: Chance, kind: SeriesKind): AgentChange[] {
  if (chance.units === null || chance.factor === null || chance.freedoms < FEWEST_COLLEAGUES) return [];
  const { freedoms, factor } = chance;
  const { agents, queues } = stayedSums(rows, chance.units);
  const [num, n] = [...queues.values()].flat().reduce(([nums, ns], sums) => [nums + sums.num, ns + sums.n], [0, 0]);
  const changes = agents.flatMap((own) => (isEnough(own, kind, num / n) ? (apartFrom(own, queues) ?? []) : []));
  if (changes.length < FEWEST_COLLEAGUES) return [];
  const spread = trueSpread(changes, Math.max(1, factor));
  return changes.map(({ own, apart, others, variance }) => {
    const [before, after] = own.windows;
    const tail = 2 * studentTCdf(-Math.abs(apart) / Math.sqrt(variance), freedoms);
    const kept = spread / (spread + variance / Math.max(1, factor));
    return {
      agent: own.agent,
      n: after.sample,
      before: rateOf(before),
      shrunk: rateOf(before) + others + kept * apart,
      isNamed: variance > 0 && tail * changes.length <= NAMED_BY_CHANCE,
    };
  });
}
