import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { type AgreementContext, createContext } from "../../../../shared/agreement/context.ts";
import type { DayCounts } from "../../../../shared/agreement/day-sums.ts";
import { evaluateWindow } from "../../../../shared/agreement/evaluate-window.ts";
import { windowAt } from "../../../../shared/agreement/windows.ts";
import { addDays, type Day } from "../../../../shared/calendar/day.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { Outlook } from "../../../../shared/outlook/outlook.ts";
import { projectWindow } from "../../../../shared/outlook/project-window.ts";
import { withOutlook } from "../../../../shared/outlook/with-outlook.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const RUNS = { numRuns: 1000 };
const NEGATIVE = { metric: "service-level", variant: "negative", withinSeconds: 20 };

interface DayOfCalls {
  readonly calls: number;
  readonly inTime: number;
}

function contextOf(target: object = {}, agreement: object = {}): AgreementContext {
  const base = buildAgreement();
  const first = { ...base.targets[0], measure: NEGATIVE, windows: ["month"], ...target };
  return createContext(Agreement.parse({ ...base, timeZone: "UTC", targets: [first], ...agreement }), [buildFeed()]);
}

/** What is known after some days of November 2026, with one row of whole-day sums for each. */
function basisOf(
  context: AgreementContext,
  days: ReadonlyMap<Day, DayOfCalls>,
  lastDay: Day,
  forecast: ReadonlyMap<Day, number> = new Map(),
) {
  const [compiled] = context.targets;
  if (compiled === undefined) throw new Error("no target");
  const countsOf = (day: Day): DayCounts | undefined => {
    const found = days.get(day);
    if (found === undefined) return undefined;
    const totals = compiled.counters.map((counter) => {
      if (counter === "abandoned") return 0;
      return counter.startsWith("answered-within") || (counter === "answered" && compiled.target.measure.metric === "answer-rate")
        ? found.inTime
        : found.calls;
    });
    const sums = { intervals: 96, incomplete: 0, outside: 0, excluded: 0, judged: 0, passed: 0, claim: null };
    const recomputed = { ...sums, totals, lastStartMs: context.zone.dayRange(day).toMs - 900_000 };
    return { recomputed, adjusted: null, ifAllAccepted: null };
  };
  const nowMs = context.zone.dayRange(lastDay).toMs;
  return {
    context,
    compiled,
    nowMs,
    receivedMs: nowMs,
    silentSinceMs: null,
    countsOf,
    volumeOf: (day: Day) => days.get(day)?.calls ?? null,
    forecastOf: (day: Day) => forecast.get(day) ?? null,
    compiledOn: () => compiled,
  };
}

function judge(basis: ReturnType<typeof basisOf>) {
  const window = windowAt(basis.context, "month", "2026-11-01", basis.nowMs);
  if (window === null) throw new Error("no window");
  const verdict = evaluateWindow(basis, window);
  return { verdict, outlook: projectWindow({ ...basis, verdict }) };
}

function daysFrom(first: Day, days: readonly DayOfCalls[]): Map<Day, DayOfCalls> {
  return new Map(days.map((day, i) => [addDays(first, i), day]));
}

/** 56 days before November and then some of its days, all alike. */
function alike(day: DayOfCalls, ofNovember: number): Map<Day, DayOfCalls> {
  return daysFrom(
    addDays("2026-11-01", -56),
    Array.from({ length: 56 + ofNovember }, () => day),
  );
}

