import type { CausePart } from "./drift-view.ts";
import { type CauseGroup, type Form, formsOf, groupRows, type Grouping, type Rates } from "./cause-groups.ts";
import { kitagawa } from "./cause-kitagawa.ts";
import { type CauseRow, type Cohort, type Sum, TENURE_BANDS } from "./cause-rows.ts";
import { shapley } from "./cause-shapley.ts";
import { turnover } from "./cause-turnover.ts";

/** What a part of a view speaks of, for its words and its closer look. */
export type PartSubject =
  | { readonly of: "queue-mix" | "tenure-mix" | "all" }
  | { readonly of: "queue"; readonly queue: string }
  | { readonly of: "band"; readonly band: number | null }
  | { readonly of: "cohort"; readonly cohort: Cohort }
  | { readonly of: "handle"; readonly sum: Sum };

/** One part of one way of splitting the change: its amount is the form over the sums of the rows. */
export interface ViewPart {
  readonly kind: Exclude<CausePart["kind"], "noise">;
  readonly subject: PartSubject;
  readonly sum: Sum;
  readonly form: Form;
}

/** One way of splitting the change. The amounts of its parts sum to the change exactly. */
export interface View {
  readonly by: "queue" | "cohort" | "handle" | "band";
  readonly parts: readonly ViewPart[];
}

function totals(groups: readonly CauseGroup[]): readonly [number, number] {
  return [groups.reduce((sum, { n }) => sum + n[0], 0), groups.reduce((sum, { n }) => sum + n[1], 0)];
}

function sharesOf(groups: readonly CauseGroup[]): [number, number][] {
  const [before, after] = totals(groups);
  return groups.map(({ n }) => [before > 0 ? n[0] / before : 0, after > 0 ? n[1] / after : 0]);
}

function queueEffects(groups: readonly CauseGroup[], rates: Rates): number[] {
  const shares = sharesOf(groups);
  const effects = kitagawa(groups.map((_, at) => ({ share: shares[at] ?? [0, 0], rate: rates[at] ?? [0, 0] })));
  return [effects.reduce((sum, { mix }) => sum + mix, 0), ...effects.map(({ rate }) => rate)];
}

/** Mix of queues, and what each queue changed by itself. */
export function queueView(rows: readonly CauseRow[]): View {
  const grouping = groupRows(rows, {});
  const [mix, ...forms] = formsOf(rows, grouping, (rates) => queueEffects(grouping.groups, rates));
  const parts = forms.map((form, at): ViewPart => {
    return { kind: "rate", subject: { of: "queue", queue: grouping.groups[at]?.queue ?? "" }, sum: "num", form };
  });
  return { by: "queue", parts: [...mixPart(mix), ...parts] };
}

function mixPart(form: Form | undefined): ViewPart[] {
  return form === undefined ? [] : [{ kind: "mix", subject: { of: "queue-mix" }, sum: "num", form }];
}

/** All that is not mix in one form, for figures without agents and for the parts of handle time. */
export function rateForm(rows: readonly CauseRow[]): { readonly mix: Form | undefined; readonly rate: Form } {
  const [mix, ...forms] = queueView(rows).parts.map(({ form }) => form);
  return { mix, rate: Float64Array.from(rows, (_, at) => forms.reduce((sum, form) => sum + (form[at] ?? 0), 0)) };
}

interface QueueGroups {
  readonly n: [number, number];
  readonly cohorts: Map<Cohort | null, number>;
}

function byQueue(groups: readonly CauseGroup[]): QueueGroups[] {
  const queues = new Map<string, QueueGroups>();
  for (const [at, { queue, cohort, n }] of groups.entries()) {
    const known = queues.get(queue) ?? { n: [0, 0], cohorts: new Map() };
    known.n[0] += n[0];
    known.n[1] += n[1];
    known.cohorts.set(cohort, at);
    queues.set(queue, known);
  }
  return [...queues.values()];
}

function cohortEffects(groups: readonly CauseGroup[], rates: Rates): number[] {
  const [before, after] = totals(groups);
  const effects = [0, 0, 0];
  let mix = 0;
  const queues = byQueue(groups);
  const handledBy = ({ cohorts }: QueueGroups, cohort: Cohort, window: 0 | 1) => {
    const at = cohorts.get(cohort) ?? -1;
    return { n: groups[at]?.n[window] ?? 0, rate: rates[at]?.[window] ?? 0 };
  };
  const segments = queues.map((queue) => {
    const rateOf = (window: 0 | 1, gone: Cohort): number => {
      const [some, others] = [handledBy(queue, "stayers", window), handledBy(queue, gone, window)];
      return some.n + others.n > 0 ? (some.n * some.rate + others.n * others.rate) / (some.n + others.n) : 0;
    };
    const share: [number, number] = [before > 0 ? queue.n[0] / before : 0, after > 0 ? queue.n[1] / after : 0];
    return { share, rate: [rateOf(0, "leavers"), rateOf(1, "entrants")] as const };
  });
  for (const [at, { mix: moved }] of kitagawa(segments).entries()) {
    mix += moved;
    const [queue, segment] = [queues[at], segments[at]];
    // A queue of one window only is all mix.
    if (queue === undefined || segment === undefined || segment.share[0] === 0 || segment.share[1] === 0) continue;
    const parts = turnover({
      stayers: [handledBy(queue, "stayers", 0), handledBy(queue, "stayers", 1)],
      entrants: handledBy(queue, "entrants", 1),
      leavers: handledBy(queue, "leavers", 0),
    });
    const weight = (segment.share[0] + segment.share[1]) / 2;
    for (const [i, effect] of [parts.stayers, parts.entrants, parts.leavers].entries()) effects[i] = (effects[i] ?? 0) + weight * effect;
  }
  return [mix, ...effects];
}

