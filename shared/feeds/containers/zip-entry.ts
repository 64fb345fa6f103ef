import { crc32 } from "./crc32.ts";
import { type Inflate, type InflateLimits, inflateWithin } from "./inflate.ts";
import { brokenZip, type ZipEntry } from "./zip-directory.ts";

const PIECE = 65_536;

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield await Promise.resolve(bytes.subarray(at, at + PIECE));
}

/**
 * Unpacks one file of an archive, in a stream. What comes out must have the size and the checksum that the archive names.
 *
 * @throws RefusedFile where it has not, or a limit is passed.
 */
export async function* zipEntryBytes(
  archive: Uint8Array,
  entry: ZipEntry,
  { inflate, limits }: { readonly inflate: Inflate; readonly limits: InflateLimits },
): AsyncGenerator<Uint8Array> {
  const packed = slices(archive.subarray(entry.dataAt, entry.dataAt + entry.packed));
  const what = `"${entry.name.slice(0, 80)}" in the zip archive`;
  let given = 0;
  let crc = 0;
  for await (const piece of entry.deflated ? inflateWithin(packed, "deflate-raw", { inflate, limits, what }) : packed) {
    given += piece.length;
    if (given > entry.size) break;
    crc = crc32(piece, crc);
    yield piece;
  }
  if (given !== entry.size) throw brokenZip(`says that "${entry.name.slice(0, 80)}" unpacks to ${entry.size} bytes, which is not so`);
  if (crc !== entry.crc) throw brokenZip(`has a damaged "${entry.name.slice(0, 80)}": its checksum does not fit`);
}
