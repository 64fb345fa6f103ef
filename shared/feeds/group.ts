import { z } from "zod";
import type { FeedDefinition } from "./definition.ts";
import { ColumnName } from "./definition-parts.ts";

/** A feed by its id with its agreement: `acme-voice.calls`. */
const FeedId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}\.[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be a feed such as acme-voice.calls" });

/** How a file that covers several agreements is taken apart: the value of one column says whose row it is. */
export const NewFeedGroup = z.strictObject({
  name: z.string().min(1).max(80),
  /** Named exactly as in the file, but for surrounding spaces. */
  column: ColumnName,
  /** What the column says, and to which feed such rows go. */
  routes: z.record(z.string().min(1).max(80), FeedId).refine((routes) => Object.keys(routes).length > 0, { error: "must name a value" }),
  /** A row with any other value refuses the whole file, or is left out and told to whoever handed it in. */
  unknown: z.enum(["refuse", "ignore-with-note"]),
});

export const FeedGroup = NewFeedGroup.extend({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -, not starting with -" }),
});
export type FeedGroup = z.infer<typeof FeedGroup>;

/** The feeds of a group, each once, in order. */
export function feedsOf({ routes }: Pick<FeedGroup, "routes">): string[] {
  return [...new Set(Object.values(routes))].toSorted();
}

function hasBlankLineRule({ skip = [] }: FeedDefinition): boolean {
  return skip.some((rule) => "after" in rule);
}

/** Why feeds cannot share files, in plain words; `null` when they can. */
export function groupProblem(feeds: readonly FeedDefinition[]): string | null {
  const shapes = new Set(feeds.map(({ format, skip }) => JSON.stringify([format, skip ?? []])));
  if (feeds.some(({ format }) => format.type !== "delimited")) return "Only delimited text can be taken apart by a column.";
  if (shapes.size > 1) return "The feeds of a group read the same files, so their format and skip must be the same.";
  if (feeds.some(hasBlankLineRule))
    return "A feed of a group cannot skip what comes after a blank line: rows of others become blank lines.";
  return null;
}