/** Mix of queues, then inside the queues who stayed, who came and who went. Nobody known by name: what is not mix is one part. */
export function cohortView(rows: readonly CauseRow[]): View {
  if (rows.every(({ agent }) => agent === null)) {
    const { mix, rate } = rateForm(rows);
    return { by: "cohort", parts: [...mixPart(mix), { kind: "rate", subject: { of: "all" }, sum: "num", form: rate }] };
  }
  const grouping = groupRows(rows, { cohort: true });
  const [mix, ...forms] = formsOf(rows, grouping, (rates) => cohortEffects(grouping.groups, rates));
  const cohorts = ["stayers", "entrants", "leavers"] as const;
  const parts = forms.flatMap((form, at): ViewPart[] => {
    const cohort = cohorts[at];
    return cohort === undefined ? [] : [{ kind: cohort, subject: { of: "cohort", cohort }, sum: "num", form }];
  });
  return { by: "cohort", parts: [...mixPart(mix), ...parts] };
}

/** Whether a cell knows what its handle time is the sum of. */
export function hasHandleParts({ num, parts }: CauseRow): boolean {
  return parts !== undefined && Math.abs(parts.talk + parts.hold + parts.wrap - num) <= 1e-9 * Math.abs(num);
}

/** Mix of queues, then talk, hold and wrap-up inside them; none where cells do not know these. */
export function handleView(rows: readonly CauseRow[]): View | null {
  if (rows.length === 0 || !rows.every(hasHandleParts)) return null;
  const { mix, rate } = rateForm(rows);
  const parts = (["talk", "hold", "wrap"] as const).map((sum): ViewPart => {
    return { kind: sum, subject: { of: "handle", sum }, sum, form: rate };
  });
  return { by: "handle", parts: [...mixPart(mix), ...parts] };
}

/** Share of each group in the whole with the factors of a set as after, the others as before: queues are bit 0, tenure inside them bit 1. */
function crossedShares(groups: readonly CauseGroup[], set: number): number[] {
  const [queueWindow, bandWindow] = [windowIn(set, 0), windowIn(set, 1)];
  const all = totals(groups);
  const queues = new Map<string, [number, number]>();
  for (const { queue, n } of groups) {
    const known = queues.get(queue) ?? [0, 0];
    queues.set(queue, [known[0] + n[0], known[1] + n[1]]);
  }
  return groups.map(({ queue, n }) => {
    const volume = queues.get(queue) ?? [0, 0];
    const inside = volume[bandWindow] > 0 ? bandWindow : otherWindow(bandWindow);
    const share = all[queueWindow] > 0 ? volume[queueWindow] / all[queueWindow] : 0;
    return share * (n[inside] / volume[inside]);
  });
}

function windowIn(set: number, factor: number): 0 | 1 {
  return ((set >>> factor) & 1) === 1 ? 1 : 0;
}

function otherWindow(window: 0 | 1): 0 | 1 {
  return window === 0 ? 1 : 0;
}

/** Shares of queues, of tenure bands inside them, and rates, each as before or as after: what the crossed factors add up to. */
function crossedEffects({ groups }: Grouping, bands: readonly (number | null)[]): (rates: Rates) => number[] {
  const shares = Array.from({ length: 4 }, (_, set) => crossedShares(groups, set));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return (rates) => {
    const [queue = [], tenure = [], rate = []] = shapley(3, (set) => {
      const window = windowIn(set, 2);
      return groups.map(({ n }, at) => (shares[set & 3]?.[at] ?? 0) * (rates[at]?.[n[window] > 0 ? window : otherWindow(window)] ?? 0));
    });
    return [sum(queue), sum(tenure), ...bands.map((band) => sum(rate.filter((_, at) => groups[at]?.band === band)))];
  };
}

/** Mix of queues, mix of tenure inside them (crossed, so by Shapley), and what each tenure band changed; none where few are known. */
export function bandView(rows: readonly CauseRow[]): View | null {
  const volume = (some: readonly CauseRow[]): number => some.reduce((sum, { n }) => sum + n, 0);
  if (volume(rows.filter(({ band }) => band !== null)) < volume(rows) / 2) return null;
  const grouping = groupRows(rows, { band: true });
  const bands = [...TENURE_BANDS.keys(), null].filter((band) => grouping.groups.some((group) => group.band === band));
  if (bands.length < 2) return null;
  const [mix, tenure, ...forms] = formsOf(rows, grouping, crossedEffects(grouping, bands));
  const tenurePart: ViewPart[] = tenure === undefined ? [] : [{ kind: "mix", subject: { of: "tenure-mix" }, sum: "num", form: tenure }];
  const parts = forms.map((form, at): ViewPart => ({ kind: "rate", subject: { of: "band", band: bands[at] ?? null }, sum: "num", form }));
  return { by: "band", parts: [...mixPart(mix), ...tenurePart, ...parts] };
}