describe("the outlook of a month", () => {
  const context = contextOf();

  it("after 20 days at 1,000 calls: budget, needed rate, headroom and pace are plain arithmetic", () => {
    const { outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 820 }, 20), "2026-11-20"));
    expect(Outlook.parse(outlook)).toMatchObject({
      n: 20_000,
      good: 16_400,
      forecast: "profile",
      remaining: { expected: 10_000 },
      budget: { events: 6000, spent: 3600 },
      neededRate: (24_000 - 16_400) / 10_000,
      headroom: 500,
      reach: "open",
      bestRate: 0.82,
      daysKnown: 76,
      credit: null,
    });
    expect(outlook?.pace).toBeCloseTo(0.9, 12);
    expect(outlook?.projected).toBeCloseTo(0.82, 3);
    expect(outlook?.pMiss).toBeLessThan(0.001);
  });

  it("is lost when even nothing but good calls would not do, and then P(miss) is 1", () => {
    const { outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 500 }, 20), "2026-11-20"));
    expect(outlook).toMatchObject({ reach: "lost", pMiss: 1, neededRate: 1.4, headroom: 0 });
  });

  it("is safe when nothing but bad calls would still do, and then P(miss) is 0", () => {
    const { outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 990 }, 27), "2026-11-27"));
    expect(outlook).toMatchObject({ reach: "safe", pMiss: 0, neededRate: 0 });
  });

  it("is out of reach when the rest would have to be better than ever before", () => {
    const { outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 780 }, 20), "2026-11-20"));
    expect(outlook).toMatchObject({ reach: "out-of-reach", bestRate: 0.78, neededRate: 0.84 });
    expect(outlook?.pMiss).toBeGreaterThan(0.99);
  });

  it("takes the volume of the rest from the locked forecast where there is one", () => {
    const forecast = new Map(Array.from({ length: 90 }, (_, i): [Day, number] => [addDays("2026-09-01", i), 2000]));
    for (let i = 0; i < 40; i++) forecast.set(addDays("2026-11-01", i), 2000);
    const { outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 800 }, 20), "2026-11-20", forecast));
    expect(outlook).toMatchObject({ forecast: "locked", remaining: { expected: 20_000 } });
  });

  it("says nothing of the end with four days of history", () => {
    const days = daysFrom(
      "2026-11-01",
      Array.from({ length: 4 }, () => ({ calls: 1000, inTime: 820 })),
    );
    const { outlook } = judge(basisOf(context, days, "2026-11-04"));
    expect(outlook).toMatchObject({
      forecast: "none",
      remaining: null,
      budget: null,
      neededRate: null,
      pMiss: null,
      projected: null,
      headroom: 100,
    });
  });

  it("is not there for a closed month", () => {
    const { outlook, verdict } = judge(basisOf(context, alike({ calls: 1000, inTime: 820 }, 30), "2026-11-30"));
    expect([outlook, verdict.status]).toEqual([null, "met"]);
  });

  it("counts the calls not abandoned as good where at most so many may be", () => {
    const answers = contextOf({
      measure: { metric: "abandonment", denominator: "answered-and-abandoned" },
      direction: "at-most",
      expected: "5 %",
    });
    const days = alike({ calls: 1000, inTime: 0 }, 20);
    const { outlook } = judge(basisOf(answers, days, "2026-11-20"));
    expect(outlook).toMatchObject({ n: 20_000, good: 20_000, budget: { events: 1500, spent: 0 } });
  });

  it("a handle time has no budget, but a needed mean and a chance", () => {
    const feed = FeedDefinition.parse({
      ...buildFeed(),
      counters: { answered: { column: "answered", required: true }, "handle-ms": { column: "h", unit: "s", required: true } },
    });
    const target = {
      ...buildAgreement().targets[0],
      measure: { metric: "aht" },
      direction: "at-most",
      expected: "400 s",
      windows: ["month"],
    };
    const handle = createContext(Agreement.parse({ ...buildAgreement(), timeZone: "UTC", targets: [target] }), [feed]);
    const basis = basisOf(handle, alike({ calls: 1000, inTime: 0 }, 20), "2026-11-20");
    const perCall = (day: Day): DayCounts | undefined => {
      const counts = basis.countsOf(day);
      if (counts === undefined) return undefined;
      const seconds = Number(day.slice(8)) % 2 === 0 ? 385 : 395;
      const totals = basis.compiled.counters.map((counter) => (counter === "answered" ? 1000 : seconds * 1_000_000));
      return { ...counts, recomputed: { ...counts.recomputed, totals } };
    };
    const { outlook } = judge({ ...basis, countsOf: perCall });
    expect(outlook).toMatchObject({ budget: null, pace: null, headroom: null, neededRate: 420_000, reach: "open" });
    expect(outlook?.projected).toBeCloseTo(390_000, -3);
    expect(outlook?.pMiss).toBeLessThan(0.01);
  });
});

