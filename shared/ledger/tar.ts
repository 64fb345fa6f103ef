/** One file inside a bundle. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

const BLOCK = 512;
const MOST_NAME_BYTES = 100;
/** Eleven octal digits. */
const MOST_BYTES = 8 ** 11 - 1;
const SUM_AT = 148;

/** The header of a regular file in a tar archive (POSIX ustar), without owner and time. @throws RangeError for a name or size it cannot hold. */
export function tarHeader({ name, bytes }: TarEntry): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at);
  const nameBytes = new TextEncoder().encode(name);
  if (nameBytes.length > MOST_NAME_BYTES || bytes > MOST_BYTES || !Number.isSafeInteger(bytes))
    throw new RangeError(`a bundle cannot hold ${name} of ${bytes} bytes`);
  header.set(nameBytes, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${bytes.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", SUM_AT);
  put("0", 156);
  put("ustar\0", 257);
  put("00", 263);
  const sum = header.reduce((all, byte) => all + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, SUM_AT);
  return header;
}

/** Zeros that fill a file's last block. */
export function tarPadding(bytes: number): Uint8Array {
  return new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** Two empty blocks. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * BLOCK);
}

/** Bytes that can be read from anywhere, such as a file. */
export interface RandomAccess {
  readonly bytes: number;
  read(from: number, bytes: number): Promise<Uint8Array>;
}

/** Where a file's bytes lie in the archive. */
export interface TarPlace {
  readonly from: number;
  readonly bytes: number;
}

function textIn(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** @returns `null` at the archive's end. @throws RangeError for what is no header. */
function readHeader(header: Uint8Array): TarEntry | null {
  if (header.every((byte) => byte === 0)) return null;
  const stated = Number.parseInt(textIn(header, SUM_AT, 8).trim(), 8);
  const sum = header.reduce((all, byte, i) => all + (i >= SUM_AT && i < SUM_AT + 8 ? 32 : byte), 0);
  const bytes = textIn(header, 124, 12).trim();
  if (stated !== sum || !/^[0-7]{1,11}$/u.test(bytes)) throw new RangeError("a file's header is damaged");
  return { name: textIn(header, 0, MOST_NAME_BYTES), bytes: Number.parseInt(bytes, 8) };
}

/**
 * Finds the files of an archive without reading them.
 *
 * @throws RangeError when it is damaged, ends too early, or holds a name twice.
 */
export async function readTar(archive: RandomAccess): Promise<ReadonlyMap<string, TarPlace>> {
  const places = new Map<string, TarPlace>();
  for (let at = 0; ;) {
    if (at + BLOCK > archive.bytes) throw new RangeError("the bundle ends too early");
    const entry = readHeader(await archive.read(at, BLOCK));
    if (entry === null) return places;
    const from = at + BLOCK;
    if (from + entry.bytes > archive.bytes) throw new RangeError(`the bundle ends inside ${entry.name}`);
    if (places.has(entry.name)) throw new RangeError(`the bundle holds ${entry.name} twice`);
    places.set(entry.name, { from, bytes: entry.bytes });
    at = from + Math.ceil(entry.bytes / BLOCK) * BLOCK;
  }
}
