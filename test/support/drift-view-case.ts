import { addDays } from "../../shared/calendar/day.ts";
import type { DrawnPoint, DriftView, FoundDrift } from "../../shared/drift/drift-view.ts";

/** Repeat contact has risen from 10.4 to 12.9 % since about 26 August. */
export const RISE: FoundDrift = {
  direction: "up",
  worse: true,
  by: "bank",
  raisedOn: "2026-09-06",
  onset: { day: "2026-08-26", from: "2026-08-24", to: "2026-08-28" },
  size: { estimate: 0.025, low: 0.019, high: 0.031 },
  now: { value: 0.129, n: 18_000 },
  endedOn: null,
};

function point(day: string, changes: Partial<DrawnPoint> = {}): DrawnPoint {
  const limits = { low: 0.073, high: 0.135 };
  return { day, n: 900, value: 0.11, expected: 0.104, limits, ewma: 0.105, sequence: null, counted: true, open: false, ...changes };
}

/** What watching repeat contact says on 21 September 2026. */
export function buildDriftView(changes: Partial<DriftView> = {}): DriftView {
  const baseline = {
    from: "2026-06-01",
    to: "2026-07-26",
    subgroups: 56,
    n: 48_210,
    level: 0.104,
    dispersion: 1.42,
    autocorrelation: 0.05,
  };
  return {
    targetId: "repeats",
    version: 3,
    unit: "ratio",
    worse: "up",
    state: "drifting",
    why: null,
    baseline,
    budget: { runLength: 335, watched: 57, alarms: 1 },
    month: null,
    points: Array.from({ length: 120 }, (_, index) => point(addDays("2026-05-24", index))),
    drift: RISE,
    past: [],
    cause: null,
    besides: null,
    leads: { missProbability: 0.31, missedOn: "2026-10-31" },
    atMs: 0,
    ...changes,
  };
}
