import type { FeedDefinition } from "./definition.ts";

/**
 * What a row of a feed stands for: a moment or an interval inside a day, a whole day, or a whole month. Days and months
 * are those of the feed's zone and are never re-cut.
 */
export function grainOf(feed: FeedDefinition): "interval" | "day" | "month" {
  if (feed.kind === "monthly") return "month";
  if (feed.kind === "daily" || feed.kind === "roster") return "day";
  return "date" in feed.start && feed.start.time === undefined ? "day" : "interval";
}
