import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { clientFingerprint } from "./client-fingerprint.ts";
import { withProgress, type Say } from "./progress.ts";
import { runCommand } from "./run-command.ts";

/**
 * Builds the browser's part into `dist/client` unless the one there was built from exactly these sources.
 * @throws BootFailure with what the build printed
 */
export async function ensureClientBuilt(root: string, say: Say): Promise<void> {
  // Beside the folder, not in it: the build empties the folder and the server serves it.
  const stamp = path.join(root, "dist", "client.sha256");
  const wanted = await clientFingerprint(root);
  const built = await readFile(stamp, "utf8").catch(() => "");
  if (built.trim() === wanted && existsSync(path.join(root, "dist", "client", "index.html"))) return;
  await withProgress("Building the screens", say, async () => {
    const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
    // An environment of its own: under a test runner's NODE_ENV the build would be React's slow one, and stay.
    const env = { NODE_ENV: "production", PATH: path.dirname(process.execPath) };
    const result = await runCommand({ file: process.execPath, args: [vite, "build", "client", "--logLevel", "warn"], cwd: root, env });
    if (result.code !== 0) {
      throw new BootFailure(
        `${result.output.trimEnd()}\nThe client does not build for the reason above: mend it in client/ or shared/ and start again.`,
        EXIT.software,
      );
    }
    await writeFile(stamp, `${wanted}\n`);
  });
}
