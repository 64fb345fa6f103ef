import { studentTQuantile } from "../stats/student-t.ts";

/** What some cases of one cluster add up to, on one side of the start. */
export interface CoachedCell {
  /** What is independent of all other clusters: an agent, or a day. */
  readonly cluster: string;
  readonly group: "cohort" | "others";
  readonly period: "before" | "after";
  /** What stands below the line. */
  readonly n: number;
  /** What stands above it. */
  readonly num: number;
  /** Contacts, answers or evaluations. */
  readonly sample: number;
}

type Corner = `${CoachedCell["group"]} ${CoachedCell["period"]}`;
type Sums = { n: number; num: number; sample: number };
type ByCorner<T> = Map<Corner, T>;

export interface EffectEstimate {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly cohort: { readonly before: number; readonly after: number; readonly sample: number };
  readonly others: { readonly before: number; readonly after: number; readonly sample: number };
  readonly clusters: { readonly cohort: number; readonly others: number };
}

/** Fewer agents than these on either side say nothing of how agents differ; of days twice as many are asked for. */
const FEWEST: Readonly<Record<"agent" | "day", number>> = { agent: 5, day: 10 };
const FEWEST_CASES = 30;
const CONFIDENCE = 0.95;
const CORNERS = ["cohort before", "cohort after", "others before", "others after"] as const;
const SIGNS: Readonly<Record<Corner, number>> = { "cohort before": -1, "cohort after": 1, "others before": 1, "others after": -1 };

function cornerOf({ group, period }: CoachedCell): Corner {
  return `${group} ${period}`;
}

/** Of agents only what is known on both sides: who comes or goes would change a group without anybody changing. */
function comparable(cells: readonly CoachedCell[], by: "agent" | "day"): readonly CoachedCell[] {
  const known = cells.filter(({ n }) => n > 0);
  if (by === "day") return known;
  const seen = new Set(known.map((cell) => `${cornerOf(cell)} ${cell.cluster}`));
  return known.filter(({ group, cluster }) => seen.has(`${group} before ${cluster}`) && seen.has(`${group} after ${cluster}`));
}

function addTo(sums: ByCorner<Sums>, cell: CoachedCell): ByCorner<Sums> {
  const { n, num, sample } = sums.get(cornerOf(cell)) ?? { n: 0, num: 0, sample: 0 };
  return sums.set(cornerOf(cell), { n: n + cell.n, num: num + cell.num, sample: sample + cell.sample });
}

/** How much one cluster pulls at the estimate, and its share of the groups in which it is. */
interface Pull {
  readonly corners: string;
  readonly amount: number;
  readonly share: number;
}

function pullOf(own: ByCorner<Sums>, all: ByCorner<Sums>): Pull {
  const parts = [...own].map(([corner, { n, num }]) => {
    const total = all.get(corner) ?? { n, num };
    return { corner, amount: (SIGNS[corner] * (num - (total.num / total.n) * n)) / total.n, share: n / total.n };
  });
  return {
    corners: CORNERS.filter((corner) => own.has(corner)).join(),
    amount: parts.reduce((sum, { amount }) => sum + amount, 0),
    share: parts.reduce((sum, { share }) => sum + share, 0) / parts.length,
  };
}

/**
 * Variance of a sum of independent pulls, each enlarged by its own leverage (HC2: MacKinnon and White 1985), and its degrees of freedom
 * (Satterthwaite 1946 over the strata, in each of which clusters of unequal size count for as many equal ones as Kish's formula says).
 */
