import type { CounterId } from "../metrics/counter.ts";
import { MAX_COUNT, MAX_COUNTER_MS } from "./canonical.ts";
import { explainDuration, readDuration } from "./cell-duration.ts";
import { explainNumber, readWhole } from "./cell-number.ts";
import { compileNumberColumn, type FileContext, type NumberCell } from "./column-reader.ts";
import type { IntervalFeed } from "./feed-kinds.ts";

type CountColumn = NonNullable<IntervalFeed["counters"][CounterId]>;

/** Compiles one counter: a column of a count, one for every row, or a column of a sum of time in the unit that the definition names. */
export function compileCountColumn(count: CountColumn, context: FileContext): NumberCell {
  if ("constant" in count) return () => count.constant;
  const { column, required, unit } = count;
  if (unit === undefined) {
    return compileNumberColumn(
      { column, required, most: MAX_COUNT, read: readWhole, explain: (text) => explainNumber(text, "whole") },
      context,
    );
  }
  const read = (text: string): number => readDuration(text, unit);
  return compileNumberColumn({ column, required, most: MAX_COUNTER_MS, read, explain: (text) => explainDuration(text, unit) }, context);
}
