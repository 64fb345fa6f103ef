import type { ContactFeed, CountFeed } from "./feed-kinds.ts";
import type { QaFeed, RosterFeed, ScheduleFeed, SurveyFeed } from "./record-kinds.ts";

/** A feed of any kind, for the parts that the check of a definition is itself made of. */
export type AnyFeed = ContactFeed | CountFeed | SurveyFeed | QaFeed | RosterFeed | ScheduleFeed;
