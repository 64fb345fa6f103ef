import { z } from "zod";
import { addDays, daysBetween } from "../calendar/day.ts";
import { figureText, monthText } from "./cause-words.ts";
import { DriftView, SeriesWatch } from "./drift-view.ts";
import { listedByEvidence } from "./false-discovery-evidence.ts";

/** One watched target in a list: what the page of all says of it. */
export const DriftLine = z.strictObject({
  ...DriftView.pick({ targetId: true, version: true, unit: true, worse: true, besides: true, leads: true, atMs: true }).shape,
  ...SeriesWatch.pick({ state: true, why: true, baseline: true, budget: true, drift: true, month: true }).shape,
  /** How many drifts were told of and are over. */
  ended: z.int(),
  /** The last watched figure, `null` while there is none. */
  latest: z.strictObject({ day: z.iso.date(), value: z.number(), n: z.number() }).nullable(),
  /** The figures of the last days with one, for a line in small; a day without any is `null`. */
  recent: z.array(z.number().nullable()),
  /** The one sentence about the cause of the standing drift. */
  conclusion: z.string().nullable(),
});
export type DriftLine = z.infer<typeof DriftLine>;

/** A line among the others. */
export const ListedDrift = z.strictObject({
  ...DriftLine.shape,
  /** No alarm stands, but the latest month is unlike what is usual, more than is to be expected of so many series. */
  standsOut: z.boolean(),
});
export type ListedDrift = z.infer<typeof ListedDrift>;

/** All watched targets, the worst first, and what is promised of all of them together. */
export const DriftList = z.strictObject({
  lines: z.array(ListedDrift),
  budget: z.strictObject({
    /** False alarms a month that the parties tolerate, over all series together. */
    toleratePerMonth: z.number(),
    /** How many series share that. */
    series: z.int(),
    /** Days watched, all series added. */
    watched: z.int(),
    /** The most false alarms to be expected in them while nothing moves. */
    promised: z.number(),
    /** The alarms that came, true ones among them. */
    alarms: z.int(),
  }),
});
export type DriftList = z.infer<typeof DriftList>;

/** Days that fit into a line in small. */
const RECENT_DAYS = 42;

/** One value for each of the last days up to the last one that is drawn; nothing of those that are open or left out. */
function recentOf(points: DriftView["points"]): (number | null)[] {
  const last = points.at(-1)?.day;
  if (last === undefined) return [];
  const known = new Map(points.map((point) => [point.day, point.open ? null : point.value]));
  const values = daysBetween(addDays(last, 1 - RECENT_DAYS), last).map((day) => known.get(day) ?? null);
  const [first, end] = [values.findIndex((value) => value !== null), values.findLastIndex((value) => value !== null)];
  return first < 0 ? [] : values.slice(first, end + 1);
}

/** A view in short. */
export function driftLine({ points, past, cause, ...view }: DriftView): DriftLine {
  const latest = points.findLast(({ counted }) => counted);
  return {
    ...view,
    ended: past.length,
    recent: recentOf(points),
    latest: latest === undefined ? null : { day: latest.day, value: latest.value, n: latest.n },
    conclusion: cause?.conclusion ?? null,
  };
}

const ORDER: Readonly<Record<DriftLine["state"], number>> = { drifting: 0, steady: 2, learning: 3, unusable: 4 };

/** A drift to the good side is no trouble, but worth more than what has not moved; what stands out comes between them. */
function rank({ state, drift, standsOut }: ListedDrift): number {
  if (standsOut) return 1.5;
  return state === "drifting" && drift?.worse === false ? 1 : ORDER[state];
}

/** At most this share of what stands out does so by chance, on average. */
const LISTED_WRONGLY = 0.1;

/** What stands out of the latest month, by e-BH over all that have days of it: a series that was not fed since is not held against them. */
function standingOut(lines: readonly DriftLine[]): Set<DriftLine> {
  const latest = lines
    .map(({ month }) => month?.of ?? "")
    .toSorted()
    .at(-1);
  const known = lines.flatMap((line) => (line.month !== null && line.month.of === latest ? [{ line, evidence: line.month.evidence }] : []));
  const listed = listedByEvidence(
    known.map(({ evidence }) => evidence),
    LISTED_WRONGLY,
  );
  return new Set(listed.flatMap((at) => known[at]?.line ?? []));
}

/** What stands out in words: "78.1 % in Nov 2026 so far, lower than the usual 80.3 %". */
export function standsOutText({ month, baseline, unit }: DriftLine): string {
  if (month === null || baseline === null) return "";
  const side = month.direction === "up" ? "higher" : "lower";
  return `${figureText(month.value, unit)} in ${monthText(month.of)} so far, ${side} than the usual ${figureText(baseline.level, unit)}`;
}

/**
 * The list of all watched targets: drifts to the worse side first, likelier misses before others.
 *
 * @param toleratePerMonth false alarms a month over all series, as agreed.
 */
export function driftList(lines: readonly DriftLine[], toleratePerMonth: number): DriftList {
  const watched = lines.filter(({ state }) => state !== "unusable");
  const sum = (of: (line: DriftLine) => number): number => watched.reduce((total, line) => total + of(line), 0);
  const missOf = ({ leads }: DriftLine): number => leads?.missProbability ?? -1;
  const out = standingOut(watched);
  const listed = lines.map((line): ListedDrift => ({ ...line, standsOut: out.has(line) && line.state === "steady" }));
  return {
    lines: listed.toSorted((a, b) => rank(a) - rank(b) || missOf(b) - missOf(a) || (a.targetId < b.targetId ? -1 : 1)),
    budget: {
      toleratePerMonth,
      series: watched.length,
      watched: sum(({ budget }) => budget.watched),
      promised: sum(({ budget }) => (budget.runLength > 0 ? budget.watched / budget.runLength : 0)),
      alarms: sum(({ budget }) => budget.alarms),
    },
  };
}
