import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { BootFailure, EXIT } from "./boot-failure.ts";

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the zero at the end. */
const LONGEST_BYTES = 103;

/** Where a unix socket of a state folder lies: in the folder, or in a short folder of this user's if its path is too long. Always the same for the same folder. */
export function socketPlace(stateDir: string, name: string, user: { temporary: string; id: number }): { path: string; isShort: boolean } {
  const natural = path.join(stateDir, name);
  if (Buffer.byteLength(natural) <= LONGEST_BYTES) return { path: natural, isShort: false };
  const hash = createHash("sha256").update(stateDir).digest("hex").slice(0, 16);
  return { path: path.join(user.temporary, `accord-${user.id}-${hash}`, name), isShort: true };
}

/**
 * The same, with the short folder made and seen to be this user's alone.
 * @throws BootFailure if somebody else owns a folder of that name
 */
export async function prepareSocketPath(stateDir: string, name: string): Promise<string> {
  const { uid } = userInfo();
  const place = socketPlace(stateDir, name, { temporary: tmpdir(), id: uid });
  if (!place.isShort) return place.path;
  const folder = path.dirname(place.path);
  await mkdir(folder, { mode: 0o700, recursive: true });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return place.path;
  throw new BootFailure(
    `${folder} belongs to somebody else: set ACCORD_STATE_DIR to a folder with a shorter path and start again.`,
    EXIT.unavailable,
  );
}
