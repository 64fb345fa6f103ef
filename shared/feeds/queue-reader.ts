import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

const MOST = 80;
// Control characters, and the marks that turn the direction of text around so that names look like others.
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with a text as a name of something, if anything. */
export function nameFault(text: string, most: number): Fault | null {
  if (text.length > most) return { rule: "too-long", message: `is longer than ${most} characters`, remedy: "Send the short name" };
  if (UNSEEN.test(text))
    return { rule: "control-character", message: "has characters that cannot be seen", remedy: "Remove control and direction characters" };
  return null;
}

const UNKNOWN: Fault = {
  rule: "unknown-queue",
  message: "is not among the queues that the feed's definition knows",
  remedy: "Correct the name, or add it to the known queues in the definition",
};

/** Reads the queue of a row; "" where a problem was noted that refuses the row. */
export type QueueCell = (cells: Cells) => string;

/** Compiles the queue: a constant, or a column whose unknown values are refused or kept with a warning. */
export function compileQueue(queue: FeedDefinition["queue"], { header, missing, problems }: FileContext): QueueCell {
  if ("constant" in queue) {
    const { constant } = queue;
    return () => constant;
  }
  const { column, unknown } = queue;
  const { position } = placeOf(column, header);
  const known = new Set(queue.known);
  return (cells) => {
    const text = cells[position] ?? "";
    if (known.has(text)) return text;
    const name = text.trim();
    const place = { column, value: text };
    if (isMissing(text, missing)) problems.add("error", place, MISSING_VALUE);
    else if (known.has(name)) return name;
    else {
      const fault = nameFault(name, MOST);
      if (fault === null && known.size === 0) return name;
      if (fault === null && unknown === "keep-with-warning") {
        problems.add("warning", place, UNKNOWN);
        return name;
      }
      problems.add("error", place, fault ?? UNKNOWN);
    }
    return "";
  };
}
