import { explainInstant, readInstant } from "./cell-instant.ts";
import { explainNumber, readWhole } from "./cell-number.ts";
import { compileNumberColumn, type FileContext, type NumberCell } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";

/** Compiles the column that orders versions of a row; `null` for every row where the definition has none. */
export function compileVersion(version: FeedDefinition["version"], context: FileContext): NumberCell {
  if (version === undefined) return () => null;
  const { column, format } = version;
  const parts = format === "integer" ? { read: readWhole, explain: (text: string) => explainNumber(text, "whole") } : isoParts;
  return compileNumberColumn({ column, required: true, most: Number.MAX_SAFE_INTEGER, ...parts }, context);
}

const isoParts = { read: (text: string) => readInstant(text, "iso-8601"), explain: (text: string) => explainInstant(text, "iso-8601") };
