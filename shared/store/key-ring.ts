import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import path from "node:path";
import { readOrCreate } from "./read-or-create.ts";

const MASTER_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The installation's secrets, in `<state folder>/keys`: a master key, from which every key for one purpose is derived, and
 * the operator's Ed25519 key, which signs ledger checkpoints. Whoever loses the folder loses what was sealed with it.
 */
export class KeyRing {
  private readonly master: Buffer;
  readonly signingKey: KeyObject;
  readonly publicKey: KeyObject;

  private constructor(master: Buffer, signingKey: KeyObject) {
    this.master = master;
    this.signingKey = signingKey;
    this.publicKey = createPublicKey(signingKey);
  }

  /** Reads the keys, and makes those that are not there yet. */
  static async open(stateDir: string): Promise<KeyRing> {
    const folder = path.join(stateDir, "keys");
    const master = await readOrCreate(path.join(folder, "master.key"), () => randomBytes(MASTER_BYTES));
    if (master.length !== MASTER_BYTES)
      throw new Error(`${path.join(folder, "master.key")} must have ${MASTER_BYTES} bytes: restore it from the backup`);
    const pem = await readOrCreate(path.join(folder, "operator.pem"), () =>
      Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
    );
    return new KeyRing(master, createPrivateKey(pem));
  }

  /** 32 bytes for one purpose, such as `pseudonyms:acme-voice`; the same on every process of the installation (HKDF-SHA-256). */
  secretFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.master, Buffer.alloc(0), purpose, MASTER_BYTES));
  }

  /** Encrypts with AES-256-GCM under the purpose's own key: initialisation vector, ciphertext, tag. */
  seal(purpose: string, plain: Uint8Array): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.secretFor(purpose), iv);
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when the bytes were changed, or sealed for another purpose or by another installation. */
  unseal(purpose: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const decipher = createDecipheriv("aes-256-gcm", this.secretFor(purpose), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}
