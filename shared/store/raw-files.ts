import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { AppError, toError } from "../protocol/errors.ts";

export interface ReceivedFile {
  readonly sha256: string;
  readonly bytes: number;
}

const STALE_PART_MS = 60_000;
const WHOLE_BELOW_BYTES = 1_000_000;

function diskError(thrown: unknown): Error {
  const error = toError(thrown);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new AppError(
      "no-space",
      "The data folder is full; the file was not taken in.",
      "Ask the operator to free space, then hand the file in again.",
      { cause: error },
    );
  }
  return error;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Raw uploads on disk, named by their SHA-256. A name exists only for bytes that are complete and flushed:
 * they are written to a part file, flushed, renamed, and the folder is flushed.
 */
export class RawFiles {
  private readonly folder: string;
  private made = false;

  constructor(stateDir: string) {
    this.folder = path.join(stateDir, "raw");
  }

  /**
   * Takes a stream in.
   *
   * @throws AppError `too-large` beyond `maxBytes`, `broken-upload` when the sender stops, `no-space` when the disk is full.
   */
  async receive(stream: AsyncIterable<Uint8Array>, limits: { readonly maxBytes: number }): Promise<ReceivedFile> {
    await this.makeFolder();
    const part = path.join(this.folder, `${randomUUID()}.part`);
    const handle = await open(part, "wx", 0o600);
    try {
      const received = await this.write(handle, stream, limits.maxBytes);
      await handle.sync();
      await handle.close();
      await rename(part, this.pathOf(received.sha256));
      await syncFolder(this.folder);
      return received;
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
      throw diskError(error);
    }
  }

  private async makeFolder(): Promise<void> {
    if (this.made) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.made = true;
  }

  private async write(handle: FileHandle, stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of readable(stream)) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const megabytes = Math.floor(maxBytes / 1_000_000);
        throw new AppError("too-large", `The file is larger than ${megabytes} MB.`, "Split it by day or month and hand in the parts.");
      }
      hash.update(chunk);
      await handle.write(chunk);
    }
    return { sha256: hash.digest("hex"), bytes };
  }

  /** The bytes of an accepted file, in pieces. */
  open(sha256: string): AsyncIterable<Uint8Array> {
    return createReadStream(this.pathOf(sha256), { highWaterMark: 256 * 1024 });
  }

  /** A small file whole, a large one in pieces: reading it twice must not cost two rounds to the disk. */
  async reader(sha256: string, bytes: number): Promise<() => AsyncIterable<Uint8Array>> {
    if (bytes > WHOLE_BELOW_BYTES) return () => this.open(sha256);
    const whole = await readFile(this.pathOf(sha256));
    return () => pieces(whole);
  }

  async has(sha256: string): Promise<boolean> {
    return await access(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  /** Removes parts that a crash left behind. */
  async sweepParts(nowMs: number): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((candidate) => candidate.endsWith(".part"))) {
      const file = path.join(this.folder, name);
      const facts = await stat(file).catch(() => null);
      if (facts !== null && nowMs - facts.mtimeMs > STALE_PART_MS) await rm(file, { force: true });
    }
  }

  private pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new RangeError("a raw file is named by its SHA-256");
    return path.join(this.folder, sha256);
  }
}

async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "broken-upload",
      "The upload ended before the file was complete.",
      "Send the file again with the same Idempotency-Key.",
      { cause: error },
    );
  }
}

async function* pieces(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole;
}
