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
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readOrCreate } from "./read-or-create.ts";

export const OPERATOR_KEY = "operator.pem";
/** Made by a rotation that has not ended yet. */
export const NEXT_KEY = "operator.next.pem";
export const FORMER_KEYS = "operator.former.json";
const FormerKeys = z.array(z.strictObject({ publicKey: z.string(), certificate: z.string() }));

const MASTER_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/**
 * The installation's secrets, in `<state folder>/keys`: a master key, from which every key for one purpose is derived, and
 * the operator's Ed25519 key, which signs ledger checkpoints. Whoever loses the folder loses what was sealed with it.
 */
export class KeyRing {
  private readonly master: Buffer;
  readonly signingKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Public keys that signed before, oldest first, each with its word for the next. */
  readonly former: z.infer<typeof FormerKeys>;

  private constructor(master: Buffer, signingKey: KeyObject, former: z.infer<typeof FormerKeys>) {
    this.former = former;
    this.master = master;
    this.signingKey = signingKey;
    this.publicKey = createPublicKey(signingKey);
  }

  /**
   * Reads the keys, and makes those that are not there yet.
   *
   * @throws Error when a key has not its length, or a rotation was interrupted: two keys must never sign at once.
   */
  static async open(stateDir: string, { duringRotation = false }: { readonly duringRotation?: boolean } = {}): Promise<KeyRing> {
    const folder = path.join(stateDir, "keys");
    if (!duringRotation && (await isThere(path.join(folder, NEXT_KEY))))
      throw new Error("a rotation of the operator key was interrupted: finish it with npm run accord -- rotate-key");
    const master = await readOrCreate(path.join(folder, "master.key"), () => randomBytes(MASTER_BYTES));
    if (master.length !== MASTER_BYTES)
      throw new Error(`${path.join(folder, "master.key")} must have ${MASTER_BYTES} bytes: restore it from the backup`);
    const pem = await readOrCreate(path.join(folder, OPERATOR_KEY), () =>
      Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
    );
    const former = await readFile(path.join(folder, FORMER_KEYS), "utf8").catch(() => "[]");
    const own = createPublicKey(pem).export({ type: "spki", format: "der" }).subarray(-MASTER_BYTES).toString("base64");
    // One whose rotation has not ended stands in the list already.
    const earlier = FormerKeys.parse(JSON.parse(former)).filter(({ publicKey }) => publicKey !== own);
    return new KeyRing(master, createPrivateKey(pem), earlier);
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
