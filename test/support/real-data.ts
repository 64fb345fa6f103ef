import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..", "..");

/** Folder of the real input: `ACCORD_DATA`, or `../shared/data` beside the project. */
export const REAL_DATA = resolve(ROOT, process.env["ACCORD_DATA"] ?? "../shared/data");

/** Whether the real input is on this machine. Tests that need it say `describe.skipIf(!HAS_REAL_DATA)("real data: ...")`. */
export const HAS_REAL_DATA = existsSync(REAL_DATA);

/** Path of a file of the real input, e.g. `realDataFile("anonymous-bank-1999/january.txt")`. */
export function realDataFile(relativePath: string): string {
  return join(REAL_DATA, relativePath);
}
