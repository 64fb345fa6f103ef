import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Rows of a file from which on its garbage is worth a pause of some tens of milliseconds. */
const MANY_ROWS = 250_000;

/**
 * Gives back what reading a large file has left. On a machine with much memory the runtime lets garbage lie; what judging
 * the file's days then takes would come on top of it, and a worker must stay small whatever the file.
 */
export function releaseMemory(rows: number): void {
  if (rows < MANY_ROWS) return;
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
}
