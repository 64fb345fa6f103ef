import { createWriteStream } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import path from "node:path";

const ROTATE_BYTES = 20 * 1024 * 1024;
const REMEMBERED_LINES = 12;

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** The last few lines, for a message about why a program ended. */
  tail(): string;
  close(): void;
}

/** Opens `<stateDir>/logs/<name>.log` to append; one above 20 MB is set aside as `.1` first. */
export async function openLogFile(stateDir: string, name: string): Promise<LogFile> {
  const file = path.join(stateDir, "logs", `${name}.log`);
  await mkdir(path.dirname(file), { recursive: true });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > ROTATE_BYTES) await rename(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  // A full disk must not end the supervisor: the programs themselves say so when it matters.
  stream.on("error", () => undefined);
  const last: string[] = [];
  return {
    path: file,
    write(line) {
      last.push(line);
      if (last.length > REMEMBERED_LINES) last.shift();
      stream.write(`${line}\n`);
    },
    tail: () => last.join("\n"),
    close: () => void stream.end(),
  };
}
