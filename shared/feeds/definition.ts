import { z } from "zod";
import { contradictionsIn } from "./definition-contradictions.ts";
import { ContactFeed, DailyFeed, ForecastFeed, IntervalFeed, MonthlyFeed } from "./feed-kinds.ts";
import { QaFeed, RosterFeed, ScheduleFeed, SurveyFeed } from "./record-kinds.ts";

/** How one provider's file becomes canonical rows. The documented schema is `docs/feeds.md`. */
export const FeedDefinition = z
  .discriminatedUnion("kind", [
    ContactFeed,
    IntervalFeed,
    DailyFeed,
    MonthlyFeed,
    SurveyFeed,
    QaFeed,
    RosterFeed,
    ScheduleFeed,
    ForecastFeed,
  ])
  .superRefine((definition, context) => {
    for (const { path, message } of contradictionsIn(definition)) context.addIssue({ code: "custom", path: [...path], message });
  });
/** What the rows of a feed are. */
export const FeedKind = z.enum(["contact", "interval", "daily", "monthly", "survey", "qa", "roster", "schedule", "forecast"]);

export type FeedDefinition = z.infer<typeof FeedDefinition>;
