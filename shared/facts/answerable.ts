import type { ClaimId, Layout } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { type CounterId, withinLimit } from "../metrics/counter.ts";

/** Whether a feed of contacts or counts can ever answer for a counter. */
export function answersFor(feed: FeedDefinition, counter: CounterId): boolean {
  if (feed.kind !== "contact") return Object.keys(feed.counters).includes(counter);
  if (withinLimit(counter) !== null || counter.endsWith("-wait-ms")) return feed.durations.wait !== undefined;
  switch (counter) {
    case "handle-ms":
      return feed.durations.handle !== undefined;
    case "talk-ms":
      return feed.durations.talk !== undefined;
    case "hold-ms":
      return feed.durations.hold !== undefined;
    case "acw-ms":
      return feed.durations.acw !== undefined;
    default:
      return counter.startsWith("csat-") ? feed.csat !== undefined : true;
  }
}

/** The layout of a contact feed's intervals: the counters its targets need, in a fixed order, and no claims. */
export function contactLayout(counters: Iterable<CounterId>): Layout {
  const claims: ClaimId[] = [];
  return { counters: [...new Set(counters)].toSorted(), claims };
}
