import type { ColumnFacts } from "./column-facts.ts";
import type { DraftKind, Field } from "./field.ts";
import type { NumberWriting } from "./number-writing.ts";
import type { Sample } from "./sample.ts";

/** What a column probably is, why, and how sure that is: 0 to 1. */
export interface Choice {
  readonly field: Field;
  readonly why: string;
  readonly confidence: number;
}

/** What a file probably is, read from its beginning. Plain data. */
export interface Proposal {
  readonly sample: Sample;
  readonly numbers: NumberWriting;
  readonly facts: readonly ColumnFacts[];
  readonly kind: DraftKind;
  readonly kindWhy: string;
  /** One for each column, in the order of the file. */
  readonly choices: readonly Choice[];
}

/** What a person has made of a proposal so far. */
export interface Draft {
  readonly kind: DraftKind;
  /** One for each column, in the order of the file. */
  readonly fields: readonly Field[];
  /** Answers by the id of their question; what is not answered counts as proposed. */
  readonly answers: Readonly<Record<string, string>>;
}

/** From here on nothing else in the sample speaks for another reading. */
export const CERTAIN = 0.95;
const LIKELY = 0.7;

/** How sure a proposal is, in a word. */
export function confidenceWords(confidence: number): string {
  if (confidence >= CERTAIN) return "certain";
  return confidence >= LIKELY ? "likely" : "a guess";
}
