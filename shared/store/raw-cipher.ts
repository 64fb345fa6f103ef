import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Plain bytes of a frame; the last of a file is shorter, or as long. */
export const FRAME_BYTES = 65_536;
const MAGIC = Buffer.from("AVF1");
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const SEALED_FRAME_BYTES = FRAME_BYTES + TAG_BYTES;
const KEY_BYTES = 32;
export const HEADER_BYTES = MAGIC.length + SALT_BYTES;

/** What was stored was changed, cut off, or sealed under another key. */
export class DamagedFileError extends Error {
  constructor(what: string) {
    super(`a sealed file ${what}: restore it from a backup, or hand the same bytes in again`);
    this.name = "DamagedFileError";
  }
}

/** Every file has a key of its own, so that a frame's number can be its nonce. */
function fileKey(key: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, "accord raw file", KEY_BYTES));
}

/** The frame's place and whether it is the last one: a frame that was moved, doubled or became the last does not open. */
function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/**
 * Seals a stream of bytes in frames of 64 KiB with AES-256-GCM (the STREAM construction of Hoang, Reyhanitabar, Rogaway
 * and Vizár 2015). Holds one frame, whatever the file's size; a frame is given out when it is known not to be the last.
 */
export class FrameSealer {
  readonly header: Buffer;
  private readonly key: Buffer;
  private readonly frame = Buffer.allocUnsafe(FRAME_BYTES);
  private filled = 0;
  private index = 0;

  constructor(key: Uint8Array) {
    const salt = randomBytes(SALT_BYTES);
    this.header = Buffer.concat([MAGIC, salt]);
    this.key = fileKey(key, salt);
  }

  /** @returns the sealed frames that these bytes complete. */
  push(bytes: Uint8Array): Buffer[] {
    const sealed: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      if (this.filled === FRAME_BYTES) sealed.push(...this.take(false));
      const some = bytes.subarray(at, at + FRAME_BYTES - this.filled);
      this.frame.set(some, this.filled);
      this.filled += some.length;
      at += some.length;
    }
    return sealed;
  }

  /** @returns the last frame; an empty file has one, too. */
  finish(): Buffer[] {
    return this.take(true);
  }

  /** The body and its tag, not joined: what is copied for every frame of a large file is what its memory comes to. */
  private take(last: boolean): Buffer[] {
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce(this.index++, last));
    const body = cipher.update(this.frame.subarray(0, this.filled));
    this.filled = 0;
    cipher.final();
    return [body, cipher.getAuthTag()];
  }
}

function openFrame(key: Uint8Array, sealed: Buffer, at: { readonly index: number; readonly last: boolean }): Buffer {
  if (sealed.length < TAG_BYTES) throw new DamagedFileError("was cut off");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce(at.index, at.last));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const body = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new DamagedFileError(at.last ? "was changed or cut off" : "was changed");
  }
  return body;
}

/**
 * Opens what `FrameSealer` sealed: plain bytes frame by frame, each given out only after its tag held. Sealed bytes are gathered
 * in one buffer, so that a piece need not outlive the step to the next and a long file leaves little behind.
 *
 * @throws DamagedFileError at the first frame that was changed, moved or cut off.
 */
export async function* openFrames(key: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const held = Buffer.allocUnsafeSlow(SEALED_FRAME_BYTES);
  let filled = 0;
  let own: Buffer | null = null;
  let index = 0;
  for await (const chunk of sealed) {
    for (let at = 0; at < chunk.length;) {
      const whole = own === null ? HEADER_BYTES : SEALED_FRAME_BYTES;
      // One byte more must follow before a frame is known not to be the last.
      if (filled === whole) {
        if (own === null) own = keyOf(key, held.subarray(0, filled));
        else yield openFrame(own, held, { index: index++, last: false });
        filled = 0;
        continue;
      }
      const some = chunk.subarray(at, at + whole - filled);
      held.set(some, filled);
      filled += some.length;
      at += some.length;
    }
  }
  const rest = held.subarray(0, filled);
  if (own === null) yield openFrame(keyOf(key, rest), rest.subarray(HEADER_BYTES), { index, last: true });
  else yield openFrame(own, rest, { index, last: true });
}

function keyOf(key: Uint8Array, bytes: Buffer): Buffer {
  if (bytes.length < HEADER_BYTES) throw new DamagedFileError("was cut off");
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new DamagedFileError("does not begin as one");
  return fileKey(key, bytes.subarray(MAGIC.length, HEADER_BYTES));
}
