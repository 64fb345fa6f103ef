import { DAY_MS, utcStartOf } from "../../../shared/calendar/day.ts";
import { amountText, figureText } from "../../../shared/drift/cause-words.ts";
import type { DrawnPoint, DriftView } from "../../../shared/drift/drift-view.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { dayWords, weekdayWords } from "../../ui/zone-time.ts";
import { type AxisTicks, axisTicks } from "./axis-ticks.ts";

/** Something that happened on a day and may explain a move: coaching, a new version of the agreement. */
export interface DriftMark {
  readonly day: string;
  readonly word: string;
}

/** One day of the chart; `null` where nothing is known, so that every line breaks there. */
export interface ControlRow {
  readonly x: number;
  readonly value: number | null;
  readonly ewma: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly band: readonly [number, number] | null;
  /** Watched, and since the onset where something drifts. */
  readonly isCounted: boolean;
  readonly label: string;
}

/** A vertical line with its word, each in a row of its own, 0 next to the plot. */
export interface Moment {
  readonly x: number;
  readonly text: string;
  readonly row: number;
  readonly side: "left" | "right";
}

/** What the agreement wants, in the metric's unit, with its words; the floor is the lower end of a band. */
export interface AgreedLevel {
  readonly level: number;
  readonly floor: number | null;
  readonly words: string;
}

export interface ControlData {
  readonly rows: readonly ControlRow[];
  readonly fromX: number;
  readonly toX: number;
  readonly days: readonly number[];
  readonly axis: AxisTicks;
  /** Days that are not final or left out, neighbours as one range. */
  readonly open: readonly { readonly fromX: number; readonly toX: number }[];
  readonly onset: { readonly fromX: number; readonly toX: number } | null;
  readonly baseline: { readonly level: number; readonly words: string } | null;
  readonly agreed: (AgreedLevel & { readonly isWordBelow: boolean }) | null;
  /** Said instead of a line where the agreed level would press the figures flat. */
  readonly agreedBeyond: string | null;
  readonly moments: readonly Moment[];
}

/** More cannot be told apart on a laptop, and cost a browser tens of milliseconds. */
const MOST_DAYS = 96;
/** Each has a row of its own above the plot. */
const MOST_MARKS = 4;
/** So much of the height, and so many days at the right end, the word of a level takes. */
const WORD_SHARE = 0.08;
const WORD_DAYS = 20;
/** An agreed level further away than so many times what is drawn is said, not drawn. */
const FARTHEST = 1.5;

function labelOf({ day, value, n, limits, open }: DrawnPoint, { unit, baseline }: DriftView): string {
  const usual = baseline === null ? "" : `; usual ${figureText(limits.low, unit)} to ${figureText(limits.high, unit)}`;
  return `${weekdayWords(day)}: ${figureText(value, unit)}, n ${formatCount(Math.round(n))}${usual}${open ? "; open or left out" : ""}`;
}

function rowsOf(points: readonly DrawnPoint[], view: DriftView): ControlRow[] {
  const known = new Map(points.map((point) => [utcStartOf(point.day), point]));
  const [first, last] = [utcStartOf(points[0]?.day ?? "1970-01-01"), utcStartOf(points.at(-1)?.day ?? "1970-01-01")];
  const since = view.drift?.onset.day ?? null;
  const rows: ControlRow[] = [];
  for (let x = first; x <= last; x += DAY_MS) {
    const point = known.get(x);
    if (point === undefined) {
      rows.push({ x, value: null, ewma: null, low: null, high: null, band: null, isCounted: false, label: "no data" });
      continue;
    }
    const { value, ewma, limits, sequence, counted, open, day } = point;
    const [low, high] = view.baseline === null ? [null, null] : [limits.low, limits.high];
    const band = sequence === null ? null : ([sequence.low, sequence.high] as const);
    const isCounted = counted && since !== null && day >= since;
    rows.push({ x, value, ewma: open ? null : ewma, low, high, band, isCounted, label: labelOf(point, view) });
  }
  return rows;
}

function openRanges(points: readonly DrawnPoint[]): { fromX: number; toX: number }[] {
  const ranges: { fromX: number; toX: number }[] = [];
  for (const { day, open } of points) {
    if (!open) continue;
    const [fromX, toX] = [utcStartOf(day) - DAY_MS / 2, utcStartOf(day) + DAY_MS / 2];
    const last = ranges.at(-1);
    if (last?.toX === fromX) last.toX = toX;
    else ranges.push({ fromX, toX });
  }
  return ranges;
}

/** Mondays, thinned until there are at most six. */
function dayTicks(fromX: number, toX: number): number[] {
  const mondays: number[] = [];
  // 1 January 1970 was a Thursday.
  for (let x = fromX; x <= toX; x += DAY_MS) if ((x / DAY_MS + 3) % 7 === 0) mondays.push(x);
  const step = Math.ceil(mondays.length / 6);
  return mondays.filter((_, index) => index % step === 0);
}

