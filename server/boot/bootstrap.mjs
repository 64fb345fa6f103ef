// Plain JavaScript without dependencies: it runs on the machine's own Node (20 or newer) right after `git clone`,
// installs what package-lock.json names, and hands over to the Node 26 that this brings.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { explainInstallFailure, installFingerprint, installState, refuseNode } from "./install-state.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MODULES = join(ROOT, "node_modules");
const NODE = join(MODULES, ".bin", "node");
const RECORD = join(MODULES, ".accord-lock");
const NODE_MAJOR = 26;
const UNAVAILABLE = 69;

/** @type {Record<string, readonly [string, ...string[]]>} */
const COMMANDS = {
  demo: ["server/boot/main.ts", "demo"],
  start: ["server/boot/main.ts", "start"],
  dev: ["server/boot/main.ts", "dev"],
  accord: ["server/cli/main.ts"],
  check: ["test/support/run-checks.ts"],
  test: ["test/support/run-tests.ts", "sample"],
  prove: ["test/support/run-tests.ts", "full"],
  bench: ["test/bench/main.ts"],
};

/**
 * @param {string} sentence
 * @param {number} code
 * @returns {never}
 */
function fail(sentence, code) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/** npm itself keeps running on the machine's Node: the one in node_modules is being replaced. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  return cli && node && cli.endsWith(".js") ? { file: node, first: [cli] } : { file: "npm", first: [] };
}

/** @returns {Promise<{ code: number, output: string }>} */
function runNpmInstall() {
  const npm = npmCommand();
  const child = spawn(npm.file, [...npm.first, "install", "--no-audit", "--no-fund", "--no-progress", "--loglevel", "error"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: UNAVAILABLE, output: `${output}${error.message}` }));
    child.once("close", (code) => resolve({ code: code ?? UNAVAILABLE, output }));
  });
}

function readRecord() {
  return existsSync(RECORD) && existsSync(NODE) ? readFileSync(RECORD, "utf8") : null;
}

function fingerprint() {
  return installFingerprint(readFileSync(join(ROOT, "package-lock.json"), "utf8"), process);
}

async function ensureInstalled() {
  const state = installState(readRecord(), fingerprint());
  if (state === "current") return;
  const started = Date.now();
  const passed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  process.stdout.write(`Installing packages (${state === "missing" ? "first run" : "package-lock.json has changed"}) ...\n`);
  const ticker = setInterval(() => process.stdout.write(`  still installing packages, ${passed()} so far\n`), 10_000);
  const { code, output } = await runNpmInstall();
  clearInterval(ticker);
  if (code !== 0) fail(explainInstallFailure(output), UNAVAILABLE);
  if (!existsSync(NODE)) {
    fail(
      `There is no packaged Node ${NODE_MAJOR} for ${process.platform}-${process.arch}: install Node ${NODE_MAJOR} and run \`node server/boot/main.ts start\`.`,
      UNAVAILABLE,
    );
  }
  mkdirSync(MODULES, { recursive: true });
  writeFileSync(RECORD, `${fingerprint()}\n`);
  process.stdout.write(`Packages installed in ${passed()}.\n`);
}

/**
 * The terminal sends Ctrl-C to the whole group, so the child has it already; other signals are passed on.
 * @param {string[]} args
 */
function handOver(args) {
  const child = spawn(NODE, args, { cwd: ROOT, stdio: "inherit" });
  process.on("SIGINT", () => child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.once("error", (error) =>
    fail(
      `The packaged Node ${NODE_MAJOR} does not run on this machine (${error.message}): delete node_modules and run the same command again.`,
      UNAVAILABLE,
    ),
  );
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

async function main() {
  const refusal = refuseNode(process.versions.node);
  if (refusal) fail(refusal, UNAVAILABLE);
  const [name = "", ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) fail(`There is no command "${name}": use one of ${Object.keys(COMMANDS).join(", ")}.`, 64);
  await ensureInstalled();
  // Tools that start `node` by name get this one too, also when nobody came through npm.
  process.env.PATH = `${dirname(NODE)}${delimiter}${process.env.PATH ?? ""}`;
  const [entry, ...fixed] = command;
  const args = [join(ROOT, entry), ...fixed, ...rest];
  if (!existsSync(join(ROOT, entry)))
    fail(`${entry} is missing: this checkout is incomplete, get it again with \`git checkout -- ${entry}\`.`, UNAVAILABLE);
  if (Number.parseInt(process.versions.node, 10) !== NODE_MAJOR) return handOver(args);
  process.chdir(ROOT);
  process.argv = [process.execPath, ...args];
  await import(pathToFileURL(join(ROOT, entry)).href);
}

await main();
