import type { CompiledTarget } from "../agreement/compiled.ts";
import type { FoundDrift, SeriesWatch } from "./drift-view.ts";

const DAYS = 365;
const MONTHS = 12;

/**
 * From the quotient of a point to the metric's own unit. They are the same but for leavers, who are counted on agent-days and agreed on
 * per month or year.
 */
export function figureScale({ target: { measure } }: Pick<CompiledTarget, "target">): (quotient: number) => number {
  if (measure.metric !== "attrition") return (quotient) => quotient;
  const monthly = DAYS / MONTHS;
  switch (measure.per) {
    case "month":
      return (daily) => daily * monthly;
    case "year-times-12":
      return (daily) => daily * DAYS;
    case "year-compounded":
      return (daily) => 1 - (1 - Math.min(1, daily * monthly)) ** MONTHS;
  }
}

type Scale = (quotient: number) => number;

function scaledDrift(found: FoundDrift, level: number, scale: Scale): FoundDrift {
  const by = (size: number): number => scale(level + size) - scale(level);
  const { estimate, low, high } = found.size;
  return {
    ...found,
    size: { estimate: by(estimate), low: by(low), high: by(high) },
    now: { ...found.now, value: scale(found.now.value) },
  };
}

/**
 * A watch with every figure in another unit.
 *
 * @param scale never falls.
 */
export function scaledWatch(watch: SeriesWatch, scale: Scale): SeriesWatch {
  const range = ({ low, high }: { readonly low: number; readonly high: number }) => ({ low: scale(low), high: scale(high) });
  const level = watch.baseline?.level ?? 0;
  return {
    ...watch,
    baseline: watch.baseline === null ? null : { ...watch.baseline, level: scale(level) },
    points: watch.points.map((point) => ({
      ...point,
      value: scale(point.value),
      expected: scale(point.expected),
      limits: range(point.limits),
      ewma: scale(point.ewma),
      sequence: point.sequence === null ? null : range(point.sequence),
    })),
    drift: watch.drift === null ? null : scaledDrift(watch.drift, level, scale),
    past: watch.past.map((found) => scaledDrift(found, level, scale)),
    month: watch.month === null ? null : { ...watch.month, value: scale(watch.month.value) },
  };
}
