import path from "node:path";
import { BootFailure, EXIT } from "../../server/boot/boot-failure.ts";
import { ensureClientBuilt } from "../../server/boot/build-client.ts";
import { ensureRedis } from "../../server/boot/find-redis.ts";
import { canInstallDebianPackages, installDebianPackages } from "../../server/boot/install-debian-packages.ts";
import { runOnTerminal } from "../../server/boot/run-command.ts";
import { findChromium } from "./chromium.ts";
import { HAS_REAL_DATA, REAL_DATA } from "./real-data.ts";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether browser tests can run here. On a developer's machine they may be missing, loudly; under CI they may not. */
async function ensureChromium(): Promise<boolean> {
  if (findChromium() === null && canInstallDebianPackages()) await installDebianPackages(["chromium"], say);
  if (findChromium() !== null) return true;
  const mend = "install chromium, or set CHROMIUM to the path of a browser";
  if (process.env["CI"]) throw new BootFailure(`There is no Chromium for the browser tests: ${mend}.`, EXIT.unavailable);
  say(`\n*** BROWSER TESTS ARE SKIPPED: there is no Chromium here; ${mend}. ***\n`);
  return false;
}

function tellRealData(): void {
  if (!HAS_REAL_DATA) say(`*** No real input at ${REAL_DATA}: the tests named "real data" are skipped; ACCORD_DATA says where it is. ***`);
}

async function runTests(mode: string, vitestArgs: readonly string[]): Promise<number> {
  const redis = await ensureRedis(process.env["PATH"] ?? "", say);
  const browser = await ensureChromium();
  await ensureClientBuilt(ROOT, say);
  tellRealData();
  const vitest = path.join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const projects = browser ? [] : ["--project", "!e2e"];
  return runOnTerminal({
    file: process.execPath,
    args: [vitest, "run", "--config", "test/vitest.config.ts", "--root", ".", ...projects, ...vitestArgs],
    cwd: ROOT,
    env: { ...process.env, ACCORD_TESTS: mode, PATH: `${process.env["PATH"] ?? ""}${path.delimiter}${path.dirname(redis.file)}` },
  });
}

const [mode = "sample", ...vitestArgs] = process.argv.slice(2);
try {
  process.exitCode = await runTests(mode, vitestArgs);
} catch (error) {
  if (!(error instanceof BootFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
