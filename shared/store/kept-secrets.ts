import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppendFile } from "./append-file.ts";
import type { MasterKey } from "./master-key.ts";

const Kept = z.record(z.string(), z.base64());

/**
 * Secrets that outlive the master key they were derived from, by purpose: a person must keep the pseudonym, and the
 * installation its name.
 */
export type KeptSecrets = ReadonlyMap<string, Buffer>;

/** One file for each master key, so that putting another key in its place puts the right file there with it. */
function keptFile(folder: string, master: MasterKey): string {
  return path.join(folder, `kept.${master.id}.json`);
}

function purposeOf(purpose: string): string {
  return `kept:${purpose}`;
}

/** None where the master key is the first one. @throws Error when the file is damaged. */
export async function readKept(folder: string, master: MasterKey): Promise<KeptSecrets> {
  const text = await readFile(keptFile(folder, master), "utf8").catch(() => "{}");
  const sealed = Object.entries(Kept.parse(JSON.parse(text)));
  return new Map(sealed.map(([purpose, value]) => [purpose, master.unseal(purposeOf(purpose), Buffer.from(value, "base64"))]));
}

/** Seals the secrets under a master key; on disk when it returns. */
export async function writeKept(folder: string, master: MasterKey, kept: KeptSecrets): Promise<void> {
  const sealed = [...kept].map(([purpose, secret]) => [purpose, master.seal(purposeOf(purpose), secret).toString("base64")]);
  await new AppendFile(keptFile(folder, master)).replace(`${JSON.stringify(Object.fromEntries(sealed))}\n`);
}

/** Deletes what was sealed under other master keys, those of rotations that were killed before they tidied up among them. */
export async function dropOtherKept(folder: string, master: MasterKey): Promise<void> {
  const own = path.basename(keptFile(folder, master));
  const others = (await readdir(folder)).filter((name) => /^kept\.[0-9a-f]+\.json$/u.test(name) && name !== own);
  for (const name of others) await rm(path.join(folder, name), { force: true });
}
