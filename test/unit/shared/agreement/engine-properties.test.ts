import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateAll } from "../../../../shared/agreement/evaluate-all.ts";
import type { Exclusion } from "../../../../shared/agreement/exclusion.ts";
import { type AgreementHistory, createHistory } from "../../../../shared/agreement/history.ts";
import { type Verdict, verdictKey } from "../../../../shared/agreement/verdict.ts";
import { daysOf } from "../../../../shared/agreement/windows.ts";
import type { QueueIntervals } from "../../../../shared/facts/interval.ts";
import {
  anyExclusion,
  anyForecast,
  anyHistory,
  anyNow,
  anyQuarter,
  anyTarget,
  type Quarter,
  queuesOf,
  spanOf,
} from "../../../support/engine-arbitrary.ts";
import { SERVED } from "../../../support/engine-case.ts";
import { buildAgreement } from "../../../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../../../support/target-case.ts";

const LATER = Date.parse("2026-07-01T00:00:00Z");
const RUNS = { numRuns: 1000 };

interface Options {
  readonly nowMs?: number;
  readonly exclusions?: readonly Exclusion[];
  readonly forecast?: ReadonlyMap<string, number>;
}

function judge(history: AgreementHistory, queues: readonly QueueIntervals[], options: Options = {}): Verdict[] {
  const { nowMs = LATER, exclusions = [], forecast = new Map() } = options;
  return evaluateAll(history, new Map([["calls", { queues, span: spanOf(queues) }]]), { nowMs, exclusions, forecast });
}

const someQuarters = fc.array(anyQuarter, { minLength: 1, maxLength: 5 });

/** What decides, without how many intervals it came in. */
function decisions(verdicts: readonly Verdict[]): string {
  return JSON.stringify(
    verdicts.map(({ targetId, window, status, value, n, expected }) => [targetId, window.kind, window.start, status, value, n, expected]),
  );
}

/** A second or two each; more only where the machine is busy with other things. */
const PATIENCE_MS = 120_000;

