import type { ContactOutcome } from "./canonical.ts";
import { type FileContext, placeOf } from "./column-reader.ts";
import type { ContactFeed } from "./feed-kinds.ts";
import type { Cells } from "./record-splitter.ts";

interface Condition {
  readonly position: number;
  readonly texts: ReadonlySet<string>;
}

/** The texts that satisfy a condition; `never` stands for the definition's own list of never texts. */
function textsOf(wanted: string | readonly string[], never: readonly string[]): ReadonlySet<string> {
  const list = typeof wanted === "string" ? [wanted] : wanted;
  return new Set(list.flatMap((text) => (text === "never" ? [...never] : [text])));
}

/** Compiles the outcome rules in their order. The reader answers `null` for a row that none matches, with a problem noted. */
export function compileOutcome(
  { outcome, never }: ContactFeed,
  { header, problems }: FileContext,
): (cells: Cells) => ContactOutcome | null {
  const rules = outcome.map(({ when, is }) => ({
    is,
    conditions: Object.entries(when).map(([column, wanted]): Condition => ({ ...placeOf(column, header), texts: textsOf(wanted, never) })),
  }));
  const columns = [...new Set(outcome.flatMap(({ when }) => Object.keys(when)))].map((column) => placeOf(column, header));
  const matches = (cells: Cells, { position, texts }: Condition): boolean => {
    const text = cells[position] ?? "";
    return texts.has(text) || texts.has(text.trim());
  };
  return (cells) => {
    for (const { is, conditions } of rules) if (conditions.every((condition) => matches(cells, condition))) return is;
    const value = columns.map(({ position }) => cells[position] ?? "").join(" | ");
    problems.add("error", { column: columns.map(({ column }) => column).join(" | "), value }, NO_OUTCOME);
    return null;
  };
}

const NO_OUTCOME = {
  rule: "unknown-outcome",
  message: "matches no outcome rule of the feed's definition",
  remedy: "Correct the value, or add a rule for it to the definition",
};
