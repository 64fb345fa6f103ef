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

/**
 * Flags of Node for workers. On a machine with much memory V8 lets garbage lie; a worker must stay small whatever the file:
 * 8 MB halves for what is new instead of 32, and no more than twice of what lived after the last look through the rest.
 */
export const WORKER_FLAGS = ["--max-semi-space-size=8", "--heap-growing-percent=100"] as const;

/** @param number from 1. */
export function workerProgram(number: number, around: ProgramSurroundings): ChildPlan {
  const plan = nodeProgram(`worker ${number}`, "workers/main.ts", around);
  return { ...plan, args: [...WORKER_FLAGS, ...plan.args] };
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
