import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { toError } from "../protocol/errors.ts";
import { syncFolder } from "./sync-folder.ts";

/** A file that is made once: the first of several processes writes it, the others read what it wrote. On disk when it is returned. */
export async function readOrCreate(file: string, make: () => Uint8Array): Promise<Buffer> {
  const found = await readFile(file).catch(() => null);
  if (found !== null) return found;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(make());
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(draft, file).catch((thrown: unknown) => {
    const error = toError(thrown);
    if (!("code" in error) || error.code !== "EEXIST") throw error;
  });
  await rm(draft, { force: true });
  await syncFolder(path.dirname(file));
  return await readFile(file);
}
