import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../../shared/calendar/day.ts";
import type { DriftPoint, SeriesKind } from "../../../../shared/drift/drift-point.ts";
import { fitBaseline } from "../../../../shared/drift/fit-baseline.ts";
import { readPoints } from "../../../../shared/drift/reading.ts";
import { scorePoints } from "../../../../shared/drift/score-points.ts";
import { watchRules } from "../../../../shared/drift/watch-rules.ts";
import { startWatching, watchStep, type WatchEvent, type WatchState } from "../../../../shared/drift/watch-state.ts";

const BASELINE_DAYS = 30;

/** Days of 10 or 400 contacts; the first make the baseline. */
const anySeries = fc
  .record({
    kind: fc.constantFrom<SeriesKind>("share", "mean", "log-mean", "rate"),
    n: fc.constantFrom(10, 400),
    shares: fc.array(fc.double({ min: 0.02, max: 0.98, noNaN: true }), { minLength: BASELINE_DAYS + 5, maxLength: 90 }),
  })
  .map(({ kind, n, shares }) => ({
    kind,
    points: shares.map((share, i): DriftPoint => ({ day: addDays("2026-01-05", i), n, num: Math.max(1, Math.round(n * share)) })),
  }));

function watcherOf(kind: SeriesKind, points: readonly DriftPoint[]) {
  const readings = readPoints(points, kind);
  const baseline = fitBaseline(readings.slice(0, BASELINE_DAYS), kind);
  const rules = watchRules(baseline, 50);
  const scored = scorePoints(readings, baseline, readings[BASELINE_DAYS - 1]?.at ?? 0);
  const fold = (state: WatchState, from: number, to: number): { state: WatchState; events: (WatchEvent | null)[] } => {
    const events: (WatchEvent | null)[] = [];
    for (const point of scored.slice(from, to)) {
      const step = watchStep(state, point, rules);
      ({ state } = step);
      events.push(step.event);
    }
    return { state, events };
  };
  return { start: startWatching(rules), fold, length: scored.length };
}

function snapshot(state: WatchState): WatchState {
  return JSON.parse(JSON.stringify(state));
}

describe("the watching of a series", () => {
  it("a fold that goes on from a snapshot ends where a fold over all ends", () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 0, max: 1, noNaN: true }), ({ kind, points }, place) => {
        const { start, fold, length } = watcherOf(kind, points);
        const cut = Math.floor(place * length);
        const [first, whole] = [fold(start, 0, cut), fold(start, 0, length)];
        const rest = fold(snapshot(first.state), cut, length);
        expect(rest.state).toEqual(whole.state);
        expect([...first.events, ...rest.events]).toEqual(whole.events);
      }),
      { numRuns: 60 },
    );
  });

  it("a day that is told anew is replayed from the snapshot before it", () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 0, max: 1, noNaN: true }), ({ kind, points }, place) => {
        const at = BASELINE_DAYS + Math.floor(place * (points.length - BASELINE_DAYS - 1));
        const anew = points.map((point, i) => (i === at ? { ...point, num: Math.max(1, point.n - point.num) } : point));
        const [before, after] = [watcherOf(kind, points), watcherOf(kind, anew)];
        const kept = snapshot(before.fold(before.start, 0, at).state);
        expect(after.fold(kept, at, after.length).state).toEqual(after.fold(after.start, 0, after.length).state);
      }),
      { numRuns: 60 },
    );
  });

  it("events come by turns: raised, ended, raised", () => {
    fc.assert(
      fc.property(anySeries, ({ kind, points }) => {
        const { start, fold, length } = watcherOf(kind, points);
        const kinds = fold(start, 0, length).events.flatMap((event) => (event === null ? [] : [event.kind]));
        expect(kinds).toEqual(kinds.map((_, i) => (i % 2 === 0 ? "raised" : "ended")));
      }),
      { numRuns: 40 },
    );
  });
});
