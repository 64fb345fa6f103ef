import type { z } from "zod";
import type { ReadRow } from "./canonical.ts";
import type { FileContext } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import { dialectOf } from "./file-format.ts";
import { IN_THE_FUTURE } from "./future.ts";
import { unescapeCell } from "./escaped-cell.ts";
import type { Header } from "./header.ts";
import { startColumns } from "./mapped-columns.ts";
import { createProblemList, type Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import { severitiesOf } from "./rule-severity.ts";

/** Reads the cells of one row. Problems go to the list of the file; a row that was refused is `null`. */
export type RowReader<Row> = (cells: Cells) => Row | null;

/** What tells one kind of row from another: how its reader is compiled, the schema that every row must pass, the latest start it may have. */
export interface RowKind<Row extends { readonly startMs: number }> {
  compile(context: FileContext): RowReader<Row>;
  readonly schema: z.ZodType<Row>;
  readonly latestStartMs: number;
}

/** @param fault why the cells of the record cannot be read at all, where that is so. */
export type FileRowReader<Row> = (record: Cells, line: number, fault: Fault | null) => ReadRow<Row>;

function tooFew(found: number, width: number): Fault {
  return {
    rule: "too-few-cells",
    message: `has ${found} cells where the header has ${width}`,
    remedy: "If this is the last row, the file was cut off: send it again whole; else fill the row",
  };
}

function tooMany(found: number, width: number): Fault {
  return {
    rule: "too-many-cells",
    message: `has ${found} cells where the header has ${width}`,
    remedy: "Put cells that contain the delimiter into quotation marks",
  };
}

/** Why a record does not have the shape of its header. Blank cells behind the last column do no harm. */
function shapeFault(record: Cells, width: number): Fault | null {
  if (record.length === width) return null;
  if (record.length < width) return tooFew(record.length, width);
  return record.slice(width).every((cell) => cell.trim() === "") ? null : tooMany(record.length, width);
}

/** Compiles the reading of one file's rows. */
export function compileFileRow<Row extends { readonly startMs: number }>(
  definition: FeedDefinition,
  kind: RowKind<Row>,
  header: Header,
): FileRowReader<Row> {
  const problems = createProblemList();
  const width = header.names.length;
  const isEscaped = header.mended || dialectOf(definition.format).escaped === true;
  const style = { decimal: definition.decimal ?? "point", thousands: definition.thousands ?? null } as const;
  const read = kind.compile({ header, missing: new Set(definition.missing), style, severities: severitiesOf(definition.rules), problems });
  const [startColumn = ""] = startColumns(definition.start);
  const startAt = header.names.indexOf(startColumn);
  const checked = (row: Row, cells: Cells): Row | null => {
    const result = kind.schema.safeParse(row);
    if (result.success && row.startMs <= kind.latestStartMs) return row;
    if (result.success) problems.add("error", { column: startColumn, value: cells[startAt] ?? "" }, IN_THE_FUTURE);
    else note(result.error.issues);
    return null;
  };
  const note = (issues: readonly z.core.$ZodIssue[]): void => {
    for (const { path, message } of issues) {
      problems.add("error", { column: path.join("."), value: "" }, { rule: "row-schema", message, remedy: "Correct the value" });
    }
  };
  return (record, line, known) => {
    problems.begin(line);
    const cells = isEscaped ? record.map(unescapeCell) : record;
    const fault = known ?? shapeFault(cells, width);
    if (fault !== null) problems.add("error", { column: "", value: cells.join(" | ") }, fault);
    const row = fault === null ? read(cells) : null;
    const good = row === null ? null : checked(row, cells);
    return { line, cells, row: good, problems: problems.taken() };
  };
}
