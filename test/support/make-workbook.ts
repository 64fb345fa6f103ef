import { makeZip, type ZipPart } from "./make-zip.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface WorkbookOptions {
  /** The inside of `sheetData` of each sheet, by its name. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly from1904?: boolean;
  readonly strings?: readonly string[];
  /** Format codes; a cell with `s="1"` has the first. */
  readonly formats?: readonly string[];
  /** Parts in place of those that would be written, or besides them. */
  readonly parts?: readonly ZipPart[];
}

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const entries = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `${HEAD}<Relationships>${entries.join("")}</Relationships>`;
}

function styles(formats: readonly string[]): string {
  const codes = formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code.replaceAll('"', "&quot;")}"/>`);
  const cells = formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`);
  return `${HEAD}<styleSheet><numFmts>${codes.join("")}</numFmts><cellXfs><xf numFmtId="0"/>${cells.join("")}</cellXfs></styleSheet>`;
}

/** A workbook as spreadsheet programs write it, as small as it can be. */
export function makeWorkbook({ sheets, from1904 = false, strings = [], formats = [], parts = [] }: WorkbookOptions): Uint8Array {
  const names = Object.keys(sheets);
  const listed = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const written: ZipPart[] = [
    { name: "[Content_Types].xml", data: `${HEAD}<Types/>` },
    { name: "_rels/.rels", data: relations([["rId1", "officeDocument", "xl/workbook.xml"]]) },
    {
      name: "xl/workbook.xml",
      data: `${HEAD}<workbook><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>${listed.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: relations([
        ...names.map((_, at) => [`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`] as const),
        ["s", "styles", "styles.xml"],
        ["t", "sharedStrings", "/xl/sharedStrings.xml"],
      ]),
    },
    { name: "xl/styles.xml", data: styles(formats) },
    { name: "xl/sharedStrings.xml", data: `${HEAD}<sst>${strings.map((text) => `<si>${text}</si>`).join("")}</sst>` },
    ...names.map((name, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: `${HEAD}<worksheet><sheetData>${sheets[name] ?? ""}</sheetData></worksheet>`,
    })),
  ];
  const replaced = new Set(parts.map(({ name }) => name));
  return makeZip([...written.filter(({ name }) => !replaced.has(name)), ...parts]);
}

/** Rows of plain cells: texts as inline strings, numbers as numbers. */
export function sheetRows(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string =>
    typeof value === "number"
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t>${value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</t></is></c>`;
  return rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
}
