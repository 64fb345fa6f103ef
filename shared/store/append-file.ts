import { mkdir, open, readFile, rename, truncate } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "./sync-folder.ts";

async function flushed(file: string, flags: "a" | "w", text: string | Uint8Array): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts other content in the place of a file's, at once: whoever reads it meets the one or the other. On disk when it returns. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.draft`;
  await flushed(draft, "w", content);
  await rename(draft, file);
  await syncFolder(path.dirname(file));
}

/** A file of lines that grows at its end. What was appended is on disk. */
export class AppendFile {
  readonly file: string;
  private made = false;

  constructor(file: string) {
    this.file = file;
  }

  /** Whole lines, without their ends; one that a crash left half written is cut off. None where there is no file. */
  async resume(): Promise<string[]> {
    const text = await this.text();
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) await truncate(this.file, Buffer.byteLength(whole));
    return lines(whole);
  }

  /** Whole lines, without touching the file. */
  async read(): Promise<string[]> {
    const text = await this.text();
    return lines(text.slice(0, text.lastIndexOf("\n") + 1));
  }

  /** `text` ends with a line feed. */
  async append(text: string): Promise<void> {
    const folder = path.dirname(this.file);
    if (!this.made) await mkdir(folder, { recursive: true, mode: 0o700 });
    await flushed(this.file, "a", text);
    if (!this.made) await syncFolder(folder);
    this.made = true;
  }

  /** Puts other lines in the place of all, at once. */
  async replace(text: string): Promise<void> {
    await replaceFile(this.file, text);
  }

  private async text(): Promise<string> {
    return (await readFile(this.file).catch(() => Buffer.alloc(0))).toString("utf8");
  }
}

function lines(text: string): string[] {
  return text === "" ? [] : text.slice(0, -1).split("\n");
}
