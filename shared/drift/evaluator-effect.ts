import { lowerTriangle, solvedBy } from "../stats/cholesky.ts";
import { studentTCdf, studentTQuantile } from "../stats/student-t.ts";

/** What one evaluator gave one agent in one window: 0 before, 1 after. */
export interface EvaluatedCell {
  readonly window: 0 | 1;
  /** Whose work was scored: the agent, or the queue where agents are not told apart. */
  readonly subject: string;
  readonly evaluator: string;
  /** Points possible, >= 0, and points given. */
  readonly n: number;
  readonly num: number;
  readonly sample: number;
}

/** What of a change comes from those who score. Amounts in the unit of the figure. */
export interface EvaluatorEffect {
  /** The one whose own scoring has moved; `null` where only who scores how much has. */
  readonly evaluator: string | null;
  /** How much less or more that one now gives for the same work, against the others; 0 without one. */
  readonly shift: number;
  readonly amount: number;
  readonly error: number;
  readonly change: number;
  /** P(an amount so many standard errors from 0) by chance, over all evaluators that were looked at. */
  readonly chance: number;
}

/** Evaluations of an evaluator in each window before its own shift is looked at. */
const FEWEST = 10;
const LEAST_ERRORS = 2;
/** Beyond chance at this level over all evaluators together. */
const BY_CHANCE = 0.05;
/** A column that adds less than this share of itself is told by others already. */
const ALIASED = 1e-9;

interface Volumes {
  /** Per window: volume, and the volume of each evaluator. */
  readonly all: readonly [number, number];
  readonly of: ReadonlyMap<string, readonly [number, number]>;
}

function volumesOf(cells: readonly EvaluatedCell[], of: (cell: EvaluatedCell) => number): Volumes {
  const each = new Map<string, [number, number]>();
  const all: [number, number] = [0, 0];
  for (const cell of cells) {
    const own = each.get(cell.evaluator) ?? [0, 0];
    own[cell.window] += of(cell);
    all[cell.window] += of(cell);
    each.set(cell.evaluator, own);
  }
  return { all, of: each };
}

/** Evaluators who can be compared: linked to the one with the largest volume by work that more than one of them scored in one window. */
function comparable(cells: readonly EvaluatedCell[], first: string): Set<string> {
  const groups = Map.groupBy(cells, ({ window, subject }) => `${window} ${subject}`);
  const known = new Set([first]);
  for (let before = 0; before < known.size;) {
    before = known.size;
    for (const group of groups.values())
      if (group.some(({ evaluator }) => known.has(evaluator))) for (const { evaluator } of group) known.add(evaluator);
  }
  return known;
}

type Column = (cell: EvaluatedCell) => number;

/** Values less the mean of what was scored of the same work in the same window: what the team did is out of them. */
function within(cells: readonly EvaluatedCell[], of: Column): Float64Array {
  const sums = new Map<string, { n: number; sum: number }>();
  for (const cell of cells) {
    const name = `${cell.window} ${cell.subject}`;
    const own = sums.get(name) ?? { n: 0, sum: 0 };
    own.n += cell.n;
    own.sum += cell.n * of(cell);
    sums.set(name, own);
  }
  return Float64Array.from(cells, (cell) => {
    const { n, sum } = sums.get(`${cell.window} ${cell.subject}`) ?? { n: 1, sum: 0 };
    return of(cell) - sum / n;
  });
}

