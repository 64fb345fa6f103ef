import { type DurationWriting, explainDuration, readDuration } from "./cell-duration.ts";
import { compileNumberColumn, type FileContext, type NumberCell } from "./column-reader.ts";

/** A column of lengths of time as a definition names it. */
export interface DurationWritten extends DurationWriting {
  readonly column: string;
}

/** And what its cells may hold. */
interface DurationColumn extends DurationWritten {
  readonly required: boolean;
  readonly mostMs: number;
}

/** Compiles a column of lengths of time into whole milliseconds. */
export function compileDurationColumn({ column, required, mostMs, ...writing }: DurationColumn, context: FileContext): NumberCell {
  const { style } = context;
  const read = (text: string): number => readDuration(text, writing, style);
  const explain = (text: string) => explainDuration(text, writing, style);
  return compileNumberColumn({ column, required, most: mostMs, read, explain }, context);
}
