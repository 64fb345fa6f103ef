import { randomBytes } from "node:crypto";
import { access, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { KeyRing } from "./key-ring.ts";
import { readOrCreate } from "./read-or-create.ts";
import { syncFolder } from "./sync-folder.ts";

/** Files that share a key share its end: raw files of an agreement lie together by the month in which they came. */
export interface Vault {
  readonly agreementId: string;
  /** `2026-11`, or `condensed` for the rows that took the place of raw files. */
  readonly month: string;
}

/** The key was destroyed, or is missing from a backup: nothing under it can ever be read. */
export class NoKeyError extends Error {
  constructor({ agreementId, month }: Vault) {
    super(`the key of the raw files of ${agreementId} of ${month} is gone: they were erased, or keys/raw must be restored from a backup`);
    this.name = "NoKeyError";
  }
}

const DATA_KEY_BYTES = 32;

/** For what a data key is sealed. */
export function vaultPurpose(name: string): string {
  return `raw:${name}`;
}

/** Every data key of a state folder: `<agreement>/<month>`, and the file that holds it. */
export async function listVaults(stateDir: string): Promise<{ readonly name: string; readonly file: string }[]> {
  const folder = path.join(stateDir, "keys", "raw");
  const agreements = await readdir(folder).catch(() => []);
  const vaults = await Promise.all(
    agreements.map(async (agreementId) => {
      const files = await readdir(path.join(folder, agreementId)).catch(() => []);
      return files.flatMap((name) => {
        const month = /^(\d{4}-\d{2}|condensed)\.key$/u.exec(name)?.[1];
        return month === undefined ? [] : [{ name: `${agreementId}/${month}`, file: path.join(folder, agreementId, name) }];
      });
    }),
  );
  return vaults.flat();
}

export function vaultName({ agreementId, month }: Vault): string {
  if (!/^[a-z0-9][a-z0-9-]*$/u.test(agreementId) || !/^(?:\d{4}-\d{2}|condensed)$/u.test(month))
    throw new RangeError(`"${agreementId}/${month}" names no raw files`);
  return `${agreementId}/${month}`;
}

/** The data keys of the raw files, one per agreement and month: random, and sealed under the installation's master key. */
export class RawKeys {
  private readonly keyRing: KeyRing;
  private readonly folder: string;
  private readonly known = new Map<string, Buffer>();

  constructor(stateDir: string, keyRing: KeyRing) {
    this.folder = path.join(stateDir, "keys", "raw");
    this.keyRing = keyRing;
  }

  /** The key, made where there is none; it is on disk before anything is sealed with it. */
  async keyFor(vault: Vault): Promise<Buffer> {
    const name = vaultName(vault);
    const sealed = await readOrCreate(this.fileOf(name), () => this.keyRing.seal(vaultPurpose(name), randomBytes(DATA_KEY_BYTES)));
    return this.remember(name, sealed);
  }

  /** @throws NoKeyError when there is none, or no more. */
  async existing(vault: Vault): Promise<Buffer> {
    const name = vaultName(vault);
    // Asked of the disk each time: another process may have destroyed it.
    const sealed = await readFile(this.fileOf(name)).catch(() => null);
    if (sealed === null) throw new NoKeyError(vault);
    return this.remember(name, sealed);
  }

  async has(vault: Vault): Promise<boolean> {
    return await access(this.fileOf(vaultName(vault))).then(
      () => true,
      () => false,
    );
  }

  /** Months of an agreement that have a key, the earliest first. */
  async months(agreementId: string): Promise<string[]> {
    const names = await readdir(path.join(this.folder, agreementId)).catch(() => []);
    return names.flatMap((name) => /^(\d{4}-\d{2})\.key$/u.exec(name)?.[1] ?? []).toSorted();
  }

  /** Ends everything sealed under it. Asked twice changes nothing. */
  async destroy(vault: Vault): Promise<void> {
    const name = vaultName(vault);
    const file = this.fileOf(name);
    await rm(file, { force: true });
    await syncFolder(path.dirname(file)).catch(() => undefined);
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `${name}.key`);
  }

  private remember(name: string, sealed: Buffer): Buffer {
    const id = `${name} ${sealed.toString("base64")}`;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const key = this.keyRing.unseal(vaultPurpose(name), sealed);
    if (this.known.size > 1000) this.known.clear();
    this.known.set(id, key);
    return key;
  }
}
