import { addDays, DAY_MS, type Day } from "../../shared/calendar/day.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import type { ReadSeries, SeriesRow } from "./read-series.ts";

export type Grouping = "day" | "row";

/** A series as the detectors take it, and how its subgroups are called in the file. */
export interface Subgroups {
  readonly by: Grouping;
  readonly points: readonly DriftPoint[];
  /** The name of a subgroup: its day, or the timestamp of its row. */
  readonly labelOf: (day: Day) => string;
  /** Mean distance of two subgroups in days. */
  readonly spacingDays: number;
  /** The first subgroup that is not before, and the last that is not after, what the caller wrote. */
  readonly dayFrom: (text: string) => Day | null;
  readonly dayTo: (text: string) => Day | null;
}

/** Fewer days than these say too little; rows of less than a day are then taken one by one. */
const ENOUGH_DAYS = 35;
/** Rows that are no days get days a week apart, so that no weekday season is looked for in them. */
const ROW_STEP = 7;
const FIRST_ROW = "1970-01-01";

function dayOf(atMs: number): Day {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Days where the rows are daily or closer and there are enough of them, else each row by itself. */
export function usualGrouping({ rows, isIndex }: Pick<ReadSeries, "rows" | "isIndex">): Grouping {
  const days = new Set(rows.map(({ atMs }) => dayOf(atMs)));
  const [first, last] = [rows[0], rows.at(-1)];
  if (isIndex || first === undefined || last === undefined) return "row";
  if (days.size === rows.length) return (last.atMs - first.atMs) / DAY_MS / Math.max(1, rows.length - 1) <= 2.5 ? "day" : "row";
  return days.size >= ENOUGH_DAYS ? "day" : "row";
}

function pointOf(day: Day, rows: readonly SeriesRow[], hasN: boolean): DriftPoint {
  const sum = (of: (row: SeriesRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const point = { day, n: sum(({ n }) => n), num: sum(({ num }) => num) };
  return hasN || rows.length === 1 ? point : { ...point, squares: sum(({ num }) => num * num) };
}

/** Puts the rows of a series into subgroups. Rows of one time are one subgroup. */
export function subgroupsOf({ rows, hasN }: Pick<ReadSeries, "rows" | "hasN">, by: Grouping): Subgroups {
  const keyOf = ({ atMs }: SeriesRow): string => (by === "day" ? dayOf(atMs) : String(atMs));
  const groups = [...Map.groupBy(rows, keyOf).values()];
  const starts = groups.map(([first]) => first?.atMs ?? 0);
  const days = starts.map((atMs, at) => (by === "day" ? dayOf(atMs) : addDays(FIRST_ROW, at * ROW_STEP)));
  const labels = new Map(groups.map(([first], at) => [days[at] ?? "", by === "day" ? (days[at] ?? "") : (first?.label ?? "")]));
  const points = groups.map((group, at) => pointOf(days[at] ?? "", group, hasN));
  const span = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / DAY_MS;
  /** Texts are compared as far as they go: 2026-03 is the whole of March. */
  const named = [...labels];
  return {
    by,
    points,
    labelOf: (day) => labels.get(day) ?? day,
    spacingDays: groups.length > 1 ? span / (groups.length - 1) : 1,
    dayFrom: (text) => named.find(([, label]) => label >= text)?.[0] ?? null,
    dayTo: (text) => named.findLast(([, label]) => label.slice(0, text.length) <= text)?.[0] ?? null,
  };
}
