import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { nextStart } from "./backoff.ts";
import { BootFailure, EXIT } from "./boot-failure.ts";
import type { LogFile } from "./log-file.ts";
import { formatElapsed, type Say } from "./progress.ts";

export interface ChildPlan {
  /** How people know it, e.g. `worker 1`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether it is a Node program of ours, which then ends when the supervisor dies. */
  readonly leashed: boolean;
  /** Said when the program reports that it is ready, where people wait for it. */
  readonly readyLine?: string;
  /** What each line of its output means. */
  readonly read: (line: string) => { readonly kind: "ready" | "other" } | { readonly kind: "error"; readonly message: string };
}

/** A program that the supervisor keeps running: what it prints goes to its log file, and it is started again when it ends by itself. */
export class ManagedChild {
  readonly #plan: ChildPlan;
  readonly #log: LogFile;
  readonly #say: Say;
  #process: ChildProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #stopping = false;
  #wasUp = false;
  #failures = 0;
  #startedMs = 0;

  constructor(plan: ChildPlan, parts: { log: LogFile; say: Say }) {
    this.#plan = plan;
    this.#log = parts.log;
    this.#say = parts.say;
  }

  /** Process number while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Starts the program and waits until it is ready.
   * @param ready resolves when the program serves, for programs that do not say so themselves; told when waiting is vain
   * @throws BootFailure with the end of its log if it ends before that
   */
  async start(ready?: (ended: AbortSignal) => Promise<void>): Promise<void> {
    const { promise: said, resolve: sayReady } = Promise.withResolvers<void>();
    const child = this.#launch(sayReady);
    const ending = new AbortController();
    const ended = once(child, "exit").then(() => "ended" as const);
    const up = (ready ? ready(ending.signal) : said).then(() => "up" as const);
    if ((await Promise.race([ended, up])) === "up") {
      this.#wasUp = true;
      return;
    }
    ending.abort();
    throw new BootFailure(
      `${this.#log.tail()}\nThe ${this.#plan.name} ended before it was ready, for the reason above (whole log: ${this.#log.path}).`,
      EXIT.software,
    );
  }

  #launch(onReady: () => void): ChildProcess {
    const { file, args, cwd, env, leashed } = this.#plan;
    // A group of its own: Ctrl-C reaches the supervisor alone, which then stops the programs in order.
    const stdio = leashed ? (["ignore", "pipe", "pipe", "ipc"] as const) : (["ignore", "pipe", "pipe"] as const);
    const child = spawn(file, args, { cwd, env, stdio: [...stdio], detached: true });
    this.#process = child;
    this.#startedMs = performance.now();
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => this.#read(line, onReady));
    }
    child.on("error", (error) => this.#log.write(`cannot start ${file}: ${error.message}`));
    child.once("exit", (code, signal) => this.#onExit(signal ?? `exit code ${code}`));
    return child;
  }

  #read(line: string, onReady: () => void): void {
    this.#log.write(line);
    const meaning = this.#plan.read(line);
    if (meaning.kind === "ready") {
      if (this.#plan.readyLine !== undefined) this.#say(this.#plan.readyLine);
      onReady();
    }
    if (meaning.kind === "error") this.#say(`${this.#plan.name}: ${meaning.message}`);
  }

  #onExit(how: string): void {
    this.#process = null;
    if (this.#stopping || !this.#wasUp) return;
    const { waitMs, failures } = nextStart(this.#failures, performance.now() - this.#startedMs);
    this.#failures = failures;
    this.#restart = setTimeout(() => {
      if (!this.#stopping) this.#launch(() => this.#say(`${this.#plan.name}: running again`));
    }, waitMs);
    this.#say(`${this.#plan.name} ended unexpectedly (${how}); starting it again in ${formatElapsed(waitMs)}. Its log: ${this.#log.path}`);
  }

  /** Asks the program to end and waits; past the grace it is killed, which loses nothing that was confirmed. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => {
        this.#say(`${this.#plan.name} did not end within ${formatElapsed(graceMs)}: killed`);
        child.kill("SIGKILL");
      }, graceMs);
      await ended;
      clearTimeout(timer);
    }
    this.#log.close();
  }

  /** Ends it at once, without waiting. */
  kill(): void {
    this.#stopping = true;
    this.#process?.kill("SIGKILL");
  }
}
