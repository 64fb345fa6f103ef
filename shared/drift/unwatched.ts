import type { SeriesSettings } from "./drift-point.ts";
import type { SeriesWatch } from "./drift-view.ts";
import { ewmaStep, startEwma } from "./ewma.ts";
import { mayCount, unscaled, valueOf, type Reading } from "./reading.ts";

/** A series that cannot be watched, or not yet, and why. */
export interface Unwatched {
  readonly state: "learning" | "unusable";
  readonly why: string;
  readonly readings: readonly Reading[];
  readonly settings: SeriesSettings;
}

/** What is shown of it: its points and their line, without limits, because nothing says yet what is usual. */
export function unwatched({ state, why, readings, settings }: Unwatched): SeriesWatch {
  const { kind, runLength } = settings;
  let line = startEwma(readings[0]?.x ?? 0);
  const points = readings.map((reading) => {
    if (mayCount(reading)) line = ewmaStep(line, reading.x);
    const value = valueOf(reading.point);
    const ewma = unscaled(line.mean, kind);
    const limits = { low: value, high: value };
    const { day, n, sample } = reading.point;
    return { day, n: sample ?? n, value, expected: ewma, limits, ewma, sequence: null, counted: false, open: !mayCount(reading) };
  });
  return { state, why, baseline: null, budget: { runLength, watched: 0, alarms: 0 }, points, drift: null, past: [], month: null };
}
