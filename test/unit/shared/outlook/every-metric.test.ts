import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { createContext } from "../../../../shared/agreement/context.ts";
import type { DayCounts } from "../../../../shared/agreement/day-sums.ts";
import { evaluateWindow } from "../../../../shared/agreement/evaluate-window.ts";
import { windowAt } from "../../../../shared/agreement/windows.ts";
import { addDays, type Day } from "../../../../shared/calendar/day.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { isTimed } from "../../../../shared/metrics/counter.ts";
import { countersOf, formulasOf } from "../../../../shared/metrics/formula.ts";
import type { MeasureUnit } from "../../../../shared/metrics/measure.ts";
import { Outlook } from "../../../../shared/outlook/outlook.ts";
import { projectWindow } from "../../../../shared/outlook/project-window.ts";
import { METRIC_CASES } from "../../../support/metric-cases.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const LEVELS: Record<MeasureUnit, readonly [string, string]> = {
  ratio: ["40 %", "80 %"],
  duration: ["30 s", "400 s"],
  score: ["3", "4.2"],
  points: ["10", "35"],
  count: ["10", "500"],
};
const AGGREGATIONS = ["ratio-of-sums", "intervals-met", "days-met", "mean-of-days"] as const;
const DIRECTIONS = ["at-least", "at-most", "within"] as const;

type Case = (typeof METRIC_CASES)[number];

function contextFor({ measure }: Case, by: (typeof AGGREGATIONS)[number], direction: (typeof DIRECTIONS)[number]) {
  const formula = formulasOf(measure)[0];
  const [low, high] = LEVELS[by === "intervals-met" || by === "days-met" ? "ratio" : formula.unit];
  const level = LEVELS[formula.unit][1];
  const aggregation = by === "ratio-of-sums" ? { by } : by === "mean-of-days" ? { by, dp: 1 } : { by, level };
  const target = {
    ...buildAgreement().targets[0],
    measure,
    direction,
    expected: high,
    ...(direction === "within" ? { notBelow: low } : {}),
    aggregation,
    windows: ["month", "rolling-28d"],
  };
  const columns = countersOf(formula).map((counter) => [
    counter,
    { column: counter, required: true, ...(isTimed(counter) ? { unit: "s" } : {}) },
  ]);
  const offered = { column: "all", required: true };
  const feed = FeedDefinition.parse({
    ...buildFeed(),
    counters: { offered, answered: offered, abandoned: offered, ...Object.fromEntries(columns) },
  });
  return createContext(Agreement.parse({ ...buildAgreement(), timeZone: "UTC", targets: [target] }), [feed]);
}

function outlooksOf(context: ReturnType<typeof contextFor>, days: ReadonlyMap<Day, readonly number[]>, lastDay: Day) {
  const [compiled] = context.targets;
  if (compiled === undefined || compiled.lacks !== null) throw new Error(compiled?.lacks ?? "no target");
  const countsOf = (day: Day): DayCounts | undefined => {
    const totals = days.get(day);
    if (totals === undefined) return undefined;
    const [judged = 0] = totals;
    const sums = { intervals: 96, incomplete: 0, outside: 0, excluded: 0, judged, passed: Math.floor(judged / 2), claim: null };
    return { recomputed: { ...sums, totals, lastStartMs: context.zone.dayRange(day).toMs - 900_000 }, adjusted: null, ifAllAccepted: null };
  };
  const nowMs = context.zone.dayRange(lastDay).toMs - 1;
  const none = () => null;
  const basis = { context, compiled, nowMs, receivedMs: nowMs, silentSinceMs: null, countsOf, volumeOf: none, forecastOf: none };
  return compiled.target.windows.flatMap((kind) => {
    const window = windowAt(context, kind, lastDay, nowMs);
    if (window === null) return [];
    const verdict = evaluateWindow(basis, window);
    return [{ verdict, outlook: projectWindow({ ...basis, verdict, compiledOn: () => compiled }) }];
  });
}

describe("every metric, aggregated in every way, towards every side", () => {
  const contexts = METRIC_CASES.flatMap((metric) =>
    AGGREGATIONS.flatMap((by) => DIRECTIONS.map((direction) => contextFor(metric, by, direction))),
  );

  it("has an outlook that is well formed, whatever the days", () => {
    const totals = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...contexts), fc.array(totals, { maxLength: 30 }), (context, some) => {
        const width = context.targets[0]?.counters.length ?? 0;
        const first = addDays("2026-11-18", -some.length);
        const days = new Map(some.map((values, i) => [addDays(first, i), values.slice(0, width)]));
        for (const { outlook } of outlooksOf(context, days, "2026-11-17")) {
          if (outlook === null) continue;
          const { pMiss, reach, daysKnown } = Outlook.parse(outlook);
          expect(daysKnown).toBeLessThanOrEqual(some.length);
          if (reach === "lost") expect(pMiss === null || pMiss === 1).toBe(true);
          if (reach === "safe") expect(pMiss === null || pMiss === 0).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
