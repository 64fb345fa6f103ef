import type { DriftView } from "../../../shared/drift/drift-view.ts";

export interface AxisTicks {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly words: readonly string[];
}

const NBSP = "\u00a0";
/** Steps of a clock, in milliseconds. */
const CLOCK_STEPS = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
];
const PARTS = 5;
/** Figures that differ by less, relative to themselves, are one figure. */
const FLAT = 1e-6;

/** The round step that cuts a span into at most five parts: 1, 2 or 5 times a power of ten. */
function roundStep(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / PARTS));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => span / step <= PARTS) ?? span;
}

function clockWords(ms: number, stepMs: number, isLong: boolean): string {
  const seconds = ms / 1000;
  if (!isLong) return stepMs < 1000 ? seconds.toFixed(1) : String(Math.round(seconds));
  const [whole, rest] = [Math.floor(Math.round(seconds) / 60), Math.round(seconds) % 60];
  return `${whole}:${String(rest).padStart(2, "0")}`;
}

/**
 * Round marks of the value axis around a span, in the metric's unit, with their words; the unit stands at the top one.
 *
 * @param low and `high`, in the metric's unit: shares as shares of 1, times in milliseconds.
 */
export function axisTicks(low: number, high: number, unit: DriftView["unit"]): AxisTicks {
  const least = unit === "duration" ? 1000 : 0.001;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = high - low > Math.max(size, least) * FLAT ? high - low : Math.max(size * 0.1, least);
  const step = unit === "duration" ? (CLOCK_STEPS.find((each) => span / each <= PARTS) ?? roundStep(span)) : roundStep(span);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step);
  const top = ticks.at(-1) ?? high;
  const places = Math.max(0, -Math.floor(Math.log10(unit === "ratio" ? step * 100 : step) + 1e-9));
  const isLong = unit === "duration" && top >= 60_000;
  const plain = (tick: number): string => {
    if (unit === "duration") return clockWords(tick, step, isLong);
    return (unit === "ratio" ? tick * 100 : tick).toFixed(places).replace("-", "−");
  };
  const suffix = unit === "ratio" ? `${NBSP}%` : unit === "duration" && !isLong ? `${NBSP}s` : "";
  return { low: ticks[0] ?? low, high: top, ticks, words: ticks.map((tick) => (tick === top ? `${plain(tick)}${suffix}` : plain(tick))) };
}
