import { z } from "zod";
import { DriftView, SeriesWatch } from "./drift-view.ts";

/** One watched target in a list: what the page of all says of it. */
export const DriftLine = z.strictObject({
  ...DriftView.pick({ targetId: true, version: true, unit: true, worse: true, leads: true, atMs: true }).shape,
  ...SeriesWatch.pick({ state: true, why: true, baseline: true, budget: true, drift: true }).shape,
  /** How many drifts were told of and are over. */
  ended: z.int(),
  /** The last watched figure, `null` while there is none. */
  latest: z.strictObject({ day: z.iso.date(), value: z.number(), n: z.number() }).nullable(),
  /** The one sentence about the cause of the standing drift. */
  conclusion: z.string().nullable(),
});
export type DriftLine = z.infer<typeof DriftLine>;

/** All watched targets, the worst first, and what is promised of all of them together. */
export const DriftList = z.strictObject({
  lines: z.array(DriftLine),
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

/** A view in short. */
export function driftLine({ points, past, cause, ...view }: DriftView): DriftLine {
  const latest = points.findLast(({ counted }) => counted);
  return {
    ...view,
    ended: past.length,
    latest: latest === undefined ? null : { day: latest.day, value: latest.value, n: latest.n },
    conclusion: cause?.conclusion ?? null,
  };
}

const ORDER: Readonly<Record<DriftLine["state"], number>> = { drifting: 0, steady: 2, learning: 3, unusable: 4 };

/** A drift to the good side is no trouble, but worth more than what has not moved. */
function rank({ state, drift }: DriftLine): number {
  return state === "drifting" && drift?.worse === false ? 1 : ORDER[state];
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
  return {
    lines: lines.toSorted((a, b) => rank(a) - rank(b) || missOf(b) - missOf(a) || (a.targetId < b.targetId ? -1 : 1)),
    budget: {
      toleratePerMonth,
      series: watched.length,
      watched: sum(({ budget }) => budget.watched),
      promised: sum(({ budget }) => (budget.runLength > 0 ? budget.watched / budget.runLength : 0)),
      alarms: sum(({ budget }) => budget.alarms),
    },
  };
}
