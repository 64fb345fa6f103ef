import type { Form } from "./cause-groups.ts";
import { type CauseRow, type Sum, sumIn } from "./cause-rows.ts";
import type { SeriesKind } from "./drift-point.ts";

/** How many independent differences it takes before a spread is believed. */
const FEWEST_FREEDOMS = 5;

interface Spread {
  readonly queue: string;
  readonly window: 0 | 1;
  readonly rate: number;
  /** Variance of what one unit below the line adds above it; only a scale where `isKnown` is false. */
  readonly unit: number;
  readonly isKnown: boolean;
}

interface Total {
  n: number;
  sum: number;
  sample: number;
  squares: number | null;
}

function totalOf(rows: readonly CauseRow[], sum: Sum): Total {
  const total: Total = { n: 0, sum: 0, sample: 0, squares: 0 };
  for (const row of rows) {
    total.n += row.n;
    total.sum += sumIn(row, sum);
    total.sample += row.sample ?? row.n;
    total.squares = total.squares === null || row.squares === undefined || sum !== "num" ? null : total.squares + row.squares;
  }
  return total;
}

/** Shares by their own rate (half a case added on either side, so that none is no proof), few events by Poisson, others by squares. */
function unitVariance({ n, sum, sample, squares }: Total, kind: SeriesKind): { readonly unit: number; readonly isKnown: boolean } {
  if (kind === "share") {
    const rate = Math.min(1, Math.max(0, (sum + 0.5) / (n + 1)));
    return { unit: rate * (1 - rate), isKnown: true };
  }
  if (kind === "rate") return { unit: (sum + 0.5) / n, isKnown: true };
  if (squares !== null && sample > 1) {
    const ofOne = Math.max(0, squares - (sum * sum) / sample) / (sample - 1);
    return { unit: (ofOne * sample) / n, isKnown: true };
  }
  return { unit: (sum / n) ** 2, isKnown: false };
}

function gather<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[][] {
  const lists = new Map<string, Item[]>();
  for (const item of items) {
    const list = lists.get(nameOf(item));
    if (list === undefined) lists.set(nameOf(item), [item]);
    else list.push(item);
  }
  return [...lists.keys()].toSorted().flatMap((name) => [lists.get(name) ?? []]);
}

function spreadsOf(rows: readonly CauseRow[], sum: Sum, kind: SeriesKind): Map<string, Spread> {
  const spreads = new Map<string, Spread>();
  for (const [row, ...others] of gather(rows, spreadName)) {
    if (row === undefined) continue;
    const total = totalOf([row, ...others], sum);
    spreads.set(spreadName(row), { queue: row.queue, window: row.window, rate: total.sum / total.n, ...unitVariance(total, kind) });
  }
  const largest = Math.max(0, ...[...spreads.values()].map(({ unit }) => unit));
  // What never varies, as hold time where nobody is put on hold, needs some scale to be divided by.
  const floor = largest === 0 ? 1 : 1e-12 * largest;
  for (const [name, spread] of spreads) spreads.set(name, { ...spread, unit: Math.max(floor, spread.unit) });
  return spreads;
}

function spreadName({ queue, window }: CauseRow): string {
  return JSON.stringify([queue, window]);
}

/** A figure with the variance that chance gives it. */
interface Noisy {
  readonly value: number;
  readonly variance: number;
}

/** Squared distances from their weighted mean, in variances, and how many are independent. */
function scatter(figures: readonly Noisy[]): { readonly squares: number; readonly freedoms: number } {
  const weight = figures.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const mean = figures.reduce((sum, { value, variance }) => sum + value / variance, 0) / weight;
  return {
    squares: figures.reduce((sum, { value, variance }) => sum + (value - mean) ** 2 / variance, 0),
    freedoms: Math.max(0, figures.length - 1),
  };
}

interface Scale {
  readonly rows: readonly CauseRow[];
  readonly sum: Sum;
  readonly spreads: ReadonlyMap<string, Spread>;
}

function noisyRate({ rows, sum, spreads }: Scale): Noisy {
  const total = totalOf(rows, sum);
  const unit = rows[0] === undefined ? 0 : (spreads.get(spreadName(rows[0]))?.unit ?? 0);
  return { value: total.sum / total.n, variance: unit / total.n };
}

/** Changes of the agents who stayed, per queue: each agent's own level falls out. */
function changesByQueue({ rows, sum, spreads }: Scale): Noisy[][] {
  const known = rows.filter(({ agent, cohort }) => agent !== null && cohort === "stayers");
  return gather(known, ({ queue }) => queue).map((inQueue) =>
    gather(inQueue, ({ agent }) => agent ?? "").flatMap((own) => {
      const [before, after] = ([0, 1] as const).map((window) => own.filter((row) => row.window === window));
      if (before === undefined || after === undefined || before.length === 0 || after.length === 0) return [];
      const [was, is] = [noisyRate({ rows: before, sum, spreads }), noisyRate({ rows: after, sum, spreads })];
      return [{ value: is.value - was.value, variance: was.variance + is.variance }];
    }),
  );
}

