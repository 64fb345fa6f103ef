import { DAY_MS } from "../calendar/day.ts";
import type { Fault } from "./problem-list.ts";

/**
 * The latest start that a row of a file may have. A file may list the rest of its own day; what lies further ahead
 * cannot have happened. One such row would stretch the agreement's history to its misread date.
 *
 * @param handedInMs when the file was handed in.
 */
export function latestStart(handedInMs: number): number {
  return handedInMs + DAY_MS;
}

export const IN_THE_FUTURE: Fault = {
  rule: "in-the-future",
  message: "lies in the future of the day on which the file was handed in",
  remedy: "Correct the date, or its format or time zone in the feed's definition",
};
