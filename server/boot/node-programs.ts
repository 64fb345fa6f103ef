import path from "node:path";
import { DEV_PAGE_PORT, type BootConfig } from "./boot-config.ts";
import { readDevelopmentLine, readLogLine } from "./log-line.ts";
import type { ChildPlan } from "./managed-child.ts";

export interface ProgramSurroundings {
  readonly root: string;
  readonly config: BootConfig;
  /** Socket of the private Redis; null if the operator has one of their own. */
  readonly redisSocket: string | null;
  readonly env: NodeJS.ProcessEnv;
}

/** Where the simulator finds the API keys of its feeds. */
export function demoKeysFile(stateDir: string): string {
  return path.join(stateDir, "demo-keys.json");
}

function environmentOf({ config, redisSocket, env }: ProgramSurroundings): NodeJS.ProcessEnv {
  const { REDIS_URL: _, ...others } = env;
  return {
    NODE_ENV: config.mode === "dev" ? "development" : "production",
    ...others,
    ...(redisSocket === null ? { REDIS_URL: config.redisUrl ?? "" } : { ACCORD_REDIS_SOCKET: redisSocket }),
    HOST: config.host,
    PORT: String(config.port),
    ACCORD_STATE_DIR: config.stateDir,
    ACCORD_PUBLIC_URL: config.publicUrl,
    ACCORD_DEMO_KEYS: demoKeysFile(config.stateDir),
  };
}

/** One of our own programs, run from its source; in development it is started again whenever that changes. */
export function nodeProgram(name: string, entry: string, around: ProgramSurroundings): ChildPlan {
  const watch = around.config.mode === "dev" ? ["--watch", "--watch-preserve-output"] : [];
  return {
    name,
    file: process.execPath,
    args: [...watch, "--import", path.join(around.root, "server", "boot", "leash.ts"), path.join(around.root, entry)],
    cwd: around.root,
    env: environmentOf(around),
    leashed: true,
    read: watch.length > 0 ? readDevelopmentLine : readLogLine,
  };
}

/** Vite's page server, which shows changes of the client without a reload. */
export function pageServer(around: ProgramSurroundings): ChildPlan {
  const vite = path.join(around.root, "node_modules", "vite", "bin", "vite.js");
  return {
    name: "page server",
    file: process.execPath,
    args: [vite, "client", "--port", String(DEV_PAGE_PORT), "--strictPort", "--clearScreen", "false"],
    cwd: around.root,
    env: environmentOf(around),
    leashed: false,
    read: (line) => ({ kind: line.includes("ready in") ? "ready" : "other" }),
  };
}
