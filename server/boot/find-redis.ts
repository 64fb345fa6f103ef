import { access, constants, readFile } from "node:fs/promises";
import path from "node:path";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { canInstallDebianPackages, installDebianPackages } from "./install-debian-packages.ts";
import type { Say } from "./progress.ts";
import { isNewEnough, parseRedisVersion, type RedisVersion } from "./redis-version.ts";
import { runCommand } from "./run-command.ts";

const NAMES = ["redis-server", "valkey-server"];
const USUAL_FOLDERS = [
  "/usr/bin",
  "/usr/sbin",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/opt/homebrew/bin",
  "/opt/homebrew/opt/redis/bin",
  "/opt/homebrew/opt/valkey/bin",
  "/usr/local/opt/redis/bin",
  "/usr/local/opt/valkey/bin",
  "/snap/bin",
];

export interface RedisProgram {
  readonly file: string;
  readonly version: RedisVersion;
}

/** Folders to look in, those of PATH first, none twice. */
export function redisFolders(searchPath: string): string[] {
  return [...new Set([...searchPath.split(path.delimiter).filter(Boolean), ...USUAL_FOLDERS])];
}

/** The command that brings a Redis to this kind of machine; the names are those of `/etc/os-release`. */
export function redisInstallCommand(platform: string, osRelease: string): string {
  if (platform === "darwin") return "brew install valkey";
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?="?(?<ids>[^"\n]*)"?$/gmu)].flatMap((match) => (match.groups?.["ids"] ?? "").split(" "));
  if (ids.includes("debian") || ids.includes("ubuntu")) return "sudo apt-get install -y redis-server";
  if (ids.includes("fedora") || ids.includes("rhel")) return "sudo dnf install -y valkey";
  if (ids.includes("alpine")) return "sudo apk add valkey";
  if (ids.includes("arch")) return "sudo pacman -S --noconfirm valkey";
  if (ids.includes("suse") || ids.includes("opensuse")) return "sudo zypper install -y redis";
  return "install redis-server 7.0 or newer with the system's package manager";
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(file: string): Promise<RedisVersion | null> {
  if (!(await isExecutable(file))) return null;
  return parseRedisVersion((await runCommand({ file, args: ["--version"] })).output);
}

interface Search {
  readonly found: RedisProgram | null;
  readonly tooOld: RedisProgram | null;
}

/** Looks for a Redis or Valkey server on the search path and in the usual places. The first that is new enough wins. */
export async function findRedis(searchPath: string): Promise<Search> {
  let tooOld: RedisProgram | null = null;
  for (const folder of redisFolders(searchPath)) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      const version = await versionOf(file);
      if (version && isNewEnough(version)) return { found: { file, version }, tooOld };
      if (version) tooOld = { file, version };
    }
  }
  return { found: null, tooOld };
}

async function refusal(tooOld: RedisProgram | null): Promise<BootFailure> {
  const osRelease = await readFile("/etc/os-release", "utf8").catch(() => "");
  const mend = `${redisInstallCommand(process.platform, osRelease)}   (or set REDIS_URL to a server of your own)`;
  const what = tooOld
    ? `${tooOld.file} is ${tooOld.version.text}, and Accord needs 7.0 or newer`
    : "Accord keeps its data in Redis, and there is no redis-server on this machine";
  return new BootFailure(`${what}. Run this and start again:\n  ${mend}`, EXIT.unavailable);
}

/**
 * The Redis server to start: one that is here, or as root on Debian and its relatives one that is installed now.
 * @throws BootFailure with the one line to run when there is none and none can be installed
 */
export async function ensureRedis(searchPath: string, say: Say): Promise<RedisProgram> {
  const first = await findRedis(searchPath);
  if (first.found) return first.found;
  if (!canInstallDebianPackages() || first.tooOld) throw await refusal(first.tooOld);
  await installDebianPackages(["redis-server"], say);
  const second = await findRedis(searchPath);
  if (second.found) return second.found;
  throw await refusal(second.tooOld);
}
