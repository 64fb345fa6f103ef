import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readOrCreate } from "./read-or-create.ts";

const MASTER_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 8;

/** The secret of an installation from which the key for every purpose is derived, and what is sealed under these keys. */
export class MasterKey {
  private readonly bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Reads the key, and makes it where there is none. @throws Error when it has not its length. */
  static async open(file: string): Promise<MasterKey> {
    const bytes = await readOrCreate(file, () => randomBytes(MASTER_BYTES));
    if (bytes.length !== MASTER_BYTES) throw new Error(`${file} must have ${MASTER_BYTES} bytes: restore it from the backup`);
    return new MasterKey(bytes);
  }

  /** Tells this key from others in 16 hex digits, and gives nothing of it away. */
  get id(): string {
    return this.derive("id").subarray(0, ID_BYTES).toString("hex");
  }

  /** 32 bytes for one purpose (HKDF-SHA-256). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.bytes, Buffer.alloc(0), purpose, MASTER_BYTES));
  }

  /** Encrypts with AES-256-GCM under the purpose's own key: initialisation vector, ciphertext, tag. */
  seal(purpose: string, plain: Uint8Array): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.derive(purpose), iv);
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when the bytes were changed, or sealed for another purpose or under another master key. */
  unseal(purpose: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const decipher = createDecipheriv("aes-256-gcm", this.derive(purpose), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}
