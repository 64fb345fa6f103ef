import { RefusedFile } from "../refused-file.ts";
import type { XlsxPackage } from "./xlsx-package.ts";
import { styledNumber } from "./xlsx-number.ts";
import { unescapeString, type XlsxSheet } from "./xlsx-workbook.ts";
import type { NumberedRecord } from "./row-runs.ts";
import { attributeOf, brokenWorkbook, createXmlReader, type XmlHandler } from "./xml-reader.ts";

const MAX_ROWS = 1_048_576;
/** Excel has 16,384 columns; a feed that uses so many is none. */
const MAX_COLUMNS = 2000;
const MAX_CELLS = 20_000_000;
/** What stands in a cell whose formula was never computed: an error of spreadsheets, refused wherever a value is read. */
const NOT_COMPUTED = "#CALC!";

function tooMany(what: string, most: number): RefusedFile {
  return new RefusedFile({
    rule: "too-large-to-open",
    message: `The sheet has more than ${most.toLocaleString("en-GB")} ${what}`,
    remedy: "Send only the rows and columns that the feed needs",
  });
}

/** The column of a reference such as `AB12`, from 0; -1 where there is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: string;
  text: string;
  hasValue: boolean;
  hasFormula: boolean;
}

/** Gathers the cells of a sheet into rows. */
class RowHandler implements XmlHandler {
  readonly rows: NumberedRecord[] = [];
  private readonly sheet: XlsxSheet;
  private line = 0;
  private cells: string[] = [];
  private column = -1;
  private count = 0;
  private cell: OpenCell | null = null;
  private reading = false;
  private spoken = false;

  constructor(sheet: XlsxSheet) {
    this.sheet = sheet;
  }

  open(name: string, attributes: string): void {
    if (name === "c") this.openCell(attributes);
    else if (name === "row") this.openRow(attributes);
    else if (this.cell !== null) this.openInCell(name, this.cell);
  }

  text(text: string): void {
    if (this.reading && this.cell !== null) this.cell.text += text;
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.reading = false;
    else if (name === "rPh") this.spoken = false;
    else if (name === "c" && this.cell !== null) this.closeCell(this.cell);
    else if (name === "row" && this.cells.length > 0) this.rows.push({ line: this.line, record: this.cells });
  }

  private openInCell(name: string, cell: OpenCell): void {
    if (name === "f") cell.hasFormula = true;
    else if (name === "rPh") this.spoken = true;
    this.reading = (name === "v" && cell.type !== "inlineStr") || (name === "t" && cell.type === "inlineStr" && !this.spoken);
    cell.hasValue ||= this.reading;
  }

  private openRow(attributes: string): void {
    const number = attributeOf(attributes, "r");
    const line = number === "" ? this.line + 1 : Number(number);
    if (line > MAX_ROWS) throw tooMany("rows", MAX_ROWS);
    if (!Number.isInteger(line) || line <= this.line) throw brokenWorkbook(`its row ${number.slice(0, 20)} is out of order`);
    this.line = line;
    this.cells = [];
    this.column = -1;
  }

  private openCell(attributes: string): void {
    const reference = attributeOf(attributes, "r");
    const column = reference === "" ? this.column + 1 : columnOf(reference);
    if (this.line === 0 || column <= this.column) throw brokenWorkbook(`its cell ${reference.slice(0, 20)} is out of order`);
    this.column = column;
    const [type, style] = [attributeOf(attributes, "t"), attributeOf(attributes, "s")];
    this.cell = { column, type, style, text: "", hasValue: false, hasFormula: false };
  }

  private closeCell(cell: OpenCell): void {
    this.cell = null;
    this.reading = false;
    const text = this.textOf(cell);
    if (text === "") return;
    this.count += 1;
    if (cell.column >= MAX_COLUMNS) throw tooMany("columns", MAX_COLUMNS);
    if (this.count > MAX_CELLS) throw tooMany("cells", MAX_CELLS);
    while (this.cells.length < cell.column) this.cells.push("");
    this.cells.push(text);
  }

  private textOf({ type, text, style, hasValue, hasFormula }: OpenCell): string {
    // Programs that do not compute leave the value out, or write an empty one. Only a text may be empty and computed.
    if (!hasValue || (hasFormula && text.trim() === "" && type !== "str")) return hasFormula ? NOT_COMPUTED : "";
    if (type === "s") return this.shared(text);
    if (type === "str" || type === "inlineStr") return unescapeString(text);
    if (type === "b") return text.trim() === "1" ? "TRUE" : "FALSE";
    if (type === "e" || type === "d") return text;
    return text === "" ? "" : styledNumber(text.trim(), this.sheet.styles[Number(style)] ?? null, this.sheet.from1904);
  }

  private shared(position: string): string {
    const text = this.sheet.strings[Number(position)];
    if (text === undefined || !/^\d+$/u.test(position)) throw brokenWorkbook("a cell names a text that the workbook does not have");
    return text;
  }
}

/**
 * The rows of a sheet in order, those with cells only, each under the number that Excel shows. Blank cells behind the last
 * text of a row are left out.
 *
 * @throws RefusedFile where the sheet is broken or beyond its limits.
 */
export async function* readSheetRows(workbook: XlsxPackage, sheet: XlsxSheet): AsyncGenerator<readonly NumberedRecord[]> {
  const handler = new RowHandler(sheet);
  const reader = createXmlReader(handler);
  for await (const text of workbook.text(sheet.path)) {
    reader.push(text);
    const rows = handler.rows.splice(0);
    if (rows.length > 0) yield rows;
  }
  reader.end();
}
