import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const FOLDERS = ["client", "shared"];
const FILES = ["package-lock.json", "tsconfig.base.json"];

async function sourceFiles(root: string): Promise<string[]> {
  const listed = await Promise.all(
    FOLDERS.map(async (folder) => {
      const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    }),
  );
  return [...FILES, ...listed.flat()].sort();
}

/** SHA-256 over the names and bytes of everything that the built client depends on. */
export async function clientFingerprint(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await sourceFiles(root)) {
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
