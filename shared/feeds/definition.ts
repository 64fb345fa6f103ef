import { z } from "zod";
import { contradictionsIn } from "./definition-contradictions.ts";
import { ContactFeed, DailyFeed, IntervalFeed } from "./feed-kinds.ts";

/** How one provider's file becomes canonical rows. The documented schema is `docs/feeds.md`. */
export const FeedDefinition = z.discriminatedUnion("kind", [ContactFeed, IntervalFeed, DailyFeed]).superRefine((definition, context) => {
  for (const { path, message } of contradictionsIn(definition)) context.addIssue({ code: "custom", path: [...path], message });
});
export type FeedDefinition = z.infer<typeof FeedDefinition>;
