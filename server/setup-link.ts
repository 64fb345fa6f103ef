import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Redis } from "ioredis";
import { hasPeople } from "../shared/store/people.ts";
import { addSetupToken, isSetupToken } from "../shared/store/setup-token.ts";
import { sha256Hex } from "./access/api-key-secret.ts";

export const SETUP_LINK_FILE = "setup-link";

/**
 * The one-time link to the first administrator, while there are no people. A link that still works is kept, so that
 * a restart does not take it from somebody's hands. Only the token's hash goes to the store.
 *
 * @returns the link, or `null` when people exist.
 */
export async function setupLink(parts: { redis: Redis; stateDir: string; publicUrl: string }): Promise<string | null> {
  const { redis, stateDir, publicUrl } = parts;
  const file = path.join(stateDir, SETUP_LINK_FILE);
  if (await hasPeople(redis)) {
    await rm(file, { force: true });
    return null;
  }
  const old = await readFile(file, "utf8").catch(() => "");
  const known = old.trim().split("#")[1] ?? "";
  const keep = known !== "" && (await isSetupToken(redis, sha256Hex(known)));
  const token = keep ? known : randomBytes(24).toString("base64url");
  if (!keep && !(await addSetupToken(redis, sha256Hex(token)))) return null;
  const link = `${publicUrl}/setup#${token}`;
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await writeFile(file, `${link}\n`, { mode: 0o600 });
  return link;
}
