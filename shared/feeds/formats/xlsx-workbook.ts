import { RefusedFile } from "../refused-file.ts";
import { builtInStyle, type NumberStyle, styleOfCode } from "./xlsx-number-style.ts";
import { readPart, type XlsxPackage } from "./xlsx-package.ts";
import { attributeOf, brokenWorkbook } from "./xml-reader.ts";

/** What is needed to read one sheet of a workbook. */
export interface XlsxSheet {
  readonly path: string;
  /** Where nobody said which sheet is meant: the paths of the others, which are not read. */
  readonly others: readonly string[];
  readonly from1904: boolean;
  /** Texts that cells name by their position. */
  readonly strings: readonly string[];
  /** Styles that cells name by their position. */
  readonly styles: readonly NumberStyle[];
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** A part's path, written in another part: relative to that, or from the root. */
function resolved(from: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const path = from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") path.pop();
    else if (step !== ".") path.push(step);
  }
  return path.join("/");
}

/** What a part refers to, by the names it uses. */
async function relationsOf(workbook: XlsxPackage, path: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const at = path.lastIndexOf("/") + 1;
  await readPart(workbook, `${path.slice(0, at)}_rels/${path.slice(at)}.rels`, {
    open: (name, attributes) => {
      if (name !== "Relationship" || attributeOf(attributes, "TargetMode") === "External") return;
      const type = attributeOf(attributes, "Type").split("/").at(-1) ?? "";
      relations.set(attributeOf(attributes, "Id"), { type, target: resolved(path, attributeOf(attributes, "Target")) });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return relations;
}

async function readStyles(workbook: XlsxPackage, path: string): Promise<NumberStyle[]> {
  const codes = new Map<string, string>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  await readPart(workbook, path, {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(attributeOf(attributes, "numFmtId"), attributeOf(attributes, "formatCode"));
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const id = attributeOf(attributes, "numFmtId");
      const code = codes.get(id);
      styles.push(code === undefined ? builtInStyle(Number(id)) : styleOfCode(code));
    },
    text: () => undefined,
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** A character that XML cannot hold is written `_x000D_`. */
export function unescapeString(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replaceAll(/_x([0-9a-fA-F]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

async function readStrings(workbook: XlsxPackage, path: string): Promise<string[]> {
  const strings: string[] = [];
  let text = "";
  let inText = false;
  // How a word is spoken (rPh) stands beside the word and is no part of it.
  let spoken = false;
  await readPart(workbook, path, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") spoken = true;
      inText = name === "t" && !spoken;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name === "rPh") spoken = false;
      if (name === "si") strings.push(unescapeString(text));
    },
  });
  return strings;
}

interface Contents {
  readonly sheets: readonly { readonly name: string; readonly id: string }[];
  readonly from1904: boolean;
}

async function readContents(workbook: XlsxPackage, path: string): Promise<Contents> {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  await readPart(workbook, path, {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = ["1", "true", "on"].includes(attributeOf(attributes, "date1904"));
      if (name === "sheet")
        sheets.push({ name: attributeOf(attributes, "name"), id: /(?:^|\s)\w+:id\s*=\s*["']([^"']*)/u.exec(attributes)?.[1] ?? "" });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { sheets, from1904 };
}

function missingSheet(wanted: string, names: readonly string[]): RefusedFile {
  const listed = names.slice(0, 20).map((name) => `"${name.slice(0, 40)}"`);
  return new RefusedFile({
    rule: "missing-sheet",
    message: `The workbook has no sheet "${wanted}"; it has ${listed.length === 0 ? "none" : listed.join(", ")}`,
    remedy: "Give the sheet this name, or correct sheet in the feed's definition",
  });
}

/**
 * Finds a sheet of a workbook, and reads what its cells refer to.
 *
 * @param wanted the sheet's name; left out: the first one.
 * @throws RefusedFile where the workbook has no such sheet, or is broken.
 */
export async function findSheet(workbook: XlsxPackage, wanted: string | undefined): Promise<XlsxSheet> {
  const roots = await relationsOf(workbook, "");
  const main = [...roots.values()].find(({ type }) => type === "officeDocument")?.target;
  if (main === undefined) throw brokenWorkbook("it does not say which of its parts is the workbook");
  const [relations, { sheets, from1904 }] = [await relationsOf(workbook, main), await readContents(workbook, main)];
  // Sheets of charts have no cells.
  const tables = sheets.filter(({ id }) => relations.get(id)?.type === "worksheet");
  const chosen = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted);
  const path = relations.get(chosen?.id ?? "")?.target;
  if (path === undefined)
    throw missingSheet(
      wanted ?? "of cells",
      tables.map(({ name }) => name),
    );
  const pathOf = (type: string): string | undefined => [...relations.values()].find((relation) => relation.type === type)?.target;
  const [stylesPath, stringsPath] = [pathOf("styles"), pathOf("sharedStrings")];
  const beside = wanted === undefined ? tables.filter((one) => one !== chosen) : [];
  return {
    path,
    others: beside.map(({ id }) => relations.get(id)?.target ?? ""),
    from1904,
    styles: stylesPath === undefined ? [] : await readStyles(workbook, stylesPath),
    strings: stringsPath === undefined ? [] : await readStrings(workbook, stringsPath),
  };
}
