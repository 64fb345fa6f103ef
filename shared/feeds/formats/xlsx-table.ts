import type { Opening } from "../containers/unpack.ts";
import type { FeedDefinition } from "../definition.ts";
import type { Xlsx } from "../file-format.ts";
import { readHeader } from "../header.ts";
import { RefusedFile } from "../refused-file.ts";
import { isBlank, type TablePart } from "../table-part.ts";
import { EMPTY_FILE, NO_ROWS } from "../table-problems.ts";
import { type NumberedRecord, rowRuns } from "./row-runs.ts";
import { openWorkbook, type XlsxPackage } from "./xlsx-package.ts";
import { readSheetRows } from "./xlsx-rows.ts";
import { findSheet, type XlsxSheet } from "./xlsx-workbook.ts";

const SHEETS_LOOKED_INTO = 10;
const NO_FAULT = (): null => null;

/** Finds the header among the rows of a sheet, and gives every row below it the header's width. */
class SheetTable {
  private readonly definition: FeedDefinition;
  private readonly headerRow: number | undefined;
  private width: number | null = null;
  private hasRows = false;

  constructor(definition: FeedDefinition, headerRow: number | undefined) {
    this.definition = definition;
    this.headerRow = headerRow;
  }

  take(rows: readonly NumberedRecord[]): TablePart[] {
    if (this.width !== null) return this.below(rows, this.width);
    const at = rows.findIndex(({ line, record }) => (this.headerRow === undefined ? !isBlank(record) : line >= this.headerRow));
    const header = rows[at];
    if (header === undefined) return [];
    if (this.headerRow !== undefined && header.line !== this.headerRow) throw new RefusedFile(EMPTY_FILE);
    const { header: found, refusals, notes } = readHeader(this.definition, header.record);
    if (refusals.length > 0) return [{ kind: "refused", problems: refusals }];
    this.width = found.names.length;
    const noted: TablePart[] = notes.length === 0 ? [] : [{ kind: "noted", problems: notes }];
    return [{ kind: "header", header: found }, ...noted, ...this.below(rows.slice(at + 1), this.width)];
  }

  end(): void {
    if (this.width === null) throw new RefusedFile(EMPTY_FILE);
    if (!this.hasRows) throw new RefusedFile(NO_ROWS);
  }

  private below(rows: readonly NumberedRecord[], width: number): TablePart[] {
    const full = rows.map(({ line, record }) => {
      this.hasRows ||= !isBlank(record);
      const missing = width - record.length;
      return { line, record: missing > 0 ? [...record, ...Array.from({ length: missing }, () => "")] : record };
    });
    return rowRuns(full, NO_FAULT);
  }
}

async function hasCells(workbook: XlsxPackage, sheet: XlsxSheet): Promise<boolean> {
  for await (const rows of readSheetRows(workbook, sheet)) if (rows.some(({ record }) => !isBlank(record))) return true;
  return false;
}

/** Sheets that are left out say nothing, so they are counted, without their names, which may be people's; empty ones are not. */
async function otherSheets(workbook: XlsxPackage, sheet: XlsxSheet): Promise<TablePart[]> {
  let found = 0;
  for (const path of sheet.others.slice(0, SHEETS_LOOKED_INTO)) if (await hasCells(workbook, { ...sheet, path })) found++;
  if (found === 0) return [];
  const message = `Only the first sheet of the workbook was read; ${found} ${found === 1 ? "other has" : "others have"} cells, too`;
  const remedy = "Name the sheet in the feed's definition (sheet), and send each sheet with figures as a file of its own";
  return [{ kind: "noted", problems: [{ rule: "other-sheets", message, remedy }] }];
}

/** Reads one sheet of a workbook as a table. Rows have the numbers that Excel shows. */
export async function* readWorkbook(
  definition: FeedDefinition,
  format: Xlsx,
  bytes: AsyncIterable<Uint8Array>,
  opening: Opening,
): AsyncGenerator<TablePart> {
  const workbook = await openWorkbook(bytes, opening);
  const sheet = await findSheet(workbook, format.sheet);
  const table = new SheetTable(definition, format.headerRow);
  for await (const rows of readSheetRows(workbook, sheet)) {
    const parts = table.take(rows);
    yield* parts;
    if (parts.at(-1)?.kind === "refused") return;
  }
  table.end();
  yield* await otherSheets(workbook, sheet);
}
