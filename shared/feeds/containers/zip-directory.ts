import { RefusedFile } from "../refused-file.ts";

/** One file of a zip archive. Positions and lengths are bytes of the archive; `size` is what the archive says it unpacks to. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its packed bytes begin. */
  readonly dataAt: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MAX_COMMENT = 65_535;
const MAX_ENTRIES = 200;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;
const ZIP64_COUNT = 0xffff;
const ZIP64_SIZE = 0xffffffff;

export function brokenZip(what: string): RefusedFile {
  return new RefusedFile({
    rule: "broken-archive",
    message: `The zip archive ${what}`,
    remedy: "Pack the file again with an ordinary zip program, or send it unpacked",
  });
}

/** Position of the record that ends an archive, which may have a comment behind it. */
function endRecordAt(view: DataView): number {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE && at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw brokenZip("is cut off before its end, or damaged: its list of files is missing");
}

function refuseOddities(name: string, flags: number, method: number): void {
  if ((flags & ENCRYPTED) !== 0) {
    throw new RefusedFile({
      rule: "encrypted-archive",
      message: `"${name.slice(0, 80)}" in the zip archive is encrypted`,
      remedy: "Pack it without a password: the way here is encrypted already",
    });
  }
  if (method !== STORED && method !== DEFLATED)
    throw brokenZip(`packs "${name.slice(0, 80)}" by method ${method}; only deflate can be read`);
}

/** Where the data begins, by the header in front of it, which must name the same file. */
function dataStart(bytes: Uint8Array, view: DataView, local: { at: number; name: Uint8Array }): number {
  const { at, name } = local;
  if (at + LOCAL_LENGTH > bytes.length || view.getUint32(at, true) !== LOCAL_SIGNATURE) throw brokenZip("lists a file that is not there");
  const nameLength = view.getUint16(at + 26, true);
  const own = bytes.subarray(at + LOCAL_LENGTH, at + LOCAL_LENGTH + nameLength);
  if (own.length !== name.length || own.some((byte, index) => byte !== name[index]))
    throw brokenZip("calls a file by two names, so its list cannot be trusted");
  return at + LOCAL_LENGTH + nameLength + view.getUint16(at + 28, true);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): { entry: ZipEntry; from: number; next: number } {
  if (at + ENTRY_LENGTH > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw brokenZip("has a damaged list of files");
  const nameLength = view.getUint16(at + 28, true);
  const next = at + ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const rawName = bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
  const name = new TextDecoder("utf-8").decode(rawName);
  const [method, packed, size, from] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 24, true),
    view.getUint32(at + 42, true),
  ];
  refuseOddities(name, view.getUint16(at + 8, true), method);
  if ([packed, size, from].includes(ZIP64_SIZE)) throw brokenZip("is in the zip64 form, which only archives beyond 4 GB need");
  if (method === STORED && packed !== size) throw brokenZip(`gives two sizes for "${name.slice(0, 80)}"`);
  const dataAt = dataStart(bytes, view, { at: from, name: rawName });
  if (dataAt + packed > bytes.length) throw brokenZip(`ends inside "${name.slice(0, 80)}"`);
  return { entry: { name, deflated: method === DEFLATED, crc: view.getUint32(at + 16, true), packed, size, dataAt }, from, next };
}

/** Overlapping files are how a small archive unpacks to more than its ratio allows. */
function refuseOverlaps(spans: { from: number; to: number }[], end: number): void {
  let free = 0;
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    if (from < free || to > end) throw brokenZip("has files that overlap");
    free = to;
  }
}

/**
 * Lists the files of a zip archive that is held whole.
 *
 * @throws RefusedFile for an archive that is damaged, encrypted, in the zip64 form, of more than 200 files, or that contradicts itself.
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecordAt(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === ZIP64_COUNT || start === ZIP64_SIZE) throw brokenZip("is in the zip64 form, which only archives beyond 4 GB need");
  if (count > MAX_ENTRIES) throw brokenZip(`has ${count} files; at most ${MAX_ENTRIES} can be opened`);
  const entries: ZipEntry[] = [];
  const spans: { from: number; to: number }[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const { entry, from, next } = readEntry(bytes, view, at);
    entries.push(entry);
    spans.push({ from, to: entry.dataAt + entry.packed });
    at = next;
  }
  if (at !== end) throw brokenZip("has a damaged list of files");
  refuseOverlaps(spans, start);
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw brokenZip("has two files of one name");
  return entries;
}
