import { access, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "./sync-folder.ts";

const PIECE_BYTES = 256 * 1024;

/** Reads into two buffers in turn, one ahead: with a new buffer for each piece, a long file leaves more than the runtime clears up in time. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  let [filling, other] = [Buffer.allocUnsafeSlow(PIECE_BYTES), Buffer.allocUnsafeSlow(PIECE_BYTES)];
  const read = (into: Buffer): Promise<{ bytesRead: number }> => {
    const reading = handle.read(into, 0, PIECE_BYTES);
    // A failure is met when the piece is asked for, not as an unhandled rejection before.
    reading.catch(() => undefined);
    return reading;
  };
  let reading = read(filling);
  try {
    for (let { bytesRead } = await reading; bytesRead > 0; { bytesRead } = await reading) {
      const piece = filling.subarray(0, bytesRead);
      [filling, other] = [other, filling];
      reading = read(filling);
      yield piece;
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

/** Where sealed files lie under names such as `acme-voice/2026-11/<sha256>`. It never sees a plain byte. */
export interface RawStore {
  /** Takes over a file that is complete and flushed; it is durable under its name when this returns. A name is written again only with the same plain bytes. */
  keep(part: string, name: string): Promise<void>;
  /** In pieces, each of which is good until the next is asked for. */
  open(name: string): AsyncIterable<Uint8Array>;
  has(name: string): Promise<boolean>;
  /** Asked twice changes nothing. */
  remove(name: string): Promise<void>;
  /** Everything of one agreement and month, such as `acme-voice/2026-11`. */
  removeAll(vault: string): Promise<void>;
}

/** Sealed files in a folder of this machine, or one that all machines share. */
export class DiskRawStore implements RawStore {
  private readonly folder: string;
  private readonly made = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  async keep(part: string, name: string): Promise<void> {
    const file = this.pathOf(name);
    const folder = path.dirname(file);
    await this.makeFolder(folder);
    await syncFolder(folder, rename(part, file));
  }

  open(name: string): AsyncIterable<Uint8Array> {
    return piecesOf(this.pathOf(name));
  }

  async has(name: string): Promise<boolean> {
    return await access(this.pathOf(name)).then(
      () => true,
      () => false,
    );
  }

  async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  async removeAll(vault: string): Promise<void> {
    const folder = path.join(this.folder, vault);
    await rm(folder, { recursive: true, force: true });
    this.made.delete(folder);
  }

  /** A new folder is a name in the one above it, which must be flushed as well. */
  private async makeFolder(folder: string): Promise<void> {
    if (this.made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let above = folder; above !== this.folder;) {
      above = path.dirname(above);
      await syncFolder(above);
    }
    this.made.add(folder);
  }

  private pathOf(name: string): string {
    if (!/^(?:[a-z0-9-]+\/(?:\d{4}-\d{2}|condensed)\/)?[0-9a-f]{64}$/u.test(name)) throw new RangeError(`"${name}" names no raw file`);
    return path.join(this.folder, name);
  }
}
