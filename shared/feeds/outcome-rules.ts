import type { ContactOutcome } from "./canonical.ts";
import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { ContactFeed } from "./feed-kinds.ts";
import type { Cells } from "./record-splitter.ts";

type Wanted = ContactFeed["outcome"][number]["when"][string];

interface Condition {
  readonly position: number;
  readonly fits: (text: string) => boolean;
}

/** What satisfies a condition: any cell or none, or a text; `never` stands for the definition's own list of never texts. */
function compileWanted(wanted: Wanted, never: readonly string[], missing: ReadonlySet<string>): Condition["fits"] {
  if (typeof wanted === "object" && "cell" in wanted) {
    const absent = wanted.cell === "absent";
    return (text) => isMissing(text, missing) === absent;
  }
  const list = typeof wanted === "string" ? [wanted] : wanted;
  const texts = new Set(list.flatMap((text) => (text === "never" ? [...never] : [text])));
  return (text) => texts.has(text) || texts.has(text.trim());
}

/** Compiles the outcome rules in their order. The reader answers `null` for a row that none matches, with a problem noted. */
export function compileOutcome(
  { outcome, never }: ContactFeed,
  { header, missing, problems }: FileContext,
): (cells: Cells) => ContactOutcome | null {
  const rules = outcome.map(({ when, is }) => ({
    is,
    conditions: Object.entries(when).map(([column, wanted]): Condition => ({
      ...placeOf(column, header),
      fits: compileWanted(wanted, never, missing),
    })),
  }));
  const columns = [...new Set(outcome.flatMap(({ when }) => Object.keys(when)))].map((column) => placeOf(column, header));
  const matches = (cells: Cells, { position, fits }: Condition): boolean => fits(cells[position] ?? "");
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
