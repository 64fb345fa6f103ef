import { open } from "node:fs/promises";

/**
 * Flushes a folder to disk: a new name in it survives a power cut only after that.
 *
 * @param change what gives the folder the name, where that has been begun: the folder is opened meanwhile. What it throws is thrown.
 */
export async function syncFolder(folder: string, change: Promise<void> = Promise.resolve()): Promise<void> {
  const [handle] = await Promise.allSettled([open(folder, "r"), change]);
  if (handle.status === "rejected") throw handle.reason;
  try {
    await change;
    await handle.value.sync();
  } finally {
    // Nothing was written through it that closing could lose, and nobody waits.
    handle.value.close().catch(() => undefined);
  }
}
