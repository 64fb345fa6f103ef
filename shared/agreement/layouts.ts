import { answersFor, countedLayout } from "../facts/answerable.ts";
import type { Layout } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { layoutOf } from "../feeds/layout.ts";
import type { CounterId } from "../metrics/counter.ts";
import { countersOf, formulasOf } from "../metrics/formula.ts";
import { variantsOf } from "../metrics/variants.ts";
import type { Agreement, Target } from "./agreement.ts";
import { compileTarget } from "./compiled.ts";

const NOTHING: Layout = { counters: [], claims: [] };

/** What a keyed feed counts whoever asks. */
const ALWAYS = {
  contact: ["offered", "answered", "abandoned"],
  survey: ["survey-responses"],
  qa: ["monitored"],
  roster: ["headcount-days"],
  schedule: ["scheduled-ms"],
} as const satisfies Record<string, readonly CounterId[]>;

/** What every variant of a measure needs of the feed, so that they can be compared without the contacts. */
function variantCounters(feed: FeedDefinition, { measure }: Target): CounterId[] {
  const counters = variantsOf(measure).flatMap((variant) => formulasOf(variant).flatMap(countersOf));
  return counters.filter((counter) => answersFor(feed, counter));
}

function neededOf(agreement: Agreement, feeds: readonly FeedDefinition[], feed: FeedDefinition): CounterId[] {
  return agreement.targets.flatMap((target) => {
    if (target.feed !== feed.id) return [];
    const { counters, lacks } = compileTarget(agreement, feeds, target);
    return [...(lacks === null ? counters : []), ...variantCounters(feed, target)];
  });
}

/** The counters of an earlier layout keep their places; those that a later version adds come behind them. */
function grown(known: Layout, always: readonly CounterId[], needed: readonly CounterId[]): Layout {
  const { counters } = countedLayout([...always, ...needed]);
  return { counters: [...known.counters, ...counters.filter((counter) => !known.counters.includes(counter))], claims: [] };
}

/**
 * How the intervals of each feed are stored, for all versions of an agreement alike: keyed feeds keep the counters that
 * any version needs, other feeds what their file gives.
 *
 * @param agreements the versions, oldest first.
 */
export function layoutsOf(agreements: readonly Agreement[], feeds: readonly FeedDefinition[]): Map<string, Layout> {
  return new Map(
    feeds.map((feed) => {
      if ("counters" in feed) return [feed.id, layoutOf(feed)];
      const always = ALWAYS[feed.kind];
      const layout = agreements.reduce((known, agreement) => grown(known, always, neededOf(agreement, feeds, feed)), NOTHING);
      return [feed.id, layout];
    }),
  );
}
