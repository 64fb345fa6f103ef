import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import { nameFault } from "./queue-reader.ts";
import type { Cells } from "./record-splitter.ts";

/** Turns a person's name or number into the pseudonym that facts keep: 10 of a-z and 2-7, always the same for the same text. */
export type Pseudonym = (name: string) => string;

/** What rows that may name people are read with. */
export interface PeopleContext extends FileContext {
  readonly pseudonym: Pseudonym;
}

const LONGEST = 120;

/** Compiles the column of a person: the pseudonym, or `null` where the cell is blank, where it is no name (with a problem), or where there is no column. */
export function compilePerson(
  person: { readonly column: string } | undefined,
  { header, missing, problems, pseudonym }: PeopleContext,
): (cells: Cells) => string | null {
  if (person === undefined) return () => null;
  const { column, position } = placeOf(person.column, header);
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return null;
    const name = text.trim();
    const fault = nameFault(name, LONGEST);
    if (fault === null) return pseudonym(name);
    // The name itself is left out of the message: messages are kept longer than files.
    problems.add("error", { column, value: "" }, fault);
    return null;
  };
}
