import type { CauseQuestion } from "./cause-cell.ts";
import { type Chance, chanceOf, errorOf } from "./cause-chance.ts";
import { type Leanings, leaningsOn, strengthOf, together } from "./cause-evidence.ts";
import { type Form, groupRows } from "./cause-groups.ts";
import { type CauseRow, type Sum, sumIn } from "./cause-rows.ts";
import { bandView, cohortView, handleView, hasHandleParts, queueView, rateForm, type View, type ViewPart } from "./cause-views.ts";

/** A part with its amount in the unit of the figure, and with what chance alone makes of it. */
export interface WeighedPart extends ViewPart {
  readonly amount: number;
  /** Standard error; `null` where too little is known to tell. */
  readonly error: number | null;
  /** Squared standard errors by which it would explain, alone, all that is not mix; 0 for mix. */
  readonly strength: number;
  /** The same for all parts of handle time at once, to be held against one part of it; `strength` where they are not known. */
  readonly strengthInParts: number;
}

export interface WeighedView {
  readonly by: View["by"];
  readonly parts: readonly WeighedPart[];
}

/** Parts below so many standard errors are not told from noise. */
export const NOISE_ERRORS = 2;

export function isProven({ amount, error }: { readonly amount: number; readonly error: number | null }): boolean {
  return error !== null && Math.abs(amount) > 0 && Math.abs(amount) >= NOISE_ERRORS * error;
}

/** The share of each group in the volume of both windows and its rate over both. */
function pooled(rows: readonly CauseRow[], by: { readonly band?: true }): { readonly rates: number[]; readonly mean: number } {
  const { groups, groupOf } = groupRows(rows, by);
  const sums = groups.map(() => 0);
  for (const [at, row] of rows.entries()) sums[groupOf[at] ?? 0] = (sums[groupOf[at] ?? 0] ?? 0) + row.num;
  const rates = groups.map(({ n }, at) => (sums[at] ?? 0) / (n[0] + n[1]));
  const volume = groups.reduce((sum, { n }) => sum + n[0] + n[1], 0);
  return { rates: groupOf.map((group) => rates[group] ?? 0), mean: sums.reduce((sum, value) => sum + value, 0) / volume };
}

/** Shares of the volume differ from window to window by chance, too: as many contacts drawn anew, from agents drawn anew. */
function volumeVariance(rows: readonly CauseRow[], by: { readonly band?: true }): number {
  const { rates, mean } = pooled(rows, by);
  const volumes = [0, 0];
  for (const { window, n } of rows) volumes[window] = (volumes[window] ?? 0) + n;
  const moves = rows.map(({ window, n }, at) => ((window === 0 ? -1 : 1) * n * ((rates[at] ?? 0) - mean)) / (volumes[window] ?? 1));
  const whole = moves.reduce((sum, move) => sum + move, 0);
  const single = moves.reduce((sum, move, at) => sum + move ** 2 / (rows[at]?.sample ?? rows[at]?.n ?? 1), 0);
  const agents = new Map<string, number>();
  for (const [at, { agent, n }] of rows.entries()) {
    if (agent === null) continue;
    const even = (whole * n) / ((volumes[0] ?? 0) + (volumes[1] ?? 0));
    agents.set(agent, (agents.get(agent) ?? 0) + (moves[at] ?? 0) - even);
  }
  return Math.max(
    single,
    [...agents.values()].reduce((sum, move) => sum + move ** 2, 0),
  );
}

/** Which rows a part says have shifted. */
function shiftOf({ kind, subject }: ViewPart): ((row: CauseRow) => boolean) | null {
  if (kind === "mix") return null;
  switch (subject.of) {
    case "queue":
      return ({ window, queue }) => window === 1 && queue === subject.queue;
    case "band":
      return ({ window, band }) => window === 1 && band === subject.band;
    case "cohort":
      return ({ window, cohort }) => cohort === subject.cohort && window === (cohort === "leavers" ? 0 : 1);
    default:
      return ({ window }) => window === 1;
  }
}

