import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { AppError, toError } from "../protocol/errors.ts";
import type { KeyRing } from "./key-ring.ts";
import { DamagedFileError, FrameSealer, openFrames } from "./raw-cipher.ts";
import { RawKeys, type Vault, vaultName } from "./raw-keys.ts";
import { DiskRawStore, type RawStore } from "./raw-store.ts";

export interface ReceivedFile {
  /** Of the plain bytes. */
  readonly sha256: string;
  readonly bytes: number;
  /** Under the key of which month the bytes lie; the receipt remembers it. */
  readonly rawMonth: string;
  /** Of a small file: what was stored. */
  readonly sealed?: Uint8Array;
}

/** What a receipt says of where its bytes lie. Without a month: of an earlier release, in the open. */
export interface RawPlace {
  readonly agreementId: string;
  readonly sha256: string;
  readonly rawMonth?: string | undefined;
  /** Said of a receipt whose raw bytes were erased: the rows in their place. */
  readonly condensed?: { readonly sha256: string } | undefined;
}

/** The month under which rows lie that took the place of raw bytes. */
const CONDENSED = "condensed";

export interface ReceiveOptions {
  /** Whose key seals the bytes. */
  readonly agreementId: string;
  /** Decides the month (UTC). */
  readonly nowMs: number;
  readonly maxBytes: number;
  /** Asked when the last byte has come, beside the flush. Where it fails nothing is kept. */
  readonly beforeKept?: () => Promise<unknown>;
}

/** A request may take 5 minutes, in which the rows of one agreement may be long over, or a large file stand in line. */
const STALE_PART_MS = 900_000;
const WHOLE_BELOW_BYTES = 1_000_000;
/** Every worker that hears of a file reads it, and one of them needs it. */
const AHEAD_BELOW_BYTES = 65_536;
/** A quarter of an hour or a day of a queue. Every worker hears it, whoever needs it. */
const TOLD_BELOW_BYTES = 16_384;

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

function monthOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 7);
}

/** The key that a file is sealed under; a former one is not. */
function vaultOf({ agreementId, rawMonth, condensed }: RawPlace): Vault | null {
  if (condensed !== undefined) return { agreementId, month: CONDENSED };
  return rawMonth === undefined ? null : { agreementId, month: rawMonth };
}

function nameOf(place: RawPlace): string {
  const vault = vaultOf(place);
  return vault === null ? place.sha256 : `${vaultName(vault)}/${place.condensed?.sha256 ?? place.sha256}`;
}

/**
 * Raw uploads, sealed under a key per agreement and month and named by the SHA-256 of their plain bytes. A name exists only
 * for bytes that are complete and flushed: they are sealed into a part file, flushed, and then kept under the name.
 */
export class RawFiles {
  readonly keys: RawKeys;
  private readonly folder: string;
  private readonly store: RawStore;
  private made = false;
  private readonly ahead = new Map<string, Promise<Buffer>>();

  constructor(stateDir: string, keyRing: KeyRing, store: RawStore | null = null) {
    this.folder = path.join(stateDir, "raw");
    this.keys = new RawKeys(stateDir, keyRing);
    this.store = store ?? new DiskRawStore(this.folder);
  }

