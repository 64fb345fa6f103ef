import { access, copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { toError } from "../../shared/protocol/errors.ts";
import { type LocalFile, measure } from "./push-file.ts";
import type { WatchMemory } from "./watch-memory.ts";

export interface Watch {
  readonly folder: string;
  /** Where files go that were handed in; null leaves them where they are. */
  readonly done: string | null;
  readonly memory: WatchMemory;
  /** Hands one file in: its receipt, `refused` when it must be mended, `later` when it is to be tried again. */
  readonly deliver: (file: LocalFile) => Promise<{ readonly receipt: string } | "refused" | "later">;
  readonly print: (line: string) => void;
}

interface Sight {
  readonly size: number;
  readonly mtimeMs: number;
}
export type Sights = ReadonlyMap<string, Sight>;

const UNFINISHED = /^\.|\.(?:part|partial|tmp|temp|filepart|crdownload|writing)$|~$/iu;

async function sightsOf(folder: string): Promise<Sights> {
  const sights = new Map<string, Sight>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || UNFINISHED.test(entry.name)) continue;
    const facts = await stat(path.join(folder, entry.name)).catch(() => null);
    if (facts !== null && facts.size > 0) sights.set(entry.name, { size: facts.size, mtimeMs: facts.mtimeMs });
  }
  return sights;
}

async function move(from: string, folder: string, sha256: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { name, ext, base } = path.parse(from);
  const wanted = path.join(folder, base);
  const taken = await access(wanted).then(
    () => true,
    () => false,
  );
  const to = taken ? path.join(folder, `${name}-${sha256.slice(0, 12)}${ext}`) : wanted;
  await rename(from, to).catch(async (thrown: unknown) => {
    const error = toError(thrown);
    if (!("code" in error) || error.code !== "EXDEV") throw error;
    await copyFile(from, to);
    await rm(from);
  });
}

async function dealWith({ folder, done, memory, deliver, print }: Watch, name: string, sight: Sight): Promise<void> {
  const file = await measure(path.join(folder, name));
  const known = memory.receiptOf(file.sha256);
  if (known !== null) print(`${name}: handed in before as ${known}`);
  const delivered = known === null ? await deliver(file) : { receipt: known };
  if (delivered === "later") return;
  const receipt = delivered === "refused" ? null : delivered.receipt;
  await memory.note(name, { sha256: file.sha256, ...sight, receipt });
  if (receipt !== null && done !== null) await move(file.path, done, file.sha256);
}

/**
 * Looks at the folder once: whatever is as it was at the last look, and not dealt with, is handed in, oldest first, one
 * after the other. Stopped at any moment, it goes on where it was: what was sent twice counts once.
 *
 * @param before what the last look saw.
 * @returns what this one saw.
 */
export async function lookAtFolder(watch: Watch, before: Sights, signal: AbortSignal): Promise<Sights> {
  const sights = await sightsOf(watch.folder);
  await watch.memory.keepOnly(new Set(sights.keys()));
  const inOrder = [...sights].toSorted(([a, x], [b, y]) => x.mtimeMs - y.mtimeMs || (a < b ? -1 : 1));
  for (const [name, sight] of inOrder) {
    if (signal.aborted) break;
    const last = before.get(name);
    const isStill = last !== undefined && last.size === sight.size && last.mtimeMs === sight.mtimeMs;
    if (!isStill || watch.memory.knows(name, sight)) continue;
    await dealWith(watch, name, sight).catch((thrown: unknown) => watch.print(`${name}: ${toError(thrown).message}; it is tried again`));
  }
  return sights;
}
