import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type KeptSecrets, readKept } from "./kept-secrets.ts";
import { MasterKey } from "./master-key.ts";
import { readOrCreate } from "./read-or-create.ts";

export const OPERATOR_KEY = "operator.pem";
/** Made by a rotation that has not ended yet. */
export const NEXT_KEY = "operator.next.pem";
export const FORMER_KEYS = "operator.former.json";
export const MASTER_KEY = "master.key";
/** Made by a rotation of the master key that has not ended yet. */
export const NEXT_MASTER_KEY = "master.next.key";
const FormerKeys = z.array(z.strictObject({ publicKey: z.string(), certificate: z.string() }));

const RAW_KEY_BYTES = 32;

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
  private readonly master: MasterKey;
  private readonly kept: KeptSecrets;
  readonly signingKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Public keys that signed before, oldest first, each with its word for the next. */
  readonly former: z.infer<typeof FormerKeys>;

  private constructor(
    secrets: { readonly master: MasterKey; readonly kept: KeptSecrets },
    signingKey: KeyObject,
    former: z.infer<typeof FormerKeys>,
  ) {
    this.former = former;
    this.master = secrets.master;
    this.kept = secrets.kept;
    this.signingKey = signingKey;
    this.publicKey = createPublicKey(signingKey);
  }

  /**
   * Reads the keys, and makes those that are not there yet.
   *
   * @param duringRotation the rotation that is at work and must see the key that gives way.
   * @throws Error when a key has not its length, or a rotation was interrupted: two keys must never be in use at once.
   */
  static async open(stateDir: string, { duringRotation }: { readonly duringRotation?: "operator" | "master" } = {}): Promise<KeyRing> {
    const folder = path.join(stateDir, "keys");
    if (duringRotation !== "operator" && (await isThere(path.join(folder, NEXT_KEY))))
      throw new Error("a rotation of the operator key was interrupted: finish it with npm run accord -- rotate-key");
    if (duringRotation !== "master" && (await isThere(path.join(folder, NEXT_MASTER_KEY))))
      throw new Error("a rotation of the master key was interrupted: finish it with npm run accord -- rotate-key --master");
    return await KeyRing.under(folder, await MasterKey.open(path.join(folder, MASTER_KEY)));
  }

  /** The same keys under the master key that a rotation has made. */
  static async openNext(stateDir: string): Promise<KeyRing> {
    const folder = path.join(stateDir, "keys");
    return await KeyRing.under(folder, await MasterKey.open(path.join(folder, NEXT_MASTER_KEY)));
  }

  private static async under(folder: string, master: MasterKey): Promise<KeyRing> {
    const pem = await readOrCreate(path.join(folder, OPERATOR_KEY), () =>
      Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
    );
    const former = await readFile(path.join(folder, FORMER_KEYS), "utf8").catch(() => "[]");
    const own = createPublicKey(pem).export({ type: "spki", format: "der" }).subarray(-RAW_KEY_BYTES).toString("base64");
    // One whose rotation has not ended stands in the list already.
    const earlier = FormerKeys.parse(JSON.parse(former)).filter(({ publicKey }) => publicKey !== own);
    return new KeyRing({ master, kept: await readKept(folder, master) }, createPrivateKey(pem), earlier);
  }

  /**
   * 32 bytes for one purpose, such as `pseudonyms:acme-voice`; the same on every process of the installation, and under
   * every later master key where a rotation kept it.
   */
  secretFor(purpose: string): Buffer {
    return this.kept.get(purpose) ?? this.master.derive(purpose);
  }

  /** Tells these secrets from any others, in hex, and gives none of them away. */
  get fingerprint(): string {
    const own = this.master.derive("fingerprint");
    if (this.kept.size === 0) return own.toString("hex");
    const kept = [...this.kept].map(([purpose, secret]) => `${purpose} ${secret.toString("hex")}`).toSorted();
    return createHmac("sha256", own).update(kept.join("\n")).digest("hex");
  }

  /** Purposes whose secrets come from an earlier master key. */
  get keptPurposes(): readonly string[] {
    return [...this.kept.keys()];
  }

  /** Encrypts under the present master key with the purpose's own key. */
  seal(purpose: string, plain: Uint8Array): Buffer {
    return this.master.seal(purpose, plain);
  }

  /** @throws Error when the bytes were changed, or sealed for another purpose or under another master key. */
  unseal(purpose: string, sealed: Uint8Array): Buffer {
    return this.master.unseal(purpose, sealed);
  }
}
