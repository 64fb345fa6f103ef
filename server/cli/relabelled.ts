import type { FoundDrift, SeriesWatch } from "../../shared/drift/drift-view.ts";

type LabelOf = (day: string) => string;

function relabelledDrift(drift: FoundDrift, labelOf: LabelOf): FoundDrift {
  const { day, from, to } = drift.onset;
  return {
    ...drift,
    raisedOn: labelOf(drift.raisedOn),
    onset: { day: labelOf(day), from: labelOf(from), to: labelOf(to) },
    endedOn: drift.endedOn === null ? null : labelOf(drift.endedOn),
  };
}

/** What was watched, with each subgroup under the name that it has in the file. */
export function relabelled(watch: SeriesWatch, labelOf: LabelOf): SeriesWatch {
  const { baseline, points, drift, past } = watch;
  return {
    ...watch,
    baseline: baseline === null ? null : { ...baseline, from: labelOf(baseline.from), to: labelOf(baseline.to) },
    points: points.map((point) => ({ ...point, day: labelOf(point.day) })),
    drift: drift === null ? null : relabelledDrift(drift, labelOf),
    past: past.map((one) => relabelledDrift(one, labelOf)),
  };
}