/** What chance does to each sum, and what each sum leans to; worked out once. */
interface Scales {
  readonly chance: (sum: Sum) => Chance;
  readonly leanings: (part: ViewPart) => Leanings;
  readonly inParts: (part: ViewPart) => Leanings;
}

function weighed(rows: readonly CauseRow[], part: ViewPart, scales: Scales): WeighedPart {
  const amount = rows.reduce((sum, row, at) => sum + (part.form[at] ?? 0) * sumIn(row, part.sum), 0);
  const own = errorOf(rows, part.form, scales.chance(part.sum));
  const shift = shiftOf(part);
  if (own === null) return { ...part, amount, error: null, strength: 0, strengthInParts: 0 };
  if (shift !== null) {
    const [strength, strengthInParts] = [scales.leanings(part), scales.inParts(part)].map((leanings) => strengthOf(leanings(shift)));
    return { ...part, amount, error: own, strength: strength ?? 0, strengthInParts: strengthInParts ?? 0 };
  }
  const byVolume = volumeVariance(rows, part.subject.of === "tenure-mix" ? { band: true } : {});
  return { ...part, amount, error: withVolume(own, byVolume), strength: 0, strengthInParts: 0 };
}

function withVolume(error: number | null, variance: number): number | null {
  return error === null ? null : Math.sqrt(error ** 2 + variance);
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

const HANDLE_SUMS = ["talk", "hold", "wrap"] as const;

function scalesOf(rows: readonly CauseRow[], { kind, dispersion = 1 }: CauseQuestion): Scales {
  // A part of handle time is a length even where the whole is scored otherwise.
  const chance = remembered((sum: Sum) =>
    chanceOf(rows, sum, { kind: sum === "num" ? kind : "mean", dispersion: Math.max(1, dispersion) }),
  );
  const isRelative = kind === "mean" || kind === "log-mean";
  const leaning = remembered((sum: Sum) => leaningsOn(rows, sum, { chance: chance(sum), isRelative }));
  const hasParts = rows.every(hasHandleParts) && HANDLE_SUMS.every((sum) => chance(sum).units !== null);
  const whole = hasParts ? together(HANDLE_SUMS.map(leaning)) : leaning("num");
  return {
    chance,
    leanings: ({ sum }) => leaning(sum),
    inParts: ({ sum }) => (sum === "num" ? whole : leaning(sum)),
  };
}

/** The whole change as one form: the figure after less the figure before. */
function changeForm(rows: readonly CauseRow[]): Form {
  const volumes = [0, 0];
  for (const { window, n } of rows) volumes[window] = (volumes[window] ?? 0) + n;
  return Float64Array.from(rows, ({ window }) => (window === 0 ? -1 : 1) / (volumes[window] ?? 1));
}

export interface WeighedChange {
  readonly views: readonly WeighedView[];
  /** Standard error of the whole change; `null` where it cannot be told. */
  readonly error: number | null;
  /** Standard error of what is not mix; `null` where it cannot be told. */
  readonly rateError: number | null;
  /** What chance does to the figure itself. */
  readonly chance: Chance;
}

/** All ways of splitting that the rows allow, the plainest first, with amounts and errors. */
export function weighChange(rows: readonly CauseRow[], question: CauseQuestion): WeighedChange {
  const scales = scalesOf(rows, question);
  const queues = new Set(rows.map(({ queue }) => queue)).size;
  const views = [cohortView(rows), queues > 1 ? queueView(rows) : null, handleView(rows), bandView(rows)];
  return {
    views: views.flatMap((view) => (view === null ? [] : [{ by: view.by, parts: view.parts.map((part) => weighed(rows, part, scales)) }])),
    error: withVolume(errorOf(rows, changeForm(rows), scales.chance("num")), volumeVariance(rows, {})),
    rateError: errorOf(rows, rateForm(rows).rate, scales.chance("num")),
    chance: scales.chance("num"),
  };
}
