import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompiledTarget } from "../../../../shared/agreement/compiled.ts";
import type { DayCounts } from "../../../../shared/agreement/day-sums.ts";
import { evaluateAll } from "../../../../shared/agreement/evaluate-all.ts";
import { evaluateWindow } from "../../../../shared/agreement/evaluate-window.ts";
import type { Exclusion } from "../../../../shared/agreement/exclusion.ts";
import type { AgreementHistory } from "../../../../shared/agreement/history.ts";
import { sumTargetDay } from "../../../../shared/agreement/target-day.ts";
import { type Verdict, verdictKey } from "../../../../shared/agreement/verdict.ts";
import { daysNeeded, windowsTouched } from "../../../../shared/agreement/windows.ts";
import { daysBetween } from "../../../../shared/calendar/day.ts";
import {
  anyExclusion,
  anyForecast,
  anyHistory,
  anyNow,
  anyQuarter,
  type Quarter,
  queuesOf,
  spanOf,
} from "../../../support/engine-arbitrary.ts";

interface Circumstances {
  readonly history: AgreementHistory;
  readonly nowMs: number;
  readonly forecast: ReadonlyMap<string, number>;
}

/** Evaluates as the live system does: a change renews the counts of its days and judges the windows they touch, nothing else. */
class Live {
  readonly verdicts = new Map<string, Verdict>();
  private readonly circumstances: Circumstances;
  private readonly counts = new Map<CompiledTarget, Map<string, DayCounts>>();
  private quarters: readonly Quarter[] = [];
  private exclusions: readonly Exclusion[] = [];
  private range: readonly string[] = [];

  constructor(circumstances: Circumstances) {
    this.circumstances = circumstances;
  }

  change(quarters: readonly Quarter[]): void {
    this.quarters = [...this.quarters, ...quarters];
    this.renew(quarters.map(({ startMs }) => this.zone.localDay(startMs)));
  }

  claim(exclusions: readonly Exclusion[]): void {
    const covered = [...this.exclusions, ...exclusions].flatMap(({ fromMs, toMs }) =>
      daysBetween(this.zone.localDay(fromMs), this.zone.localDay(toMs - 1)),
    );
    this.exclusions = exclusions;
    this.renew(covered.filter((day) => this.range.includes(day)));
  }

  private get zone() {
    return this.circumstances.history.latest.zone;
  }

  /** Days in between without data get their verdict when the range grows. */
  private gaps(days: readonly string[]): string[] {
    const sorted = [...this.range, ...days].toSorted();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) return [];
    const before = new Set(this.range);
    this.range = daysBetween(first, last);
    return this.range.filter((day) => !before.has(day));
  }

  private renew(days: readonly string[]): void {
    const touched = new Set([...days, ...this.gaps(days)]);
    const facts = { queues: queuesOf(this.quarters), exclusions: this.exclusions };
    for (const context of this.circumstances.history.versions) {
      const all = [...context.targets, ...(context.volume === null ? [] : [context.volume])];
      for (const compiled of all) {
        const counts = this.counts.get(compiled) ?? new Map<string, DayCounts>();
        this.counts.set(compiled, counts);
        for (const day of days) counts.set(day, sumTargetDay(context, compiled, day, facts));
      }
      for (const compiled of context.targets) {
        for (const window of windowsTouched(context, compiled, touched, this.circumstances.nowMs)) {
          const needed = daysNeeded(context, compiled, window);
          const own = this.only(compiled, needed.counts);
          const volume = context.volume === null ? new Map<string, DayCounts>() : this.only(context.volume, needed.volume);
          const forecast = this.circumstances.forecast;
          const verdict = evaluateWindow(
            {
              context,
              compiled,
              nowMs: this.circumstances.nowMs,
              receivedMs: this.circumstances.nowMs,
              silentSinceMs: null,
              countsOf: (day) => own.get(day),
              volumeOf: (day) => volume.get(day)?.recomputed.totals[0] ?? null,
              forecastOf: (day) => (needed.volume.includes(day) ? (forecast.get(day) ?? null) : null),
            },
            window,
          );
          this.verdicts.set(verdictKey(compiled.target.id, window), verdict);
        }
      }
    }
  }

  /** What a store would have loaded: the days that were asked for and nothing else. */
  private only(compiled: CompiledTarget, days: readonly string[]): Map<string, DayCounts> {
    const counts = this.counts.get(compiled);
    return new Map([...(counts ?? [])].filter(([day]) => days.includes(day)));
  }

  /** The whole history at once. */
  whole(): Verdict[] {
    const queues = queuesOf(this.quarters);
    const { history, nowMs, forecast } = this.circumstances;
    return evaluateAll(history, new Map([["calls", { queues, span: spanOf(queues) }]]), { nowMs, forecast, exclusions: this.exclusions });
  }
}

/** A second or two each; more only where the machine is busy with other things. */
const PATIENCE_MS = 120_000;

describe("incremental evaluation", () => {
  it(
    "comes to the same verdicts as the full recomputation, bit for bit",
    () => {
      const step = fc.oneof(
        { weight: 3, arbitrary: fc.array(anyQuarter, { minLength: 1, maxLength: 4 }).map((quarters) => ({ quarters })) },
        { weight: 1, arbitrary: fc.array(anyExclusion, { maxLength: 2 }).map((exclusions) => ({ exclusions })) },
      );
      fc.assert(
        fc.property(anyHistory, anyNow, anyForecast, fc.array(step, { minLength: 1, maxLength: 4 }), (history, nowMs, forecast, steps) => {
          const live = new Live({ history, nowMs, forecast });
          for (const one of steps) {
            if ("quarters" in one) live.change(one.quarters);
            else live.claim(one.exclusions);
          }
          const whole = live.whole();
          // As text first: a thousand deep comparisons of equal verdicts would take most of the time.
          const mine = whole.map((verdict) => live.verdicts.get(verdictKey(verdict.targetId, verdict.window)));
          if (JSON.stringify(mine) !== JSON.stringify(whole)) expect(mine).toEqual(whole);
          expect(live.verdicts.size).toBe(whole.length);
        }),
        { numRuns: 1000, seed: 21 },
      );
    },
    PATIENCE_MS,
  );
});
