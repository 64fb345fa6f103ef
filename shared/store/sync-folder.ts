import { open } from "node:fs/promises";

/** Flushes a folder to disk: a new name in it survives a power cut only after that. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