describe("any outlook", () => {
  const contexts = [700, 800, 900].map((mill) => contextOf({ expected: `${mill / 10} %` }));
  const day = fc
    .record({ calls: fc.integer({ min: 1, max: 300 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ calls, share }): DayOfCalls => ({ calls, inTime: Math.round(calls * share) }));
  const month = fc.record({ days: fc.array(day, { minLength: 8, maxLength: 28 }), before: fc.integer({ min: 0, max: 14 }) });

  function outlooksOf({ days, before }: { days: readonly DayOfCalls[]; before: number }) {
    const from = addDays("2026-11-01", -before);
    const known = daysFrom(from, days);
    return contexts.map((context) => judge(basisOf(context, known, addDays(from, days.length - 1))).outlook);
  }

  it("is well formed; P(miss) is 1 when lost, 0 when safe, and never falls with the agreed level", () => {
    fc.assert(
      fc.property(month, (some) => {
        const outlooks = outlooksOf(some).map((outlook) => Outlook.parse(outlook));
        for (const { reach, pMiss } of outlooks) {
          if (reach === "lost") expect(pMiss).toBe(1);
          if (reach === "safe") expect(pMiss).toBe(0);
        }
        const chances = outlooks.map(({ pMiss }) => pMiss ?? 0);
        expect(chances.every((chance, i) => i === 0 || chance >= (chances[i - 1] ?? 0) - 1e-9)).toBe(true);
      }),
      RUNS,
    );
  });

  it("budget, spend, needed rate and pace belong together", () => {
    fc.assert(
      fc.property(month, (some) => {
        for (const [i, outlook] of outlooksOf(some).entries()) {
          if (outlook === null || outlook.budget === null || outlook.remaining === null) continue;
          const share = [0.7, 0.8, 0.9][i] ?? NaN;
          const all = outlook.n + outlook.remaining.expected;
          expect(outlook.budget.spent).toBe(outlook.n - outlook.good);
          expect(Math.abs(outlook.budget.events - Math.floor(all * (1 - share) + 1e-6))).toBe(0);
          const needed = all - outlook.budget.events - outlook.good;
          if (outlook.neededRate !== null) expect(outlook.neededRate * outlook.remaining.expected).toBeCloseTo(Math.max(0, needed), 6);
          if (outlook.pace !== null) expect(outlook.pace).toBeLessThanOrEqual(1 / (1 - share) + 1e-9);
        }
      }),
      RUNS,
    );
  });
});

describe("a verdict with its outlook", () => {
  const context = contextOf({ atRisk: { missProbability: "30 %", burn: 0.95 } });
  const { verdict, outlook } = judge(basisOf(context, alike({ calls: 1000, inTime: 820 }, 20), "2026-11-20"));
  const [compiled] = context.targets;

  function statusWith(changes: Partial<Outlook>, status: typeof verdict.status = "met") {
    if (compiled === undefined || outlook === null) throw new Error("no outlook");
    return withOutlook({ ...verdict, status }, { ...outlook, ...changes }, compiled);
  }

  it("met so far turns to at risk from the agreed chance of a miss on", () => {
    expect([statusWith({ pMiss: 0.3 }).status, statusWith({ pMiss: 0.29 }).status]).toEqual(["at-risk", "met"]);
    expect(statusWith({ pMiss: 0.3 }).reason).toBe("On the agreed side so far, but with a chance of 30 % it will be missed.");
    expect(statusWith({ pMiss: 0.3 }).trace.at(-1)).toContain("30 %");
  });

  it("or where misses come faster than agreed", () => {
    expect([statusWith({ pace: 0.96 }).status, statusWith({ pace: 0.95 }).status]).toEqual(["at-risk", "met"]);
  });

  it("what is not met stays what it is", () => {
    const others = ["no-data", "not-proven", "missed"] as const;
    expect(others.map((status) => statusWith({ pMiss: 0.9 }, status).status)).toEqual(others);
  });
});