/** Cells without an agent (intervals, days) against the figure of their queue. */
function namelessCells(scale: Scale): Noisy[][] {
  return gather(
    scale.rows.filter(({ agent }) => agent === null),
    spreadName,
  ).map((cells) => cells.map((cell) => noisyRate({ ...scale, rows: [cell] })));
}

/** How much wider figures scatter than their units alone make them: 1 = not at all. `null`: unknown, because too little was seen. */
function widening(scale: Scale, dispersion: number): { readonly factor: number | null; readonly freedoms: number } {
  const scatters = [...changesByQueue(scale), ...namelessCells(scale)].filter((list) => list.length > 1).map(scatter);
  const freedoms = scatters.reduce((sum, seen) => sum + seen.freedoms, 0);
  const seen = freedoms < FEWEST_FREEDOMS ? null : scatters.reduce((sum, { squares }) => sum + squares, 0) / freedoms;
  if (![...scale.spreads.values()].every(({ isKnown }) => isKnown)) return { factor: seen, freedoms };
  return { factor: Math.max(1, dispersion ** 2, seen ?? 1), freedoms };
}

/**
 * Variance of the agents' own levels, by moments (DerSimonian and Laird 1986): what their rates scatter by beyond chance.
 *
 * @returns `null` where there are too few agents to tell.
 */
function betweenAgents(scale: Scale, factor: number): number | null {
  const known = scale.rows.filter(({ agent }) => agent !== null);
  if (known.length === 0) return 0;
  let [excess, weights, freedoms] = [0, 0, 0];
  for (const peers of gather(known, (row) => JSON.stringify([row.queue, row.window, row.cohort]))) {
    const rates = gather(peers, ({ agent }) => agent ?? "").map((own) => {
      const { value, variance } = noisyRate({ ...scale, rows: own });
      return { value, variance: variance * factor };
    });
    if (rates.length < 2) continue;
    const { squares, freedoms: own } = scatter(rates);
    const sum = rates.reduce((total, { variance }) => total + 1 / variance, 0);
    excess += squares - own;
    weights += sum - rates.reduce((total, { variance }) => total + 1 / variance ** 2, 0) / sum;
    freedoms += own;
  }
  return freedoms < FEWEST_FREEDOMS ? null : Math.max(0, excess / weights);
}

/** What chance does to sums of rates, estimated once for all forms over one sum. */
export interface Chance {
  /** Variance of what one unit adds, by row, widening included; `null` where it cannot be told. */
  readonly units: Float64Array | null;
  /** Variance of the agents' own levels; `null` where it cannot be told. */
  readonly agents: number | null;
  /** How much wider agents and days scatter than single contacts make them; 1 = not at all, `null` where it cannot be told. */
  readonly factor: number | null;
  /** Independent differences that the factor rests on. */
  readonly freedoms: number;
}

/**
 * Estimates what chance does: single contacts, agents who have their own levels, and days or agents that scatter more than contacts.
 *
 * @param dispersion Laney's sigma-z of the baseline, at least 1.
 */
export function chanceOf(rows: readonly CauseRow[], sum: Sum, { kind, dispersion }: { kind: SeriesKind; dispersion: number }): Chance {
  const spreads = spreadsOf(rows, sum, kind);
  const scale = { rows, sum, spreads };
  const { factor, freedoms } = widening(scale, dispersion);
  if (factor === null) return { units: null, agents: null, factor, freedoms };
  return {
    units: Float64Array.from(rows, (row) => factor * (spreads.get(spreadName(row))?.unit ?? 0)),
    agents: betweenAgents(scale, factor),
    factor,
    freedoms,
  };
}

/** Standard error of a form; an agent's own level falls out as far as the form weighs it alike before and after. */
export function errorOf(rows: readonly CauseRow[], form: Form, { units, agents }: Chance): number | null {
  if (units === null) return null;
  const levels = new Map<string, number>();
  let variance = 0;
  for (const [at, { agent, n }] of rows.entries()) {
    const weight = form[at] ?? 0;
    variance += weight * weight * n * (units[at] ?? 0);
    if (agent !== null) levels.set(agent, (levels.get(agent) ?? 0) + weight * n);
  }
  const level = [...levels.values()].reduce((sum, weight) => sum + weight * weight, 0);
  if (agents === null) return level > 0 ? null : Math.sqrt(variance);
  return Math.sqrt(variance + level * agents);
}
