import { DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { CauseCell, CauseQuestion, HandleParts } from "./cause-cell.ts";

export type Cohort = "stayers" | "entrants" | "leavers";
/** Which sum of a cell is looked at: the figure's own, or a part of handle time. */
export type Sum = "num" | keyof HandleParts;

/** A cell with its window (0 before, 1 after) and with what it is called in each way of splitting. */
export interface CauseRow extends CauseCell {
  readonly window: 0 | 1;
  readonly cohort: Cohort;
  /** Index into the tenure bands, `null` where tenure is not known. */
  readonly band: number | null;
}

/** Agents of one band learn alike: the first month, the first quarter, the first half-year. */
export const TENURE_BANDS = ["0–30 days", "31–90 days", "91–180 days", "over 180 days"] as const;
const BAND_ENDS = [30, 90, 180] as const;

function bandOf(tenureDays: number | null): number | null {
  if (tenureDays === null) return null;
  const band = BAND_ENDS.findIndex((end) => tenureDays <= end);
  return band === -1 ? BAND_ENDS.length : band;
}

/** The first day of the tenure band of a day of service: 45 gives 31. */
export function bandStart(tenureDays: number): number {
  return (BAND_ENDS.findLast((end) => tenureDays > end) ?? -1) + 1;
}

/** Days from the beginning of the baseline to the end of the window after. */
function daysOver({ before, after }: CauseQuestion): number {
  return (utcStartOf(after.to) - utcStartOf(before.from)) / DAY_MS;
}

/** Volume of each agent in each window, and whether the roster knows of it from before the baseline. */
function knownAgents(question: CauseQuestion): Map<string, { n: [number, number]; isOld: boolean }> {
  const agents = new Map<string, { n: [number, number]; isOld: boolean }>();
  const longest = daysOver(question);
  for (const [window, { cells }] of [question.before, question.after].entries()) {
    for (const { agent, n, tenureDays } of cells) {
      if (agent === null) continue;
      const known = agents.get(agent) ?? { n: [0, 0], isOld: false };
      known.n[window === 0 ? 0 : 1] += n;
      known.isOld ||= tenureDays !== null && tenureDays > longest;
      agents.set(agent, known);
    }
  }
  return agents;
}

/** Whoever is new to the sample but has been there since before the baseline is no entrant: sparse samples do not meet everybody. */
function cohortOf({ n: [before, after], isOld }: { n: readonly [number, number]; isOld: boolean }): Cohort {
  if (before <= 0) return isOld ? "stayers" : "entrants";
  return after <= 0 ? "leavers" : "stayers";
}

/** The cells of both windows in one list, empty ones left out. Cells without an agent count among those who stayed. */
export function rowsOf(question: CauseQuestion): CauseRow[] {
  const agents = knownAgents(question);
  const windowRows = (window: 0 | 1, cells: readonly CauseCell[]): CauseRow[] =>
    cells
      .filter(({ n }) => n > 0)
      .map((cell) => {
        const known = cell.agent === null ? undefined : agents.get(cell.agent);
        return { ...cell, window, cohort: known === undefined ? "stayers" : cohortOf(known), band: bandOf(cell.tenureDays) };
      });
  return [...windowRows(0, question.before.cells), ...windowRows(1, question.after.cells)];
}

/** @returns 0 for a part that the cell does not know. */
export function sumIn(row: CauseCell, sum: Sum): number {
  return sum === "num" ? row.num : (row.parts?.[sum] ?? 0);
}