  /**
   * Takes a stream in.
   *
   * @throws AppError `too-large` beyond `maxBytes`, `broken-upload` when the sender stops, `no-space` when the disk is full.
   */
  async receive(stream: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedFile> {
    const { agreementId, nowMs, maxBytes, beforeKept } = options;
    return await this.keep(readable(stream, maxBytes), { agreementId, month: monthOf(nowMs) }, beforeKept);
  }

  /** Keeps the rows that take the place of a raw file. */
  async keepCondensed(stream: AsyncIterable<Uint8Array>, agreementId: string): Promise<ReceivedFile> {
    return await this.keep(stream, { agreementId, month: CONDENSED });
  }

  private async keep(
    stream: AsyncIterable<Uint8Array>,
    vault: Vault,
    beforeKept: () => Promise<unknown> = async () => undefined,
  ): Promise<ReceivedFile> {
    await this.makeFolder();
    const part = path.join(this.folder, `${randomUUID()}.part`);
    const key = this.keys.keyFor(vault);
    key.catch(() => undefined);
    const handle = await open(part, "wx", 0o600);
    try {
      const received = { ...(await writeSealed(handle, stream, await key)), rawMonth: vault.month };
      const asked = beforeKept();
      asked.catch(() => undefined);
      await handle.sync();
      await asked;
      // What is flushed has its name meanwhile; a failure to close is the file's all the same.
      await Promise.all([handle.close(), this.store.keep(part, nameOf({ agreementId: vault.agreementId, ...received }))]);
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

  /**
   * The plain bytes of an accepted file, in pieces.
   *
   * @throws NoKeyError when they were erased; DamagedFileError at the first piece that is not what was stored.
   */
  async *open(place: RawPlace): AsyncGenerator<Uint8Array> {
    const stored = this.store.open(nameOf(place));
    const vault = vaultOf(place);
    if (vault === null) for await (const piece of stored) yield Buffer.from(piece);
    else yield* openFrames(await this.keys.existing(vault), stored);
  }

  /** A small file whole, a large one in pieces: reading it twice must not cost two rounds to the disk. */
  async reader(place: RawPlace & { readonly bytes: number }): Promise<() => AsyncIterable<Uint8Array>> {
    if (place.bytes > WHOLE_BELOW_BYTES) return () => this.open(place);
    const ahead = await this.ahead.get(nameOf(place))?.catch(() => undefined);
    const whole = ahead ?? (await this.whole(place));
    return () => pieces(whole);
  }

  /**
   * Begins to read a small file before it is known whether this process needs it. What fails is read again when it is needed.
   *
   * @param place with what was stored, where that was told.
   * @returns what forgets it.
   */
  readAhead(place: RawPlace & { readonly bytes: number; readonly sealed?: Uint8Array | undefined }): () => void {
    if (place.bytes > AHEAD_BELOW_BYTES) return () => undefined;
    const name = nameOf(place);
    const reading = place.sealed === undefined ? this.whole(place) : this.openTold(place, place.sealed);
    reading.catch(() => undefined);
    this.ahead.set(name, reading);
    return () => {
      if (this.ahead.get(name) === reading) this.ahead.delete(name);
    };
  }

  /** What was told is believed only if it is the file of this name. */
  private async openTold(place: RawPlace, sealed: Uint8Array): Promise<Buffer> {
    const vault = vaultOf(place);
    if (vault === null) return await this.whole(place);
    const plain = Buffer.concat(await Array.fromAsync(openFrames(await this.keys.existing(vault), pieces(sealed))));
    if (createHash("sha256").update(plain).digest("hex") !== place.sha256) throw new DamagedFileError("was told under another's name");
    return plain;
  }

  private async whole(place: RawPlace): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(this.open(place)));
  }

  /** Whether the bytes are there and their key, too. */
  async has(place: RawPlace): Promise<boolean> {
    const vault = vaultOf(place);
    if (vault !== null && !(await this.keys.has(vault))) return false;
    return await this.store.has(nameOf(place));
  }

  async remove(place: RawPlace): Promise<void> {
    await this.store.remove(nameOf(place));
  }

  /** Destroys the key of a month's files for good, and the files. Asked twice changes nothing. */
  async erase(vault: Vault): Promise<void> {
    await this.keys.destroy(vault);
    await this.store.removeAll(vaultName(vault));
  }

  /** Puts bytes that came once more back to where their receipt looks for them, if they were lost there and not erased. */
  async restore(received: ReceivedFile, receipt: RawPlace): Promise<void> {
    const { agreementId, rawMonth, condensed } = receipt;
    if (condensed !== undefined || rawMonth === received.rawMonth || (await this.has(receipt))) return;
    const vault = { agreementId, month: rawMonth ?? "" };
    if (rawMonth === undefined || !(await this.keys.has(vault))) return;
    await this.keep(this.open({ agreementId, ...received }), vault);
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
}

/** A system may write less than it was given. */
async function writeAll(handle: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  const { bytesWritten } = await handle.writev([...pieces]);
  const whole = pieces.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten < whole) await handle.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
}

async function writeSealed(
  handle: FileHandle,
  stream: AsyncIterable<Uint8Array>,
  key: Uint8Array,
): Promise<Omit<ReceivedFile, "rawMonth">> {
  const hash = createHash("sha256");
  const sealer = new FrameSealer(key);
  let bytes = 0;
  let waiting: Buffer[] = [sealer.header];
  for await (const chunk of stream) {
    bytes += chunk.length;
    hash.update(chunk);
    waiting.push(...sealer.push(chunk));
    // The header of a small file goes out with its only frame.
    if (waiting.some((piece) => piece !== sealer.header)) {
      await writeAll(handle, waiting);
      waiting = [];
    }
  }
  waiting.push(...sealer.finish());
  await writeAll(handle, waiting);
  const file = { sha256: hash.digest("hex"), bytes };
  return bytes > TOLD_BELOW_BYTES ? file : { ...file, sealed: Buffer.concat(waiting) };
}

async function* readable(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const megabytes = Math.floor(maxBytes / 1_000_000);
        throw new AppError("too-large", `The file is larger than ${megabytes} MB.`, "Split it by day or month and hand in the parts.");
      }
      yield chunk;
    }
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
