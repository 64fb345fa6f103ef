import { deceptionIn, skeletonOf } from "./look-alike.ts";
import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

const MOST = 80;
/** The same few queues stand in row after row; hostile input cannot fill the memory. */
const REMEMBERED = 1000;
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

/** A name that only looks like a known one, with the character that tells them apart. */
function lookAlike(name: string, known: string): Fault {
  return {
    rule: "look-alike-queue",
    message: `looks like the known queue "${known}" and is another: ${deceptionIn(name) || deceptionIn(known)}`,
    remedy: "Type the name anew in plain letters",
  };
}

/** Names that a file may use for known queues: their own, and their former ones, however their letters are composed. */
function namesOf(known: readonly string[], renamed: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const own = known.flatMap((name): [string, string][] => [
    [name, name],
    [name.normalize("NFC"), name],
  ]);
  const former = Object.entries(renamed).flatMap(([old, name]): [string, string][] => [
    [old, name],
    [old.normalize("NFC"), name],
  ]);
  return new Map([...former, ...own]);
}

/** Reads the queue of a row, in NFC unless the definition lists it otherwise; "" where a problem was noted that refuses the row. */
export type QueueCell = (cells: Cells) => string;

/** Compiles the queue: a constant, or a column whose unknown values are refused or kept with a warning. */
export function compileQueue(queue: FeedDefinition["queue"], { header, missing, problems }: FileContext): QueueCell {
  if ("constant" in queue) {
    const { constant } = queue;
    return () => constant;
  }
  const { column, known, unknown, blank } = queue;
  const { position } = placeOf(column, header);
  const names = namesOf(known, queue.renamed ?? {});
  const drawn = new Map(known.map((name) => [skeletonOf(name), name]));
  const seen = new Map<string, string>();
  const newName = (name: string, text: string): string => {
    const place = { column, value: text };
    const fault = nameFault(name, MOST);
    if (fault === null && known.length === 0) {
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(text, name);
      return name;
    }
    const like = drawn.get(skeletonOf(name));
    const disguised = like !== undefined && deceptionIn(name) + deceptionIn(like) !== "";
    if (fault === null && !disguised && unknown === "keep-with-warning") {
      problems.add("warning", place, UNKNOWN);
      return name;
    }
    problems.add("error", place, fault ?? (disguised ? lookAlike(name, like) : UNKNOWN));
    return "";
  };
  return (cells) => {
    const text = cells[position] ?? "";
    const same = names.get(text) ?? seen.get(text);
    if (same !== undefined) return same;
    if (isMissing(text, missing)) {
      if (blank === undefined) problems.add("error", { column, value: text }, MISSING_VALUE);
      return blank ?? "";
    }
    const name = text.trim();
    const composed = name.normalize("NFC");
    return names.get(name) ?? names.get(composed) ?? newName(composed, text);
  };
}
