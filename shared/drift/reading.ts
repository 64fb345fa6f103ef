import { DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { DriftPoint, SeriesKind } from "./drift-point.ts";

/** A point on the scale on which it is scored. */
export interface Reading {
  readonly point: DriftPoint;
  /** Days since 1970. */
  readonly at: number;
  /** 0 for Monday to 6. */
  readonly weekday: number;
  /** The figure on the scale of scoring: its natural logarithm for `log-mean`, else itself. */
  readonly x: number;
  /** What chance averages over: contacts, answers, evaluations; exposure for `rate`. */
  readonly size: number;
  /** Variance of the figure of a single unit, where the point tells it. */
  readonly unit: number | null;
}

/** The figure of a point in the metric's own unit. */
export function valueOf({ num, n }: DriftPoint): number {
  return num / n;
}

/** From the scale of scoring back to the metric's own unit. */
export function unscaled(x: number, kind: SeriesKind): number {
  return kind === "log-mean" ? Math.exp(x) : x;
}

/** Within-day variance of what a single unit adds, brought to the scale of the figure (for logarithms by the delta method). */
function unitVariance({ n, num, sample = n, squares }: DriftPoint, kind: SeriesKind): number | null {
  if (squares === undefined || sample < 2 || kind === "share" || kind === "rate") return null;
  const ofOne = Math.max(0, (squares - (num * num) / sample) / (sample - 1));
  const ofFigure = ofOne * (sample / n) ** 2;
  return kind === "log-mean" ? ofFigure / (num / n) ** 2 : ofFigure;
}

/**
 * Brings points to the scale of scoring. Points without a denominator, and for `log-mean` those whose figure has no logarithm,
 * say nothing and are left out.
 */
export function readPoints(points: readonly DriftPoint[], kind: SeriesKind): Reading[] {
  const readings: Reading[] = [];
  for (const point of points) {
    const value = valueOf(point);
    if (!(point.n > 0) || !Number.isFinite(value) || (kind === "log-mean" && value <= 0)) continue;
    const at = utcStartOf(point.day) / DAY_MS;
    readings.push({
      point,
      at,
      // 1 January 1970 was a Thursday.
      weekday: (at + 3) % 7,
      x: kind === "log-mean" ? Math.log(value) : value,
      size: kind === "rate" ? point.n : (point.sample ?? point.n),
      unit: unitVariance(point, kind),
    });
  }
  return readings.toSorted((a, b) => a.at - b.at);
}

/** Whether a point may count for anything: final, and not a day that both parties leave out. */
export function mayCount({ point }: Reading): boolean {
  return point.open !== true && point.leftOut !== true;
}
