import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { COMMANDS, DEV_PAGE_PORT, type BootConfig } from "./boot-config.ts";
import { ensureClientBuilt } from "./build-client.ts";
import { checkRedisUrl } from "./check-redis-url.ts";
import { describeLogins } from "./demo-logins.ts";
import { seedDemo } from "./demo-seed.ts";
import { ensureRedis, type RedisProgram } from "./find-redis.ts";
import { requireFreePort } from "./free-port.ts";
import { openLogFile } from "./log-file.ts";
import { ManagedChild, type ChildPlan } from "./managed-child.ts";
import { nodeProgram, pageServer, type ProgramSurroundings, workerProgram } from "./node-programs.ts";
import { createPrivateRedis } from "./private-redis.ts";
import { formatElapsed, withProgress, type Say } from "./progress.ts";
import { Programs, StoppedEarly, type Stage } from "./programs.ts";
import { lockState } from "./state-lock.ts";
import type { StopSignals } from "./stop-signals.ts";

const WORKERS = 2;

/** A path as a person in the project's folder types it. */
function typed(root: string, target: string): string {
  const relative = path.relative(root, target);
  return relative.startsWith("..") ? target : relative;
}

export interface SuperviseParts {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
  readonly stop: StopSignals;
}

/** Starts everything and keeps it running until somebody asks to stop. */
class Supervisor {
  readonly #config: BootConfig;
  readonly #parts: SuperviseParts;
  readonly #programs = new Programs();

  constructor(config: BootConfig, parts: SuperviseParts) {
    this.#config = config;
    this.#parts = parts;
  }

  async #run(stage: Stage, plan: ChildPlan, ready?: () => Promise<void>): Promise<void> {
    const log = await openLogFile(this.#config.stateDir, plan.name.replaceAll(" ", "-"));
    const child = this.#programs.add(stage, new ManagedChild(plan, { log, say: this.#parts.say }));
    await child.start(ready);
  }

  /** Finds a store before anything slow begins, so that a machine without one says so at once. */
  async #findStore(): Promise<RedisProgram | null> {
    const { redisUrl, searchPath } = this.#config;
    if (redisUrl === null) return ensureRedis(searchPath, this.#parts.say);
    await checkRedisUrl(redisUrl);
    return null;
  }

  /** @returns the socket of the private Redis, null if the operator has one of their own */
  async #startStore(program: RedisProgram | null): Promise<string | null> {
    if (program === null) return null;
    const { say } = this.#parts;
    const redis = this.#programs.add("store", await createPrivateRedis({ program, stateDir: this.#config.stateDir, say }));
    await withProgress(`Starting a private ${program.version.product} ${program.version.text}`, say, () => redis.start());
    return redis.socket;
  }

  async #startPrograms(around: ProgramSurroundings): Promise<void> {
    const workers = Array.from({ length: WORKERS }, (_, index) => workerProgram(index + 1, around));
    await withProgress(`Starting the server and ${WORKERS} workers`, this.#parts.say, async () => {
      await Promise.all([
        this.#run("server", nodeProgram("server", "server/main.ts", around)),
        ...workers.map((plan) => this.#run("worker", plan)),
      ]);
    });
    if (this.#config.mode === "dev") await this.#run("front", pageServer(around));
  }

  /** Fills an empty demonstration and sets its providers to work. */
  async #startDemo(around: ProgramSurroundings): Promise<string[]> {
    const logins = await seedDemo({ root: this.#parts.root, config: this.#config, say: this.#parts.say });
    const simulator = {
      ...nodeProgram("simulator", "workers/simulate/main.ts", around),
      readyLine: "The providers' history is in; from here on they work live.",
    };
    await this.#run("front", simulator, async () => undefined);
    return describeLogins(logins);
  }

  async #welcome(): Promise<string[]> {
    const link = await readFile(path.join(this.#config.stateDir, "setup-link"), "utf8").catch(() => null);
    if (link === null) return [];
    return ["  Create the first administrator with this link; it works once:", `  ${link.trim()}`, ""];
  }

  async start(): Promise<void> {
    const startedMs = performance.now();
    const { root, env, say } = this.#parts;
    const { mode, publicUrl, stateDir } = this.#config;
    const program = await this.#findStore();
    const [redisSocket] = await Promise.all([this.#startStore(program), mode === "dev" ? null : ensureClientBuilt(root, say)]);
    const around = { root, config: this.#config, redisSocket, env };
    await this.#startPrograms(around);
    const people = mode === "start" ? await this.#welcome() : await this.#startDemo(around);
    const logs = typed(root, path.join(stateDir, "logs"));
    const lines = ["", `Accord is live at ${publicUrl}   (ready in ${formatElapsed(performance.now() - startedMs)})`, "", ...people];
    for (const line of [...lines, `Logs: ${logs}   Stop: Ctrl-C`, ""]) say(line);
  }

  async stop(): Promise<void> {
    if (this.#programs.count === 0) return;
    const startedMs = performance.now();
    void this.#parts.stop.askedAgain.then(() => this.#programs.killAll());
    await this.#programs.stopAll();
    this.#parts.say(
      `Stopped in ${formatElapsed(performance.now() - startedMs)}; the data is in ${typed(this.#parts.root, this.#config.stateDir)}.`,
    );
  }
}

/**
 * Runs Accord until somebody asks to stop.
 * @throws BootFailure with one sentence that names the mend, after everything that had started is stopped again
 */
export async function supervise(config: BootConfig, parts: SuperviseParts): Promise<void> {
  await mkdir(config.stateDir, { recursive: true, mode: 0o700 });
  const lock = await lockState(config.stateDir, config.publicUrl);
  const supervisor = new Supervisor(config, parts);
  try {
    await requireFreePort(config, COMMANDS[config.mode]);
    if (config.mode === "dev") await requireFreePort({ host: "127.0.0.1", port: DEV_PAGE_PORT }, COMMANDS.dev);
    const start = supervisor.start().catch((error: unknown) => {
      if (!(error instanceof StoppedEarly)) throw error;
    });
    await Promise.race([start.then(() => parts.stop.asked), parts.stop.asked]);
    parts.say("\nStopping ... (Ctrl-C again ends it at once)");
  } finally {
    await supervisor.stop();
    await lock.release();
  }
}