describe("verdicts of random agreements", () => {
  it(
    "do not depend on the order of intervals and queues",
    () => {
      fc.assert(
        fc.property(anyHistory, someQuarters, anyNow, anyForecast, (history, quarters, nowMs, forecast) => {
          const queues = queuesOf(quarters);
          const turned = queues.toReversed().map(({ queue, intervals }) => ({ queue, intervals: intervals.toReversed() }));
          expect(JSON.stringify(judge(history, turned, { nowMs, forecast }))).toBe(
            JSON.stringify(judge(history, queues, { nowMs, forecast })),
          );
        }),
        { ...RUNS, seed: 31 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "do not depend on whether an interval comes in one row or in two",
    () => {
      fc.assert(
        fc.property(anyHistory, someQuarters, fc.nat(9), fc.nat(4), (history, quarters, within, late) => {
          const whole = queuesOf(quarters);
          const split = whole.map(({ queue, intervals }) => ({
            queue,
            intervals: intervals.flatMap((interval) => {
              const [answered = 0, abandoned = 0, inTime] = interval.counters;
              if (inTime === null || inTime === undefined) return [interval];
              const [a, b] = [Math.min(within, inTime), Math.min(late, (answered ?? 0) - inTime)];
              const rest = [(answered ?? 0) - a - b, abandoned, inTime - a];
              return [
                { ...interval, counters: [a + b, 0, a] },
                { ...interval, counters: rest },
              ];
            }),
          }));
          expect(decisions(judge(history, split))).toBe(decisions(judge(history, whole)));
        }),
        { ...RUNS, seed: 32 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "of no data are never met, missed or at risk",
    () => {
      fc.assert(
        fc.property(
          anyHistory,
          someQuarters,
          fc.array(anyExclusion, { maxLength: 2 }),
          anyNow,
          anyForecast,
          (history, quarters, exclusions, nowMs, forecast) => {
            for (const verdict of judge(history, queuesOf(quarters), { exclusions, nowMs, forecast })) {
              if (verdict.value === null) expect(["no-data", "not-counted", "not-derivable"]).toContain(verdict.status);
              if (verdict.n === 0) expect(verdict.value).toBeNull();
            }
          },
        ),
        { ...RUNS, seed: 33 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "an accepted exclusion changes only its own targets, and only windows that it lies in",
    () => {
      fc.assert(
        fc.property(anyHistory, someQuarters, anyExclusion, (history, quarters, claim) => {
          const exclusion: Exclusion = { ...claim, state: "accepted", targets: ["plain"] };
          const queues = queuesOf(quarters);
          const [before, after] = [judge(history, queues), judge(history, queues, { exclusions: [exclusion] })];
          after.forEach((verdict, i) => {
            const touches =
              verdict.targetId === "plain" && verdict.window.fromMs < exclusion.toMs && verdict.window.toMs > exclusion.fromMs;
            if (!touches) expect(JSON.stringify(verdict)).toBe(JSON.stringify(before[i]));
          });
        }),
        { ...RUNS, seed: 34 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "a restated interval changes only windows that depend on its day",
    () => {
      fc.assert(
        fc.property(anyHistory, someQuarters, anyQuarter, (history, quarters, change) => {
          const [first] = quarters;
          if (first === undefined) return;
          const restated = [...quarters, { ...change, queue: first.queue, startMs: first.startMs }];
          const [before, after] = [judge(history, queuesOf(quarters)), judge(history, queuesOf(restated))];
          const day = history.latest.zone.localDay(first.startMs);
          after.forEach((verdict, i) => {
            if (JSON.stringify(verdict) === JSON.stringify(before[i])) return;
            const context = history.versions.find(({ agreement }) => agreement.version === verdict.version);
            const compiled = context?.targets.find(({ target }) => target.id === verdict.targetId);
            if (context === undefined || compiled === undefined) throw new Error("a verdict has its version and its target");
            const joined = compiled.target.onLowSample === "join-previous" ? context.calendar.planOf(verdict.window).before : [];
            const near = [...daysOf(context, verdict.window), ...joined];
            const months = context.agreement.volume?.unit === "month" ? near.map((each) => each.slice(0, 7)) : [];
            expect(near.includes(day) || months.includes(day.slice(0, 7))).toBe(true);
          });
        }),
        { ...RUNS, seed: 35 },
      );
    },
    PATIENCE_MS,
  );
});

describe("better counts", () => {
  const RANK: Partial<Record<Verdict["status"], number>> = { missed: 0, "at-risk": 0, "not-proven": 1, met: 2 };
  const history = (target: Parameters<typeof buildTarget>[0]): AgreementHistory =>
    createHistory([
      {
        agreement: { ...buildAgreement(), timeZone: "UTC", targets: [buildTarget(target)] },
        feeds: [intervalFeed(SERVED)],
      },
    ]);

  it(
    "never worsen a verdict: a late call that was in time after all",
    () => {
      fc.assert(
        fc.property(anyTarget, someQuarters, anyNow, (target, quarters, nowMs) => {
          const { ramp: _, each: _each, ...plain } = target;
          const one = history(plain);
          const better = quarters.map((quarter, i): Quarter =>
            i === 0 && quarter.late > 0 ? { ...quarter, late: quarter.late - 1, within: quarter.within + 1 } : quarter,
          );
          const [before, after] = [quarters, better].map((some) => judge(one, queuesOf(some), { nowMs }));
          before?.forEach((verdict, i) => {
            const [rank, next] = [RANK[verdict.status], RANK[after?.[i]?.status ?? "no-data"]];
            if (rank !== undefined) expect(next).toBeGreaterThanOrEqual(rank);
          });
        }),
        { ...RUNS, seed: 36 },
      );
    },
    PATIENCE_MS,
  );
});

describe("a version boundary", () => {
  it(
    "adds up: what the parts of a window count is what the whole counts when nothing else changed",
    () => {
      fc.assert(
        fc.property(someQuarters, fc.integer({ min: 1, max: 9 }), (quarters, day) => {
          const agreement = {
            ...buildAgreement(),
            effectiveFrom: "2026-01-01",
            targets: [buildTarget({ windows: ["week", "month", "quarter"] })],
          };
          const feeds = [intervalFeed(SERVED)];
          const later = { ...agreement, version: 2, effectiveFrom: `2026-03-0${day}` };
          const [one, two] = [
            createHistory([{ agreement, feeds }]),
            createHistory([
              { agreement, feeds },
              { agreement: later, feeds },
            ]),
          ];
          const queues = queuesOf(quarters);
          const parts = judge(two, queues);
          for (const whole of judge(one, queues)) {
            const inside = parts.filter(
              ({ window }) => window.kind === whole.window.kind && window.fromMs >= whole.window.fromMs && window.toMs <= whole.window.toMs,
            );
            const sum = (of: (verdict: Verdict) => number): number => inside.reduce((total, verdict) => total + of(verdict), 0);
            expect({ num: sum(({ value }) => value?.num ?? 0), den: sum(({ n }) => n) }).toEqual({
              num: whole.value?.num ?? 0,
              den: whole.n,
            });
          }
        }),
        { ...RUNS, seed: 37 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "gives no two verdicts the same name",
    () => {
      fc.assert(
        fc.property(anyHistory, someQuarters, (history, quarters) => {
          const names = judge(history, queuesOf(quarters)).map((verdict) => verdictKey(verdict.targetId, verdict.window));
          expect(new Set(names).size).toBe(names.length);
        }),
        { ...RUNS, seed: 38 },
      );
    },
    PATIENCE_MS,
  );
});
