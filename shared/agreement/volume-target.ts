import type { FeedDefinition } from "../feeds/definition.ts";
import { answersFor } from "../facts/answerable.ts";
import type { Formula } from "../metrics/measure.ts";
import type { Agreement, Target, VolumeBand } from "./agreement.ts";
import type { CompiledTarget } from "./compiled.ts";
import { type AgreementHours, scopeOf } from "./scope.ts";

/** The hidden target whose day sums are the volume that a band is judged by. */
export const VOLUME_TARGET = "@volume";

const OFFERED: Formula = {
  unit: "ratio",
  numerator: [{ counter: "offered", weight: 1 }],
  denominator: [{ counter: "offered", weight: 1 }],
  sampled: false,
  says: "contacts offered",
};

interface VolumeParts {
  readonly agreement: Agreement;
  readonly band: VolumeBand;
  readonly feeds: readonly FeedDefinition[];
  readonly hours: AgreementHours;
}

/** The contacts offered in all queues, each in its own hours, kept like the sums of any other target; it has no windows. */
export function volumeTarget({ agreement, band, feeds, hours }: VolumeParts): CompiledTarget {
  const feed = feeds.find(({ id }) => id === band.feed);
  const target: Target = {
    id: VOLUME_TARGET,
    name: "Volume",
    class: "objective",
    feed: band.feed,
    queues: "all",
    measure: { metric: "answer-rate", denominator: "offered" },
    direction: "at-least",
    expected: "0 %",
    aggregation: { by: "ratio-of-sums" },
    windows: [],
    minimumSample: 0,
    onLowSample: "not-proven",
    onNoData: "no-data",
    measuredBy: "accord",
  };
  return {
    target,
    base: VOLUME_TARGET,
    member: null,
    scope: scopeOf(agreement, hours, target),
    formula: OFFERED,
    unit: "ratio",
    counters: ["offered"],
    expected: { mantissa: 0, dp: 0 },
    minimum: null,
    notBelow: null,
    stretch: null,
    pieceLevel: null,
    ramp: [],
    lacks: feed !== undefined && answersFor(feed, "offered") ? null : `the feed "${band.feed}" has no count of calls offered`,
  };
}