interface Fitted {
  readonly coefficients: Float64Array;
  /** Variance of a linear form of them. */
  readonly variance: (form: Float64Array) => number;
  readonly free: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** Weighted least squares of figures on columns, both within the same work. */
function fit(cells: readonly EvaluatedCell[], columns: readonly Column[]): Fitted | null {
  const weights = Float64Array.from(cells, ({ n }) => n);
  const design = columns.map((column) => within(cells, column));
  const figures = within(cells, ({ num, n }) => num / n);
  const weighted = design.map((column) => column.map((value, at) => value * (weights[at] ?? 0)));
  const normal = weighted.map((column) => Float64Array.from(design, (other) => dot(column, other)));
  const groups = new Set(cells.map(({ window, subject }) => `${window} ${subject}`)).size;
  const free = cells.length - groups - columns.length;
  const lower = normal.every((row, at) => (row[at] ?? 0) > 0) && free > 0 ? triangleOf(normal) : null;
  if (lower === null) return null;
  const coefficients = solvedBy(
    lower,
    Float64Array.from(weighted, (column) => dot(column, figures)),
  );
  let rest = 0;
  for (const [at, figure] of figures.entries()) {
    const said = design.reduce((sum, column, i) => sum + (column[at] ?? 0) * (coefficients[i] ?? 0), 0);
    rest += (weights[at] ?? 0) * (figure - said) ** 2;
  }
  return { coefficients, free, variance: (form) => (rest / free) * dot(form, solvedBy(lower, form)) };
}

function triangleOf(normal: readonly Float64Array[]): Float64Array[] | null {
  // A little on the diagonal keeps what is told twice from being no number; it is seen by its pivot.
  const lower = lowerTriangle(normal.map((row, at) => row.map((value, i) => (i === at ? value * (1 + ALIASED / 10) : value))));
  return lower.every((row, at) => (row[at] ?? 0) ** 2 > ALIASED * (normal[at]?.[at] ?? 0)) ? lower : null;
}

interface Asked {
  readonly cells: readonly EvaluatedCell[];
  readonly names: readonly string[];
  readonly share: (name: string, window: 0 | 1) => number;
  readonly change: number;
  readonly candidates: number;
  /** Evaluations in each window. */
  readonly samples: readonly [number, number];
}

/** Who scores how much differs from window to window by chance, too: as many evaluations drawn anew. */
function volumeVariance({ names, share, samples }: Asked, levels: Float64Array): number {
  const spread = ([0, 1] as const).map((window) => {
    const known = names.reduce((sum, name) => sum + share(name, window), 0);
    const mean = (of: (level: number) => number) =>
      names.reduce((sum, name, at) => sum + share(name, window) * of(at === 0 ? 0 : (levels[at - 1] ?? 0)), 0) / known;
    return (known * known * (mean((level) => level * level) - mean((level) => level) ** 2)) / samples[window];
  });
  return spread.reduce((sum, value) => sum + value, 0);
}

/** The effect where one evaluator's own scoring has moved, or of who scores how much alone (`null`). */
function effectOf(asked: Asked, evaluator: string | null): EvaluatorEffect | null {
  const { cells, names, share, change, candidates } = asked;
  const [, ...others] = names;
  const columns = others.map(
    (name): Column =>
      (cell) =>
        cell.evaluator === name ? 1 : 0,
  );
  const form = others.map((name) => share(name, 1) - share(name, 0));
  if (evaluator !== null) {
    columns.push((cell) => (cell.window === 1 && cell.evaluator === evaluator ? 1 : 0));
    form.push(share(evaluator, 1));
  }
  const fitted = fit(cells, columns);
  if (fitted === null) return null;
  const { coefficients, variance, free } = fitted;
  const own = Float64Array.from(columns, (_, at) => (evaluator !== null && at === columns.length - 1 ? 1 : 0));
  const amount = dot(Float64Array.from(form), coefficients);
  const error = Math.sqrt(variance(Float64Array.from(form)) + volumeVariance(asked, coefficients));
  const shift = dot(own, coefficients);
  const moved = evaluator === null ? Infinity : Math.abs(shift) / Math.sqrt(variance(own));
  const tested = Math.min(Math.abs(amount) / error, moved);
  if (!(tested >= Math.max(LEAST_ERRORS, studentTQuantile(1 - BY_CHANCE / 2 / candidates, free)))) return null;
  return { evaluator, shift, amount, error, change, chance: Math.min(1, 2 * candidates * studentTCdf(-tested, free)) };
}

/**
 * Whether those who score explain a change of a score, rather than those who are scored: evaluators are compared on the same agents in
 * the same weeks, by weighted least squares with a level for each agent in each window. Either one of them now scores otherwise than
 * before against the others, or stricter ones score a larger share. That all of them moved together cannot be told from the team.
 *
 * @returns the strongest explanation that has the sign of the change, is larger than what it leaves, at least 2 standard errors, and
 *   beyond 1 in 20 by chance over all evaluators; `null` without any, and for fewer than two evaluators who scored the same work.
 */
export function evaluatorEffect(all: readonly EvaluatedCell[]): EvaluatorEffect | null {
  const filled = all.filter(({ n }) => n > 0);
  const { all: volume, of } = volumesOf(filled, ({ n }) => n);
  const [first] = [...of].toSorted(([, a], [, b]) => b[0] + b[1] - (a[0] + a[1]))[0] ?? [];
  if (first === undefined || volume[0] === 0 || volume[1] === 0) return null;
  const known = comparable(filled, first);
  if (known.size < 2) return null;
  const samples = volumesOf(filled, ({ sample }) => sample);
  const movers = [...known].filter((name) => samples.of.get(name)?.every((count) => count >= FEWEST) === true);
  const figure = (window: 0 | 1) => filled.reduce((sum, cell) => sum + (cell.window === window ? cell.num : 0), 0) / volume[window];
  const asked: Asked = {
    cells: filled.filter(({ evaluator }) => known.has(evaluator)),
    names: [...known],
    share: (name, window) => (of.get(name)?.[window] ?? 0) / volume[window],
    change: figure(1) - figure(0),
    candidates: movers.length + 1,
    samples: samples.all,
  };
  const found = [null, ...movers].flatMap((evaluator) => effectOf(asked, evaluator) ?? []);
  const leading = found.filter(({ amount, change }) => amount * change > 0 && Math.abs(amount) > Math.abs(change - amount));
  return leading.toSorted((a, b) => a.chance - b.chance)[0] ?? null;
}
