import type { FeedDefinition } from "../../shared/feeds/definition.ts";

/**
 * Days whose counts must be taken anew because their time has come: a plan is handed in before its days, and nothing is
 * judged by it until they begin.
 *
 * @param passed local days that began or ended since the last evaluation.
 * @returns members of the set of dirty days.
 */
export function plannedDays(feeds: readonly FeedDefinition[], passed: readonly string[]): string[] {
  return feeds.filter(({ kind }) => kind === "schedule" || kind === "forecast").flatMap(({ id }) => passed.map((day) => `${id}|${day}`));
}
