import type { SeriesSettings } from "../../shared/drift/drift-point.ts";
import type { FoundDrift, SeriesWatch } from "../../shared/drift/drift-view.ts";
import type { ReadSeries, SeriesProblem } from "./read-series.ts";
import type { Subgroups } from "./series-subgroups.ts";

interface Report {
  readonly path: string;
  readonly series: ReadSeries;
  readonly subgroups: Subgroups;
  readonly settings: SeriesSettings;
  readonly watch: SeriesWatch;
}

const MOST_PROBLEMS = 20;
const SCORED = {
  share: "as a share of units that are good or not",
  mean: "as a mean",
  "log-mean": "as a mean on the log scale",
  rate: "as events on exposure",
} as const satisfies Record<SeriesSettings["kind"], string>;
const WORSE = { up: "worse when it rises", down: "worse when it falls", both: "a question either way" } as const;
const BY = {
  bank: "by small deviations that add up (CUSUM bank)",
  "e-detector": "by betting against chance (e-detector)",
  gross: "by one figure far out",
  events: "by single events (event CUSUM)",
} as const satisfies Record<FoundDrift["by"], string>;

type Write = (value: number) => string;

/** How figures and their differences are written, and which way is worse. */
interface Writing {
  readonly level: Write;
  readonly change: Write;
  readonly worse: SeriesSettings["worse"];
}

function count(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

function counted(value: number, one: string): string {
  return `${count(value)} ${one}${value === 1 ? "" : "s"}`;
}

function significant(value: number): string {
  return value.toLocaleString("en-GB", { maximumSignificantDigits: 4, useGrouping: Math.abs(value) >= 10_000 });
}

function clock(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? "-" : ""}${parts.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0"))).join(":")}`;
}

/** As the file writes them, shares as percentages. */
function writingOf({ series, settings }: Report): Writing {
  const { worse } = settings;
  if (series.writing === "clock") return { worse, level: clock, change: (value) => `${significant(value)} s` };
  if (series.writing === "percent" || settings.kind === "share")
    return { worse, level: (value) => `${significant(value * 100)} %`, change: (value) => `${significant(value * 100)} points` };
  return { worse, level: significant, change: significant };
}

function problemLine({ line, column, value, rule, message, remedy }: SeriesProblem): string {
  return `  line ${line}, ${column} "${value.slice(0, 60)}" (${rule}): ${message}. ${remedy}.`;
}

function fileLines({ path, series }: Report): string[] {
  const { rows, blank, problems, read } = series;
  const size = read.n === null ? "" : ` of "${read.n}"`;
  const more = problems.length > MOST_PROBLEMS ? [`  ... and ${problems.length - MOST_PROBLEMS} more refused`] : [];
  return [
    `${path}: "${read.figure}"${size} by "${read.time}": ${counted(rows.length, "value")}, ${count(blank)} blank, ${count(problems.length)} refused`,
    ...problems.slice(0, MOST_PROBLEMS).map(problemLine),
    ...more,
  ];
}

/** What a series by rows of less than a day cannot be asked. */
function seasonLines({ subgroups }: Report): string[] {
  if (subgroups.by === "day" || subgroups.spacingDays >= 1) return [];
  return [
    "Rows are less than a day apart and are compared with one level for all hours: where hours differ, add them up to days (--by day)",
  ];
}

function seriesLine({ subgroups, settings }: Report): string {
  const { points, labelOf, by } = subgroups;
  const span = `${labelOf(points[0]?.day ?? "")} to ${labelOf(points.at(-1)?.day ?? "")}`;
  return `${counted(points.length, by === "day" ? "day" : "subgroup")}${by === "day" ? "" : " (each row one)"}, ${span}; watched ${SCORED[settings.kind]}, ${WORSE[settings.worse]}`;
}

function baselineLines({ series, watch, subgroups }: Report, { level }: Writing): string[] {
  const { baseline, budget } = watch;
  if (baseline === null) return [];
  const what = subgroups.by === "day" ? "day" : "subgroup";
  const chance = budget.watched / budget.runLength;
  const differ = series.hasN ? `${what}s differ ${significant(baseline.dispersion)} times as much as chance makes them, ` : "";
  return [
    `Baseline ${baseline.from} to ${baseline.to} (${counted(baseline.subgroups, what)}): level ${level(baseline.level)}; ${differ}correlation with the ${what} before ${baseline.autocorrelation.toFixed(2)}`,
    `Promised: at most one false alarm in ${counted(Math.round(budget.runLength), what)}. Watched since the baseline: ${counted(budget.watched, what)}, so by chance at most ${chance.toFixed(1)} alarms; seen: ${budget.alarms}`,
  ];
}

function sideOf({ worse }: FoundDrift, asked: SeriesSettings["worse"]): string {
  if (asked === "both") return "";
  return worse ? "; the worse side" : "; the better side";
}

function driftBlock(drift: FoundDrift, { level, change, worse }: Writing): string[] {
  const { onset, size, now, direction, endedOn } = drift;
  const ended = endedOn === null ? "" : `, back on ${endedOn}`;
  return [
    `  ${direction === "up" ? "UP" : "DOWN"} since ${onset.day} (90 %: ${onset.from} to ${onset.to})${ended}${sideOf(drift, worse)}`,
    `    by ${change(size.estimate)} (90 %: ${change(size.low)} to ${change(size.high)}); ${level(now.value)} since then, on ${count(now.n)}`,
    `    alarm on ${drift.raisedOn}, ${BY[drift.by]}`,
  ];
}

function stateLines({ watch }: Report, writing: Writing): string[] {
  const why = watch.why === null ? "" : `: ${watch.why}`;
  if (watch.state === "learning") return [`Not watched yet${why}`];
  if (watch.state === "unusable") return [`Cannot be watched${why}`];
  const standing = watch.drift === null ? [`STEADY: no drift stands${why}`] : [`DRIFTING${why}`, ...driftBlock(watch.drift, writing)];
  const past = watch.past.flatMap((drift) => driftBlock(drift, writing));
  return [...standing, ...(past.length === 0 ? [] : ["Earlier, latest first:", ...past])];
}

/** What the detectors found in a series, for people. */
export function driftLines(report: Report): string[] {
  const writing = writingOf(report);
  return [
    ...fileLines(report),
    seriesLine(report),
    ...seasonLines(report),
    ...baselineLines(report, writing),
    ...stateLines(report, writing),
  ];
}
