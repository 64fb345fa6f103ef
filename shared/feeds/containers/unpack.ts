import { RefusedFile } from "../refused-file.ts";
import { type ByteSource, holdBytes } from "./byte-source.ts";
import { FILE_LIMITS, type Inflate, type InflateLimits, inflateWithin } from "./inflate.ts";
import { webInflate } from "./web-inflate.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";
import { zipEntryBytes } from "./zip-entry.ts";

/** How archives are opened. */
export interface Opening {
  readonly inflate: Inflate;
  readonly limits: InflateLimits;
}
export const WEB_OPENING: Opening = { inflate: webInflate, limits: FILE_LIMITS };

/** A zip archive lists its files at its end, so it is held whole, packed. */
export const MAX_ZIP_BYTES = 32_000_000;
const SHOWN = 10;

/** What programs put beside the file that was meant. */
function isData({ name }: ZipEntry): boolean {
  return !name.endsWith("/") && !/(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/u.test(name);
}

export function isWorkbook(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) => name === "[Content_Types].xml");
}

function notOneFile(entries: readonly ZipEntry[]): RefusedFile {
  const names = entries.slice(0, SHOWN).map(({ name }) => `"${name.slice(0, 80)}"`);
  if (entries.length > SHOWN) names.push(`${entries.length - SHOWN} more`);
  return new RefusedFile({
    rule: "not-one-file",
    message: `The zip archive has ${entries.length === 0 ? "no file" : `${entries.length} files (${names.join(", ")})`} where one is expected`,
    remedy: "Pack one file of the feed in one archive",
  });
}

/**
 * The one file of data in a zip archive.
 *
 * @throws RefusedFile where there is none or more than one.
 */
export function onlyFile(entries: readonly ZipEntry[]): ZipEntry {
  const data = entries.filter(isData);
  const [only] = data;
  if (only === undefined || data.length > 1) throw notOneFile(data);
  return only;
}

/** @throws RefusedFile for an archive that is too long to be held. */
export async function collectZip(bytes: AsyncIterable<Uint8Array>, most: number, what: string): Promise<Uint8Array> {
  const archive = await holdBytes(bytes, most);
  if (archive !== null) return archive;
  throw new RefusedFile({
    rule: "too-large-to-open",
    message: `${what} is larger than ${Math.floor(most / 1_000_000)} MB`,
    remedy: "Split it by day or month, or send it as text packed with gzip",
  });
}

const WORKBOOK_PROBLEM = {
  rule: "binary",
  message: "The file is an Excel workbook, which the feed's definition does not expect",
  remedy: "Save the sheet as CSV UTF-8 and send that, or set format: { type: xlsx } in the feed's definition",
} as const;

async function* unzipped(bytes: AsyncIterable<Uint8Array>, opening: Opening): AsyncGenerator<Uint8Array> {
  const archive = await collectZip(bytes, MAX_ZIP_BYTES, "The zip archive");
  const entries = readZipDirectory(archive);
  if (isWorkbook(entries)) throw new RefusedFile(WORKBOOK_PROBLEM);
  yield* zipEntryBytes(archive, onlyFile(entries), opening);
}

export function startsWith(head: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => head[at] === byte);
}
const GZIP = [0x1f, 0x8b] as const;
export const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;

/**
 * The bytes of a file, unpacked where its first bytes say that it is packed: gzip, or a zip archive of one file. One layer only:
 * an archive in an archive is refused by whoever reads what is inside.
 *
 * @param keepZip leaves a zip archive as it is, for the reader of workbooks.
 */
export async function unpack(source: ByteSource, opening: Opening, keepZip: boolean): Promise<AsyncIterable<Uint8Array>> {
  const head = await source.head(({ length }) => length >= ZIP.length);
  if (startsWith(head, GZIP)) return inflateWithin(source.pieces(), "gzip", { ...opening, what: "The gzip archive" });
  if (startsWith(head, ZIP) && !keepZip) return unzipped(source.pieces(), opening);
  return source.pieces();
}
