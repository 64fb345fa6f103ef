import { createZone, type Zone } from "../calendar/zone.ts";
import { contactLayout } from "../facts/answerable.ts";
import type { Layout } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { layoutOf } from "../feeds/layout.ts";
import type { Agreement } from "./agreement.ts";
import { type CompiledTarget, compileTargets } from "./compiled.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** An agreement version with its feeds, made ready once for counting and evaluating. */
export interface AgreementContext {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
  readonly zone: Zone;
  readonly targets: readonly CompiledTarget[];
  /** How the intervals of each feed are laid out in the store. */
  readonly layouts: ReadonlyMap<string, Layout>;
  feed(id: string): FeedDefinition | undefined;
  layout(feedId: string): Layout;
  /** Length of a feed's stored intervals; a day for daily feeds. */
  intervalMs(feedId: string): number;
}

/** Contact feeds keep the counters that the targets need; other feeds what their file gives. */
function layoutFor(feed: FeedDefinition, targets: readonly CompiledTarget[]): Layout {
  if (feed.kind !== "contact") return layoutOf(feed);
  const needed = targets.filter(({ target, lacks }) => target.feed === feed.id && lacks === null).flatMap(({ counters }) => counters);
  return contactLayout(["offered", "answered", "abandoned", ...needed]);
}

const NOTHING: Layout = { counters: [], claims: [] };

/** @throws RangeError for an unknown zone or a level that does not fit; `checkAgreement` reports both beforehand. */
export function createContext(agreement: Agreement, feeds: readonly FeedDefinition[]): AgreementContext {
  const targets = compileTargets(agreement, feeds);
  const layouts = new Map(feeds.map((feed) => [feed.id, layoutFor(feed, targets)]));
  const feed = (id: string): FeedDefinition | undefined => feeds.find((candidate) => candidate.id === id);
  return {
    agreement,
    feeds,
    zone: createZone(agreement.timeZone),
    targets,
    layouts,
    feed,
    layout: (id) => layouts.get(id) ?? NOTHING,
    intervalMs: (id) => {
      const found = feed(id);
      if (found?.kind === "daily") return DAY_MS;
      return (found?.kind === "interval" ? found.intervalMinutes : agreement.intervalMinutes) * MINUTE_MS;
    },
  };
}
