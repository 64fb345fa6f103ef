import type { FeedDefinition } from "../../feeds/definition.ts";
import { type DocumentProblem, doubt } from "./document-problem.ts";

/** Schedules whose entries nothing but agent and start names: one that is moved to another time is then a second one. */
export function lintSchedules(feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const unnamed = feeds.filter((feed) => feed.kind === "schedule" && feed.recordId === undefined && feed.replaces !== "period");
  return unnamed.map(({ id }) =>
    doubt(`feeds.${id}.recordId`, {
      message:
        "Agent and start are all that names an entry, so one that is moved to another time stays beside the new one, and both count.",
      dispute: "Scheduled time grows with every change of the rota, and nobody can say which entries still hold.",
      remedy: "Name the columns that tell an entry for ever (recordId), or let each file replace the days it covers (replaces: period).",
    }),
  );
}
