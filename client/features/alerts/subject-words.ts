import { startedName } from "../../live/window-words.ts";
import { weekdayWords } from "../../ui/zone-time.ts";
import type { ListedAlert } from "./listed-alert.ts";

const DEADLINES = { claim: "decision on a claim", notice: "notice", credit: "credit", report: "report" } as const;

/** What an alert is about, in the line above its finding. */
export function subjectWords({ alert: { subject }, feedName }: ListedAlert): string {
  switch (subject.kind) {
    case "target":
    case "outlook":
    case "no-return":
    case "spend":
      return subject.window === "day" ? weekdayWords(subject.start) : startedName({ kind: subject.window, start: subject.start });
    case "drift":
      return "drift";
    case "question":
      return "question";
    case "feed":
    case "feed-suspect":
    case "corrections":
      return feedName ?? subject.feed;
    case "provider":
      return "all feeds of the provider";
    case "restatement":
      return `receipt ${subject.receipt}`;
    case "deadline":
      return `deadline: ${DEADLINES[subject.deadline]} ${subject.ref}`;
    case "pipeline":
    case "canary":
      return "Accord itself";
  }
}

/** The target, its queues or the feed that an alert is about, by the names people know. */
export function aboutWords({ alert: { subject }, agreement, feedName }: ListedAlert): readonly string[] {
  if ("targetId" in subject) {
    const target = agreement.targets.find(({ id }) => id === subject.targetId);
    if (target === undefined) return [];
    return [target.name, ...(target.queues === "all" ? [] : target.queues)];
  }
  return feedName === null ? [] : [feedName];
}
