import path from "node:path";
import { BOOT_MODES, parseBootConfig } from "./boot-config.ts";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { listenForStop } from "./stop-signals.ts";
import { supervise } from "./supervise.ts";

async function main(): Promise<number> {
  const mode = BOOT_MODES.find((name) => name === process.argv[2]);
  if (!mode) throw new BootFailure(`Say which way to run: one of ${BOOT_MODES.join(", ")}.`, EXIT.usage);
  const parsed = parseBootConfig(mode, process.env);
  if (!parsed.ok) throw new BootFailure(parsed.problems.join("\n"), EXIT.configuration);
  await supervise(parsed.config, {
    root: path.resolve(import.meta.dirname, "..", ".."),
    env: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    stop: listenForStop(process, () => performance.now()),
  });
  return 0;
}

const LINGER_MS = 5000;

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BootFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
// Whatever still holds the process, e.g. a look for packages that was overtaken by Ctrl-C, may not hold it for long.
setTimeout(() => process.exit(), LINGER_MS).unref();