/** Words to the right of their lines stand above those to the left; among the first the earlier is higher, among the others the later. */
function inRows(moments: readonly Omit<Moment, "row">[]): Moment[] {
  const left = moments.filter(({ side }) => side === "left");
  const right = moments.filter(({ side }) => side === "right");
  return [
    ...right.map((moment, index) => ({ ...moment, row: left.length + right.length - 1 - index })),
    ...left.map((moment, index) => ({ ...moment, row: index })),
  ];
}

function momentsOf({ drift }: DriftView, marks: readonly DriftMark[], { fromX, toX }: { fromX: number; toX: number }): Moment[] {
  const found =
    drift === null
      ? []
      : [
          { day: drift.onset.day, word: "onset" },
          { day: drift.raisedOn, word: "alarm" },
        ];
  const isInView = ({ day }: DriftMark): boolean => utcStartOf(day) >= fromX && utcStartOf(day) <= toX;
  const byDay = (a: DriftMark, b: DriftMark): number => utcStartOf(a.day) - utcStartOf(b.day);
  const told = marks.filter(isInView).toSorted(byDay).slice(-MOST_MARKS);
  const shown = [...told, ...found.filter(isInView)].toSorted(byDay);
  return inRows(
    shown.map(({ day, word }) => {
      const x = utcStartOf(day);
      return { x, text: `${word} ${dayWords(day)}`, side: (x - fromX) / (toX - fromX) < 0.55 ? "right" : "left" };
    }),
  );
}

/** What lies in view: the figures with their limits, and the agreed level if it is near enough. */
function spanOf(rows: readonly ControlRow[], baseline: number | null): { low: number; high: number } {
  const values = rows.flatMap(({ value, low, high }) => [value ?? [], low ?? [], high ?? []].flat());
  const all = [...values, ...(baseline === null ? [] : [baseline])];
  return { low: Math.min(...all), high: Math.max(...all) };
}

function widened({ low, high }: { low: number; high: number }, { level, floor }: AgreedLevel): { low: number; high: number } {
  return { low: Math.min(low, level, floor ?? level), high: Math.max(high, level, floor ?? level) };
}

/** The word stands above its line, unless a limit runs through it there and none below. */
function isWordBelow(rows: readonly ControlRow[], level: number, { low, high }: { low: number; high: number }): boolean {
  const limits = rows.slice(-WORD_DAYS).flatMap((row) => [row.low ?? [], row.high ?? []].flat());
  const height = (high - low) * WORD_SHARE;
  const isCrossed = (from: number, to: number): boolean => limits.some((limit) => limit > from && limit < to);
  return isCrossed(level, level + height) && !isCrossed(level - height, level);
}

/**
 * What the control chart draws: at most the last 96 days, one row each, in the metric's unit.
 *
 * @returns `null` where there is no figure to draw.
 */
export function controlData(
  view: DriftView,
  { agreed, marks }: { readonly agreed: AgreedLevel | null; readonly marks: readonly DriftMark[] },
): ControlData | null {
  const lastX = utcStartOf(view.points.at(-1)?.day ?? "1970-01-01");
  const points = view.points.filter(({ day }) => utcStartOf(day) > lastX - MOST_DAYS * DAY_MS);
  if (points.length === 0) return null;
  const rows = rowsOf(points, view);
  const [fromX, toX] = [(rows[0]?.x ?? 0) - DAY_MS / 2, lastX + DAY_MS / 2];
  const { unit, drift } = view;
  const baseline = view.baseline?.level ?? null;
  const span = spanOf(rows, baseline);
  const wide = agreed === null ? span : widened(span, agreed);
  const isNear = wide.high - wide.low <= (span.high - span.low) * (1 + FARTHEST);
  const { low, high } = isNear ? wide : span;
  return {
    rows,
    fromX,
    toX,
    days: dayTicks(rows[0]?.x ?? 0, lastX),
    axis: axisTicks(low, high, unit),
    open: openRanges(points),
    onset: drift === null ? null : { fromX: utcStartOf(drift.onset.from) - DAY_MS / 2, toX: utcStartOf(drift.onset.to) + DAY_MS / 2 },
    baseline: baseline === null ? null : { level: baseline, words: `baseline ${figureText(baseline, unit)}` },
    agreed: isNear && agreed !== null ? { ...agreed, isWordBelow: isWordBelow(rows, agreed.level, wide) } : null,
    agreedBeyond: agreed === null || isNear ? null : beyondWords(agreed, span, unit),
    moments: momentsOf(view, marks, { fromX, toX }),
  };
}

function beyondWords({ level, words }: AgreedLevel, { low, high }: { low: number; high: number }, unit: DriftView["unit"]): string {
  const isAbove = level > high;
  return `${words}: ${amountText(isAbove ? level - high : low - level, unit)} ${isAbove ? "above" : "below"} what is drawn`;
}
