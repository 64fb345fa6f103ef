import type { CounterId } from "../metrics/counter.ts";
import { MAX_COUNT, MAX_COUNTER_MS } from "./canonical.ts";
import { explainNumber, readCount } from "./cell-number.ts";
import { compileNumberColumn, type FileContext, type NumberCell } from "./column-reader.ts";
import { compileDurationColumn } from "./duration-column.ts";
import type { IntervalFeed } from "./feed-kinds.ts";

type CountColumn = NonNullable<IntervalFeed["counters"][CounterId]>;

/** Compiles one counter: a column of a count, one for every row, or a column of a sum of time in the unit that the definition names. */
export function compileCountColumn(count: CountColumn, context: FileContext): NumberCell {
  if ("constant" in count) return () => count.constant;
  const { column, required, unit, bare, clock } = count;
  if (unit !== undefined) return compileDurationColumn({ column, required, unit, bare, clock, mostMs: MAX_COUNTER_MS }, context);
  const { style } = context;
  const read = (text: string): number => readCount(text, style);
  return compileNumberColumn({ column, required, most: MAX_COUNT, read, explain: (text) => explainNumber(text, "whole", style) }, context);
}
