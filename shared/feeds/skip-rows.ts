import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import type { Header } from "./header.ts";
import type { Cells } from "./record-splitter.ts";
import { isBlank, type TablePart } from "./table-part.ts";
import { NO_ROWS } from "./table-problems.ts";

type Rule = NonNullable<FeedDefinition["skip"]>[number];

interface Skipper {
  readonly said: string;
  readonly skips: (record: Cells) => boolean;
  count: number;
}

const BLANK: Cells = [""];

function listed(texts: string | readonly string[]): readonly string[] {
  return typeof texts === "string" ? [texts] : texts;
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(" or ");
}

/** Whether rows begin again behind a blank line is for the provider to say: with this rule they do not. */
function afterBlankLine(): Skipper["skips"] {
  let hasRow = false;
  let over = false;
  return (record) => {
    const blank = isBlank(record);
    over ||= blank && hasRow;
    hasRow ||= !blank;
    return over && !blank;
  };
}

function compileRule(rule: Rule, { positions }: Header): Skipper {
  if ("after" in rule) return { said: "they stand behind a blank line", skips: afterBlankLine(), count: 0 };
  const position = positions.get(rule.column) ?? -1;
  const cellOf = (record: Cells): string => (record[position] ?? "").trim();
  if ("text" in rule) {
    const texts = new Set(listed(rule.text));
    return {
      said: `"${rule.column}" is ${quoted([...texts])}`,
      skips: (record) => !isBlank(record) && texts.has(cellOf(record)),
      count: 0,
    };
  }
  const begins = listed(rule.begins);
  const skips: Skipper["skips"] = (record) => begins.some((text) => cellOf(record).startsWith(text));
  return { said: `"${rule.column}" begins with ${quoted(begins)}`, skips, count: 0 };
}

function noteOf(skippers: readonly Skipper[]): FileProblem[] {
  return skippers
    .filter(({ count }) => count > 0)
    .map(({ said, count }) => ({
      rule: "rows-skipped",
      message: `${count} ${count === 1 ? "row was" : "rows were"} left out because ${said}`,
      remedy: "Nothing, if they are totals or footers; else correct skip in the feed's definition",
    }));
}

/**
 * Leaves out the rows that the definition says are none, such as totals and footers: they become blank lines, so that the others
 * keep their numbers. How many there were, and why, is noted at the end.
 */
export async function* skipRows(definition: FeedDefinition, table: AsyncIterable<TablePart>): AsyncGenerator<TablePart> {
  let skippers: Skipper[] = [];
  let kept = false;
  let refused = false;
  const withoutSkipped = (record: Cells): Cells => {
    // Every rule sees every row: one of them remembers what came before.
    const found = skippers.filter(({ skips }) => skips(record));
    const [first] = found;
    if (first === undefined) {
      kept ||= !isBlank(record);
      return record;
    }
    first.count += 1;
    return BLANK;
  };
  for await (const part of table) {
    if (part.kind === "header") skippers = (definition.skip ?? []).map((rule) => compileRule(rule, part.header));
    refused ||= part.kind === "refused";
    yield part.kind === "rows" ? { ...part, records: part.records.map(withoutSkipped) } : part;
  }
  if (refused) return;
  const notes = noteOf(skippers);
  if (notes.length > 0) yield { kind: "noted", problems: notes };
  if (notes.length > 0 && !kept) yield { kind: "refused", problems: [NO_ROWS] };
}
