import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { CommandInput } from "./command.ts";

interface WorkerProgram {
  /** Below `workers`. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: CommandInput["env"];
}

/** Runs a program of the workers: the server has no code that applies files. Returns its exit code. */
export async function runWorkerProgram({ entry, args = [], env }: WorkerProgram): Promise<number> {
  const file = path.resolve(import.meta.dirname, "..", "..", "workers", entry);
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit", env });
  const [code]: unknown[] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}

/** What a program needs to find the system that runs. */
export function runningSystem(env: CommandInput["env"]): CommandInput["env"] {
  const stateDir = path.resolve(env["ACCORD_STATE_DIR"] ?? ".data/live");
  const socket = env["ACCORD_REDIS_SOCKET"] ?? path.join(stateDir, "r.sock");
  return { ...env, ACCORD_STATE_DIR: stateDir, ...(env["REDIS_URL"] === undefined ? { ACCORD_REDIS_SOCKET: socket } : {}) };
}
