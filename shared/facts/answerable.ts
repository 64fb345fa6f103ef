import type { ClaimId, ContactOutcome, Layout } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { ContactFeed } from "../feeds/feed-kinds.ts";
import { type CounterId, waitedOverLimit, withinLimit } from "../metrics/counter.ts";
import { qaAnswersFor, rosterAnswersFor, scheduleAnswersFor, surveyAnswersFor } from "./records-answer.ts";

/**
 * Whether a feed of contacts or counts can ever answer for a counter. A feed of contacts knows the outcomes that its
 * rules name: where none says "abandoned", nobody knows how many abandoned, and that is not zero. What it counts is
 * corrected by differences, so it has no longest wait: taking a contact away does not say which wait is longest now.
 */
export function answersFor(feed: FeedDefinition, counter: CounterId): boolean {
  switch (feed.kind) {
    case "contact":
      return contactsAnswerFor(feed, counter);
    case "survey":
      return surveyAnswersFor(feed, counter);
    case "qa":
      return qaAnswersFor(feed, counter);
    case "roster":
      return rosterAnswersFor(feed, counter);
    case "schedule":
      return scheduleAnswersFor(feed, counter);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return Object.keys(feed.counters).includes(counter);
  }
}

function contactsAnswerFor(feed: ContactFeed, counter: CounterId): boolean {
  const knows = (outcome: ContactOutcome): boolean => feed.outcome.some(({ is }) => is === outcome);
  const within = withinLimit(counter);
  if (within !== null) return feed.durations.wait !== undefined && knows(within.outcome);
  if (waitedOverLimit(counter) !== null) return feed.durations.wait !== undefined && knows("answered") && knows("abandoned");
  switch (counter) {
    case "offered":
    case "queued":
      return knows("answered") && knows("abandoned");
    case "answered":
    case "abandoned":
    case "flowed-out":
    case "missed":
      return knows(counter);
    case "answer-wait-ms":
      return feed.durations.wait !== undefined && knows("answered");
    case "abandon-wait-ms":
      return feed.durations.wait !== undefined && knows("abandoned");
    case "handle-ms":
      return feed.durations.handle !== undefined && knows("answered");
    case "talk-ms":
      return feed.durations.talk !== undefined && knows("answered");
    case "hold-ms":
      return feed.durations.hold !== undefined && knows("answered");
    case "acw-ms":
      return feed.durations.acw !== undefined && knows("answered");
    case "csat-1":
    case "csat-2":
    case "csat-3":
    case "csat-4":
    case "csat-5":
      return feed.csat !== undefined;
    default:
      return false;
  }
}

/** The layout of a keyed feed's intervals: the counters its targets need, in a fixed order, and no claims. */
export function countedLayout(counters: Iterable<CounterId>): Layout {
  const claims: ClaimId[] = [];
  return { counters: [...new Set(counters)].toSorted(), claims };
}
