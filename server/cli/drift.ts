import { parseArgs } from "node:util";
import type { DriftPoint, SeriesKind, SeriesSettings, WorseSide } from "../../shared/drift/drift-point.ts";
import type { SeriesWatch } from "../../shared/drift/drift-view.ts";
import { watchSeries } from "../../shared/drift/watch-series.ts";
import { CATALOGUE, type Metric } from "../../shared/metrics/catalogue.ts";
import { type Command, CommandError } from "./command.ts";
import { driftLines } from "./drift-lines.ts";
import { type ReadSeries, readSeries } from "./read-series.ts";
import { relabelled } from "./relabelled.ts";
import { type Grouping, type Subgroups, subgroupsOf, usualGrouping } from "./series-subgroups.ts";
import { readTolerance } from "./tolerance.ts";

const OPTIONS = {
  metric: { type: "string" },
  kind: { type: "string" },
  worse: { type: "string" },
  tolerate: { type: "string" },
  baseline: { type: "string" },
  by: { type: "string" },
  time: { type: "string" },
  value: { type: "string" },
  n: { type: "string" },
  numerator: { type: "string" },
  dates: { type: "string" },
  json: { type: "boolean" },
} as const;

function options(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}
type Options = ReturnType<typeof options>["values"];

function oneOf<T extends string>(option: string, text: string | undefined, allowed: readonly T[]): T | null {
  if (text === undefined) return null;
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new CommandError(`--${option} "${text}" is not one of: ${allowed.join(", ")}.`);
}

function metricNamed(id: string | undefined): Metric | null {
  if (id === undefined) return null;
  const metric = CATALOGUE.find((one) => one.id === id);
  if (metric === undefined) throw new CommandError(`There is no metric "${id}". \`accord metrics\` lists them.`);
  return metric;
}

const SIDES = { "at-least": "down", "at-most": "up", within: "both" } as const satisfies Record<string, WorseSide>;

function worseSide(metric: Metric | null): WorseSide {
  // Shorter calls are worth a question too: they may be cut short.
  return metric === null || metric.id === "aht" ? "both" : SIDES[metric.direction];
}

/** Shares need how many they are of; a share without that is a figure like any other. */
function usualKind(metric: Metric | null, { hasN }: ReadSeries, points: readonly DriftPoint[]): SeriesKind {
  const isShare = hasN && points.every(({ n, num }) => num >= 0 && num <= n && Number.isInteger(n));
  if (metric === null) return isShare ? "share" : "mean";
  if (metric.id === "attrition") return hasN ? "rate" : "mean";
  if (metric.units.includes("duration")) return "log-mean";
  return isShare && metric.units.includes("ratio") ? "share" : "mean";
}

/** The first 56 of enough figures; of fewer days the first four weeks, of fewer rows 25. */
const MANY = 56;
const FEWER = { day: { enough: 84, first: 28 }, row: { enough: 112, first: 25 } } as const;

function usualBaseline({ by, points }: Subgroups): SeriesSettings["baseline"] {
  const { enough, first } = FEWER[by];
  if (by === "day" && points.length >= enough) return null;
  const [from, to] = [points[0], points[(points.length >= enough ? MANY : first) - 1]];
  return from === undefined || to === undefined ? null : { from: from.day, to: to.day };
}

function namedBaseline(text: string, subgroups: Subgroups): SeriesSettings["baseline"] {
  const [from, to, more] = text.split("..");
  if (from === undefined || to === undefined || more !== undefined)
    throw new CommandError(`--baseline "${text}" has no beginning and end. Write it as 2026-01-01..2026-02-28.`);
  const [first, last] = [subgroups.dayFrom(from), subgroups.dayTo(to)];
  if (first === null || last === null || first > last)
    throw new CommandError(
      `No figure of the file lies in --baseline ${text}. It has ${subgroups.labelOf(subgroups.points[0]?.day ?? "")} to ${subgroups.labelOf(subgroups.points.at(-1)?.day ?? "")}.`,
    );
  return { from: first, to: last };
}

function settingsOf(values: Options, series: ReadSeries, subgroups: Subgroups): SeriesSettings {
  const metric = metricNamed(values.metric);
  return {
    kind: oneOf("kind", values.kind, ["share", "mean", "log-mean", "rate"]) ?? usualKind(metric, series, subgroups.points),
    worse: oneOf("worse", values.worse, ["up", "down", "both"]) ?? worseSide(metric),
    runLength: readTolerance(values.tolerate ?? "1/year", subgroups.spacingDays),
    baseline: values.baseline === undefined ? usualBaseline(subgroups) : namedBaseline(values.baseline, subgroups),
  };
}

function jsonOf(series: ReadSeries, subgroups: Subgroups, watch: SeriesWatch): string {
  const input = { values: series.rows.length, blank: series.blank, refused: series.problems, subgroup: subgroups.by };
  return JSON.stringify({ ...watch, input });
}

/**
 * `accord drift`: what the detectors say of any file of timestamps and values. Needs no running system.
 * Exit code 0: watched; 1: watched, but rows were refused; 2: there is too little, or it cannot be watched.
 */
export const drift: Command = async ({ args, print }) => {
  const { values, positionals } = options(args);
  const [path, more] = positionals;
  if (path === undefined || more !== undefined)
    throw new CommandError("Name one file with timestamps and values, as in: accord drift series.csv");
  const series = await readSeries(path, values);
  const by: Grouping = oneOf("by", values.by, ["day", "row"]) ?? usualGrouping(series);
  const subgroups = subgroupsOf(series, by);
  const settings = settingsOf(values, series, subgroups);
  const watch = relabelled(watchSeries(subgroups.points, settings), subgroups.labelOf);
  if (values.json === true) print(jsonOf(series, subgroups, watch));
  else driftLines({ path, series, subgroups, settings, watch }).forEach((line) => print(line));
  if (watch.state === "learning" || watch.state === "unusable") return 2;
  return series.problems.length > 0 ? 1 : 0;
};
