import type { InflateLimits } from "../containers/inflate.ts";
import { collectZip, isWorkbook, onlyFile, type Opening, startsWith, ZIP } from "../containers/unpack.ts";
import { readZipDirectory, type ZipEntry } from "../containers/zip-directory.ts";
import { zipEntryBytes } from "../containers/zip-entry.ts";
import { decodeText } from "../decode-text.ts";
import { RefusedFile } from "../refused-file.ts";
import { brokenWorkbook, createXmlReader, type XmlHandler } from "./xml-reader.ts";

/** A workbook is held packed, and its texts are held unpacked. */
export const MAX_WORKBOOK_BYTES = 20_000_000;
const LIMITS: InflateLimits = { most: 200_000_000, ratio: 100, ratioFrom: 1_000_000 };
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0] as const;

const OLD_WORKBOOK = {
  rule: "binary",
  message: "The file is an old Excel workbook (.xls), or one that is locked with a password",
  remedy: "Save it as .xlsx without a password",
} as const;
const NO_WORKBOOK = {
  rule: "not-a-workbook",
  message: "The file is no Excel workbook (.xlsx), which the feed's definition expects",
  remedy: "Send the workbook itself, or correct the format in the feed's definition",
} as const;

/** The parts of a workbook, by their path in the archive. */
export interface XlsxPackage {
  has(path: string): boolean;
  /** The text of a part in pieces. All parts together may unpack to 200 MB. */
  text(path: string): AsyncGenerator<string>;
}

/** Reads a part to its end through a handler. */
export async function readPart(workbook: XlsxPackage, path: string, handler: XmlHandler): Promise<void> {
  const reader = createXmlReader(handler);
  for await (const text of workbook.text(path)) reader.push(text);
  reader.end();
}

async function openArchive(bytes: AsyncIterable<Uint8Array>): Promise<{ archive: Uint8Array; entries: ZipEntry[] }> {
  const archive = await collectZip(bytes, MAX_WORKBOOK_BYTES, "The workbook");
  if (startsWith(archive, OLD_OFFICE)) throw new RefusedFile(OLD_WORKBOOK);
  if (!startsWith(archive, ZIP)) throw new RefusedFile(NO_WORKBOOK);
  return { archive, entries: readZipDirectory(archive) };
}

/**
 * Opens a workbook, which is a zip archive, or lies alone in one.
 *
 * @throws RefusedFile for whatever is none, or is larger than 20 MB.
 */
export async function openWorkbook(bytes: AsyncIterable<Uint8Array>, { inflate }: Opening): Promise<XlsxPackage> {
  let { archive, entries } = await openArchive(bytes);
  if (!isWorkbook(entries)) {
    const inside = zipEntryBytes(archive, onlyFile(entries), { inflate, limits: { ...LIMITS, most: MAX_WORKBOOK_BYTES } });
    ({ archive, entries } = await openArchive(inside));
    if (!isWorkbook(entries)) throw new RefusedFile(NO_WORKBOOK);
  }
  const parts = new Map(entries.map((entry) => [entry.name, entry]));
  let unpacked = 0;
  async function* counted(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    const limits = { ...LIMITS, most: LIMITS.most - unpacked };
    for await (const piece of zipEntryBytes(archive, entry, { inflate, limits })) {
      unpacked += piece.length;
      yield piece;
    }
  }
  return {
    has: (path) => parts.has(path),
    text: (path) => {
      const entry = parts.get(path);
      if (entry === undefined) throw brokenWorkbook(`its part ${path.slice(0, 100)} is missing`);
      return decodeText(counted(entry));
    },
  };
}
