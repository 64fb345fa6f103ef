import { open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { CommandError } from "./command.ts";

const Entry = z.strictObject({
  sha256: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  /** Null for a file that was refused as it is. */
  receipt: z.string().nullable(),
});
const Memory = z.strictObject({
  v: z.literal(1),
  feed: z.string(),
  files: z.record(z.string(), Entry),
  receipts: z.record(z.string(), z.string()),
});
export type WatchEntry = z.infer<typeof Entry>;

/** What a watched folder has handed in, in a file that survives restarts: by name for a quick look, by SHA-256 for ever. */
export class WatchMemory {
  private readonly file: string;
  private readonly memory: z.infer<typeof Memory>;

  private constructor(file: string, memory: z.infer<typeof Memory>) {
    this.file = file;
    this.memory = memory;
  }

  /** @throws CommandError when the file is damaged or belongs to another feed. */
  static async open(folder: string, feed: string): Promise<WatchMemory> {
    const file = path.join(folder, `.accord-push-${feed}.json`);
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) return new WatchMemory(file, { v: 1, feed, files: {}, receipts: {} });
    try {
      return new WatchMemory(file, Memory.parse(JSON.parse(text)));
    } catch (cause) {
      throw new CommandError(`${file} is damaged. Remove it: files that Accord has are recognised by their bytes.`, cause);
    }
  }

  /** Whether the file was dealt with as it lies there. */
  knows(name: string, { size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): boolean {
    const entry = this.memory.files[name];
    return entry !== undefined && entry.size === size && entry.mtimeMs === mtimeMs;
  }

  /** The receipt of these bytes, under whatever name they came. */
  receiptOf(sha256: string): string | null {
    return this.memory.receipts[sha256] ?? null;
  }

  /** Notes a file and writes it down before it returns. */
  async note(name: string, entry: WatchEntry): Promise<void> {
    this.memory.files[name] = entry;
    if (entry.receipt !== null) this.memory.receipts[entry.sha256] = entry.receipt;
    await this.save();
  }

  /** Forgets the names of files that lie there no more; their bytes stay known. */
  async keepOnly(names: ReadonlySet<string>): Promise<void> {
    const gone = Object.keys(this.memory.files).filter((name) => !names.has(name));
    if (gone.length === 0) return;
    for (const name of gone) delete this.memory.files[name];
    await this.save();
  }

  private async save(): Promise<void> {
    const draft = `${this.file}.tmp`;
    const handle = await open(draft, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(this.memory));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.file);
  }
}