function spreadOf(pulls: readonly Pull[]): { variance: number; df: number } {
  const strata = new Map<string, { variance: number; shares: number; squares: number }>();
  for (const { corners, amount, share } of pulls) {
    const known = strata.get(corners) ?? { variance: 0, shares: 0, squares: 0 };
    strata.set(corners, {
      variance: known.variance + amount ** 2 / Math.max(1 - share, 1e-9),
      shares: known.shares + share,
      squares: known.squares + share ** 2,
    });
  }
  const all = [...strata.values()];
  const variance = all.reduce((sum, stratum) => sum + stratum.variance, 0);
  const wear = all.reduce((sum, { variance: own, shares, squares }) => sum + own ** 2 / Math.max(shares ** 2 / squares - 1, 1e-9), 0);
  return { variance, df: wear === 0 ? 1 : variance ** 2 / wear };
}

function shortfall(all: ByCorner<Sums>, clusters: EffectEstimate["clusters"], by: "agent" | "day"): string | null {
  const asked = FEWEST[by];
  const who = by === "agent" ? "agents with figures before and after" : "days with figures";
  if (all.size < CORNERS.length) {
    const [missing = "cohort before"] = CORNERS.filter((corner) => !all.has(corner));
    const [group, period = ""] = missing.split(" ");
    return `Nothing to compare: ${group === "cohort" ? "those who were coached" : "the others"} have no figures ${period} the start.`;
  }
  if (clusters.cohort < asked) return `Too early to say: ${clusters.cohort} of ${asked} ${who} among those who were coached.`;
  if (clusters.others < asked) return `Too early to say: ${clusters.others} of ${asked} ${who} among the others.`;
  const fewest = Math.min(...[...all.values()].map(({ sample }) => sample));
  return fewest < FEWEST_CASES ? `Too early to say: ${fewest} of ${FEWEST_CASES} cases on one side of the comparison.` : null;
}

/** Agents of a group, or the days of its shorter side. */
function countClusters(cells: readonly CoachedCell[], group: CoachedCell["group"]): number {
  const sideOf = (period: CoachedCell["period"]): number =>
    new Set(cells.filter((cell) => cell.group === group && cell.period === period).map(({ cluster }) => cluster)).size;
  return Math.min(sideOf("before"), sideOf("after"));
}

/**
 * The effect of an action as a difference of differences: how the figure of the cohort has changed, less how that of the others has.
 * Figures are quotients of sums; their errors are linearised and added up by cluster, so that the cases of one agent (or day) need not be
 * independent. What moves everybody alike drops out; what moves the cohort alone at the same time, and the return of those who were
 * picked on their worst days, does not.
 *
 * @param by agents where they are known, else days: then the days of both groups are taken as independent, and what a day does to both
 *   drops out.
 * @returns a sentence where there is too little to say. Example (points of a QA score, five agents each): cohort from 80 to 84, others from
 *   82 to 83 give a difference of 3.
 */
export function coachingEffect(cells: readonly CoachedCell[], by: "agent" | "day"): EffectEstimate | string {
  const counted = comparable(cells, by);
  const all = counted.reduce(addTo, new Map());
  const clusters = { cohort: countClusters(counted, "cohort"), others: countClusters(counted, "others") };
  const why = shortfall(all, clusters, by);
  if (why !== null) return why;
  const own = new Map<string, ByCorner<Sums>>();
  for (const cell of counted) own.set(cell.cluster, addTo(own.get(cell.cluster) ?? new Map(), cell));
  const { variance, df } = spreadOf([...own.values()].map((sums) => pullOf(sums, all)));
  const figureOf = (corner: Corner): Sums => all.get(corner) ?? { n: 1, num: 0, sample: 0 };
  const groupOf = (group: CoachedCell["group"]) => {
    const [before, after] = [figureOf(`${group} before`), figureOf(`${group} after`)];
    return { before: before.num / before.n, after: after.num / after.n, sample: before.sample + after.sample };
  };
  const [cohort, others] = [groupOf("cohort"), groupOf("others")];
  const difference = cohort.after - cohort.before - (others.after - others.before);
  const half = studentTQuantile(CONFIDENCE, Math.max(1, df)) * Math.sqrt(variance);
  return { difference, low: difference - half, high: difference + half, cohort, others, clusters };
}
