import { spawn } from "node:child_process";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program early. */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** Exit code; 127 if the program could not be started, 1 if a signal ended it. */
  readonly code: number;
  /** What it printed on both streams, in order of arrival. */
  readonly output: string;
}

/** Runs a program to its end and keeps what it prints. Never throws: a missing program is code 127. */
export function runCommand(command: Command): Promise<CommandResult> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    signal: command.signal,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  child.stderr.on("data", (chunk) => chunks.push(String(chunk)));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, output: `${chunks.join("")}${error.message}` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output: chunks.join("") }));
  });
}

/** Runs a program on this terminal. Resolves with its exit code, 127 if it could not be started, 1 if a signal ended it. */
export function runOnTerminal(command: Command): Promise<number> {
  const child = spawn(command.file, command.args, { cwd: command.cwd, env: command.env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
