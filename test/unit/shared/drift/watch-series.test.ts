import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, DAY_MS } from "../../../../shared/calendar/day.ts";
import type { DriftPoint, SeriesKind, SeriesSettings } from "../../../../shared/drift/drift-point.ts";
import { SeriesWatch } from "../../../../shared/drift/drift-view.ts";
import { watchSeries } from "../../../../shared/drift/watch-series.ts";
import { drawBinomial, drawNormal, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { randomStream, type RandomStream } from "../../../../shared/stats/random.ts";

const FIRST = "2026-01-05";
const SHARE: SeriesSettings = { kind: "share", worse: "down", runLength: 370, baseline: null };
/** 56 days of baseline and a year. */
const YEAR = 56 + 365;

function daysOf(count: number, dayOf: (i: number) => Omit<DriftPoint, "day">): DriftPoint[] {
  return Array.from({ length: count }, (_, i) => ({ day: addDays(FIRST, i), ...dayOf(i) }));
}

function shares(seed: string, days: number, levelOn: (i: number) => number): DriftPoint[] {
  const stream = randomStream(seed);
  return daysOf(days, (i) => ({ n: 500, num: drawBinomial(stream, 500, levelOn(i)) }));
}

describe("a watched series", () => {
  it("a lasting drop is told with its day, its size and the figure since", () => {
    const { state, drift, past, baseline } = watchSeries(
      shares("drop", 130, (i) => (i < 100 ? 0.8 : 0.76)),
      SHARE,
    );
    expect(state).toBe("drifting");
    expect(past).toEqual([]);
    expect(baseline?.subgroups).toBe(56);
    expect(Math.abs((baseline?.level ?? 0) - 0.8)).toBeLessThan(0.01);
    expect(drift).toMatchObject({ direction: "down", worse: true, by: "bank", endedOn: null });
    const changed = addDays(FIRST, 100);
    expect((drift?.onset.from ?? "") <= changed && changed <= (drift?.onset.to ?? "")).toBe(true);
    expect(drift?.size.low).toBeLessThan(-0.04);
    expect(drift?.size.high).toBeGreaterThan(-0.04);
    expect(Math.abs((drift?.now.value ?? 0) - 0.76)).toBeLessThan(0.01);
  });

  it("a drop that is over has an end, and the next one is seen again", () => {
    const level = (i: number): number => ((i >= 80 && i < 100) || i >= 140 ? 0.74 : 0.8);
    const { state, drift, past } = watchSeries(shares("over", 160, level), SHARE);
    expect(state).toBe("drifting");
    expect(past.length).toBe(1);
    const ended = Date.parse(past[0]?.endedOn ?? "");
    expect(Math.abs(ended - Date.parse(addDays(FIRST, 100)))).toBeLessThanOrEqual(3 * DAY_MS);
    expect(drift?.onset.day).toBe(addDays(FIRST, 140));
  });

  it("a level that creeps away by a tenth of a point a day is told, however slowly", () => {
    const { state, drift } = watchSeries(
      shares("creep", 56 + 120, (i) => 0.8 - Math.max(0, i - 56) * 0.0005),
      SHARE,
    );
    expect(state).toBe("drifting");
    expect(drift?.direction).toBe("down");
  });

  it("an improvement is told as one that is not worse", () => {
    expect(
      watchSeries(
        shares("better", 120, (i) => (i < 90 ? 0.8 : 0.86)),
        SHARE,
      ).drift,
    ).toMatchObject({ direction: "up", worse: false });
  });

  it("one day far out is told as gross, and ends by itself", () => {
    const points = shares("gross", 120, (i) => (i === 90 ? 0.6 : 0.8));
    const { state, past } = watchSeries(points, { ...SHARE, runLength: 20_000 });
    expect(state).toBe("steady");
    expect(past.map(({ by, raisedOn }) => [by, raisedOn])).toEqual([["gross", addDays(FIRST, 90)]]);
  });

  it("a drift of few events stands although most of its days have none, and ends when they stay away", () => {
    const stream = randomStream("few leavers");
    const usual = (i: number): number => (i >= 80 && i < 110 ? 0.8 : 0.1);
    const points = daysOf(230, (i) => ({ n: 100, num: drawPoisson(stream, usual(i)) }));
    const settings = { ...SHARE, kind: "rate", worse: "up" } as const;
    const standing = watchSeries(points.slice(0, 110), settings);
    expect(standing).toMatchObject({ state: "drifting", past: [], drift: { by: "events", direction: "up" } });
    const { state, past } = watchSeries(points, settings);
    expect(state).toBe("steady");
    expect(past).toHaveLength(1);
    expect(Math.abs(Date.parse(past[0]?.endedOn ?? "") - Date.parse(addDays(FIRST, 110)))).toBeLessThanOrEqual(7 * DAY_MS);
  });

  it("too few days are being learned from, and the state says how many are known", () => {
    expect(
      watchSeries(
        shares("few", 16, () => 0.8),
        SHARE,
      ),
    ).toMatchObject({ state: "learning", why: "16 of 25 days known", baseline: null });
    expect(
      watchSeries(
        shares("few", 40, () => 0.8),
        SHARE,
      ),
    ).toMatchObject({ state: "learning", why: "40 of 56 days known" });
    expect(watchSeries([], SHARE).state).toBe("learning");
    const agreed = { from: FIRST, to: addDays(FIRST, 27) };
    expect(
      watchSeries(
        shares("few", 40, () => 0.8),
        { ...SHARE, baseline: agreed },
      ),
    ).toMatchObject({ state: "steady", budget: { watched: 12 } });
  });

  it("a figure that never changes cannot be watched", () => {
    const points = daysOf(80, () => ({ n: 3, num: 300 }));
    expect(watchSeries(points, { ...SHARE, kind: "mean" })).toMatchObject({ state: "unusable" });
  });

  it("few events a day are decided on by betting, leavers too", () => {
    const stream = randomStream("few events");
    const few = daysOf(150, (i) => ({ n: 20, num: drawBinomial(stream, 20, i < 100 ? 0.05 : 0.2) }));
    expect(watchSeries(few, { ...SHARE, worse: "up" }).drift).toMatchObject({ by: "e-detector", direction: "up", worse: true });
    const leavers = daysOf(200, (i) => ({ n: 100, num: drawPoisson(stream, i < 100 ? 0.4 : 2) }));
    expect(watchSeries(leavers, { ...SHARE, kind: "rate", worse: "up" }).drift).toMatchObject({ by: "events", direction: "up" });
  });

  it("the first leaver of a small team in which nobody ever left is no drift, and neither is a month without any", () => {
    const none = daysOf(120, (i) => ({ n: 40, num: i === 60 ? 1 : 0 }));
    expect(watchSeries(none, { ...SHARE, kind: "rate", worse: "up" })).toMatchObject({ state: "steady", past: [] });
    const few = daysOf(90, (i) => ({ n: 40, num: i < 60 && i % 12 === 0 ? 1 : 0 }));
    expect(watchSeries(few, { ...SHARE, kind: "rate", worse: "up" }).budget.alarms).toBe(0);
  });

  it("handle times that fall by a tenth are told in milliseconds", () => {
    const stream = randomStream("handle times");
    const points = daysOf(120, (i) => ({
      n: 200,
      num: Math.round(200 * 300_000 * Math.exp(0.03 * drawNormal(stream)) * (i < 90 ? 1 : 0.9)),
    }));
    const { drift } = watchSeries(points, { ...SHARE, kind: "log-mean", worse: "both" });
    expect(drift).toMatchObject({ direction: "down", worse: true });
    expect(Math.abs((drift?.size.estimate ?? 0) + 30_000)).toBeLessThan(4_000);
  });

  it("days that are open or left out are drawn and change nothing else", () => {
    const points = shares("left out", 120, (i) => (i < 100 ? 0.8 : 0.76));
    const wild = points.map((point, i): DriftPoint =>
      i % 10 === 3 ? { ...point, num: 5, ...(i % 20 === 3 ? { open: true } : { leftOut: true }) } : point,
    );
    const without = watchSeries(
      wild.filter((_, i) => i % 10 !== 3),
      SHARE,
    );
    const { points: drawn, ...watched } = watchSeries(wild, SHARE);
    const { points: _, ...expected } = without;
    expect(watched).toEqual(expected);
    expect(drawn.filter(({ open }) => open).length).toBe(12);
  });
});

type Quiet = (stream: RandomStream) => (i: number) => Omit<DriftPoint, "day">;

const WEEK = [0.9, 0.5, 0, -0.3, -0.6, 1.4, -1.9];
const QUIET: readonly { readonly name: string; readonly kind: SeriesKind; readonly of: Quiet }[] = [
  { name: "normal", kind: "mean", of: (stream) => () => ({ n: 1, num: 100 + 10 * drawNormal(stream) }) },
  { name: "weekly season", kind: "mean", of: (stream) => (i) => ({ n: 1, num: 100 + 10 * (drawNormal(stream) + (WEEK[i % 7] ?? 0)) }) },
  {
    name: "autocorrelation .3",
    kind: "mean",
    of: (stream) => {
      let noise = drawNormal(stream);
      return () => {
        noise = 0.3 * noise + Math.sqrt(1 - 0.09) * drawNormal(stream);
        return { n: 1, num: 100 + 10 * noise };
      };
    },
  },
  {
    name: "over-dispersed shares",
    kind: "share",
    of: (stream) => () => ({ n: 400, num: drawBinomial(stream, 400, 0.8 + 0.03 * drawNormal(stream)) }),
  },
  { name: "small samples", kind: "share", of: (stream) => () => ({ n: 20, num: drawBinomial(stream, 20, 0.05) }) },
  { name: "leavers", kind: "rate", of: (stream) => () => ({ n: 100, num: drawPoisson(stream, 0.5) }) },
];
const YEARS = process.env["ACCORD_TESTS"] === "full" ? 1_000 : 60;

describe("the budget of false alarms", () => {
  it.each(QUIET)("is kept over years of $name in which nothing moves", ({ name, kind, of }) => {
    let [alarms, watched] = [0, 0];
    for (let year = 0; year < YEARS; year++) {
      const { budget } = watchSeries(daysOf(YEAR, of(randomStream(`${name} ${year}`))), { ...SHARE, kind });
      alarms += budget.alarms;
      watched += budget.watched;
    }
    const allowed = watched / SHARE.runLength;
    expect(alarms).toBeLessThan(allowed + 2 * Math.sqrt(allowed));
  });
});

describe("whatever comes in", () => {
  const anyPoint = fc.record({
    n: fc.constantFrom(0, 1, 7, 300),
    num: fc.double({ min: 0, max: 1, noNaN: true }),
    squares: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
    open: fc.boolean(),
  });

  it("a day with none of its usual thousands is finite evidence, and does not blind the watch", () => {
    // One error a day among 1,000, then a day on which all failed, and months at 60 %.
    const levelOf = (i: number): number => (i < 80 ? 999 : i < 81 ? 0 : i < 140 ? 999 : 600);
    const watch = watchSeries(
      daysOf(200, (i) => ({ n: 1000, num: levelOf(i) })),
      SHARE,
    );
    expect(SeriesWatch.parse(watch)).toEqual(watch);
    expect(watch.drift).toMatchObject({ direction: "down", onset: { day: addDays(FIRST, 140) } });
  });

  it("weekdays that alone make days differ leave those that are closed without an effect", () => {
    const points = daysOf(120, (i) => ({ n: 1000, num: 900 + (i % 7) })).filter((_, i) => i % 7 < 5);
    const watch = watchSeries(points, { ...SHARE, kind: "mean" });
    expect(SeriesWatch.parse(watch)).toEqual(watch);
  });

  it("figures a hundred powers of ten apart are unusable, with a reason, and no exception", () => {
    const { state, why } = watchSeries(
      daysOf(120, (i) => ({ n: 1, num: i < 30 ? 1e-300 : 1 + (i % 3) })),
      { ...SHARE, kind: "log-mean" },
    );
    expect({ state, why }).toEqual({ state: "unusable", why: "Its figures lie too far apart to be reckoned with." });
  });

  it("the answer has only numbers, and does not depend on the order of the points", () => {
    fc.assert(
      fc.property(
        fc.array(anyPoint, { minLength: 20, maxLength: 90 }),
        fc.constantFrom<SeriesKind>("share", "mean", "log-mean", "rate"),
        (raw, kind) => {
          const points = raw.map(({ n, num, squares, open }, i): DriftPoint => ({
            day: addDays(FIRST, i),
            n,
            num: Math.round(num * n),
            ...(squares === undefined ? {} : { squares: squares * n }),
            ...(open && i % 5 === 0 ? { open: true } : {}),
          }));
          const settings = { ...SHARE, kind, baseline: { from: FIRST, to: addDays(FIRST, 24) } };
          const watch = watchSeries(points, settings);
          expect(SeriesWatch.parse(watch)).toEqual(watch);
          expect(watchSeries(points.toReversed(), settings)).toEqual(watch);
        },
      ),
      { numRuns: 60 },
    );
  });
});
