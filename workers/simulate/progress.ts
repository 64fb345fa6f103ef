import { open, readFile, rename } from "node:fs/promises";
import { z } from "zod";
import { Simulation } from "./simulation.ts";

/**
 * What a second start continues from: the simulation before the files under way, and the course that makes them.
 * It is written before they are sent. A start after a crash makes the same files again, under the same keys.
 */
export const Progress = z.strictObject({
  simulation: Simulation,
  course: z.strictObject({ toS: z.int(), live: z.boolean(), pastEndsS: z.int() }),
});
export type Progress = z.infer<typeof Progress>;

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}

/**
 * @returns `null` at the first start.
 * @throws Error that names the file when it cannot be read.
 */
export async function readProgress(file: string): Promise<Progress | null> {
  try {
    return Progress.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new Error(`${file} cannot be read; delete the demo's data folder to begin anew`, { cause });
  }
}

/** Replaces the file as a whole, so that a crash leaves either the old or the new one. */
export async function writeProgress(file: string, progress: Progress): Promise<void> {
  const draft = `${file}.draft`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(progress));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
