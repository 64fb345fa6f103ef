import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { AgreementSummary, NewKeyView } from "../../shared/protocol/routes.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { HttpClient, type Reply } from "./http-client.ts";
import { ON_PAPER } from "./sample-agreement.ts";
import { startRedis, type TestRedis } from "./redis.ts";

/** Programs start in half the time when what Node compiled is kept. */
const COMPILE_CACHE = path.resolve(import.meta.dirname, "..", "..", ".cache", "node");
const READY_WITHIN_MS = 20_000;
const PASSWORD = "correct horse battery";
const ADMINISTRATOR = { email: "admin@example.com", password: PASSWORD };

export interface RunningProcess {
  readonly child: ChildProcess;
  readonly output: readonly string[];
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface SystemOptions {
  readonly workers?: number;
  readonly env?: Record<string, string>;
  /** Leaves the one-time link for the test to use; `admin` is then not signed in. */
  readonly withoutAdministrator?: boolean;
}

/** The whole system as separate processes: Redis, one server, workers; an administrator is signed in. */
export interface System {
  readonly url: string;
  readonly stateDir: string;
  readonly redisServer: TestRedis;
  /** The server that runs now; `restartServer` puts another one in its place. */
  readonly server: RunningProcess;
  readonly workers: RunningProcess[];
  readonly admin: HttpClient;
  /** How the first administrator signs in. */
  readonly administrator: { readonly email: string; readonly password: string };
  startWorker(): Promise<RunningProcess>;
  /** Starts the server again on the same port, with the same data. */
  restartServer(): Promise<void>;
  /** The one-time link as the server wrote it for the operator. */
  setupLink(): Promise<string>;
  addAgreement(agreement: string, feeds: readonly string[]): Promise<void>;
  /** A key for feeds of an agreement. */
  addKey(agreementId: string, feeds: readonly string[]): Promise<HttpClient>;
  addPerson(
    name: string,
    agreementId: string,
    role: "client-manager" | "qa-lead" | "provider",
  ): Promise<{ email: string; password: string }>;
  upload(client: HttpClient, feedId: string, body: string | Uint8Array, idempotencyKey?: string): Promise<Reply>;
  settled(client: HttpClient, receiptId: string, withinMs?: number): Promise<Receipt>;
  stop(): Promise<void>;
}

/** Starts a program of the project and waits for its ready line. */
export async function startProcess(program: string, env: Record<string, string>): Promise<RunningProcess> {
  const around = { PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: COMPILE_CACHE };
  const child = spawn(process.execPath, [program], { env: { ...around, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${program} was not ready in time: ${output.join("\n")}`)), READY_WITHIN_MS);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}: ${output.join("\n")}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      output.push(line);
      if (!line.includes('"event":"ready"')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  createInterface({ input: child.stderr }).on("line", (line) => void output.push(line));
  await ready;
  return {
    child,
    output,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function readSetupLink(stateDir: string): Promise<string> {
  return (await readFile(path.join(stateDir, "setup-link"), "utf8")).trim();
}

async function firstAdministrator(url: string, stateDir: string): Promise<HttpClient> {
  const token = (await readSetupLink(stateDir)).split("#")[1] ?? "";
  const admin = new HttpClient(url);
  const body = { token, workspace: "Test workspace", name: "Admin", ...ADMINISTRATOR };
  const reply = await admin.send("POST", "/api/v1/setup", { body });
  if (reply.status !== 200 && reply.status !== 201) throw new Error(`setup answered ${reply.status}: ${reply.text}`);
  return admin;
}

export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const [redisServer, stateDir, port] = await Promise.all([startRedis(), mkdtemp(path.join(tmpdir(), "accord-system-")), freePort()]);
  const url = `http://localhost:${port}`;
  const env = {
    ACCORD_REDIS_SOCKET: redisServer.target.path,
    ACCORD_STATE_DIR: stateDir,
    PORT: String(port),
    LOG_LEVEL: "warn",
    ...options.env,
  };
  const startServer = (): Promise<RunningProcess> => startProcess("server/main.ts", { ...env, LOG_LEVEL: "info" });
  let server = await startServer();
  const workers: RunningProcess[] = [];
  const startWorker = async (): Promise<RunningProcess> => {
    const worker = await startProcess("workers/main.ts", { ...env, LOG_LEVEL: "info" });
    workers.push(worker);
    return worker;
  };
  for (let i = 0; i < (options.workers ?? 1); i++) await startWorker();
  const admin = options.withoutAdministrator === true ? new HttpClient(url) : await firstAdministrator(url, stateDir);
  return {
    url,
    stateDir,
    redisServer,
    get server() {
      return server;
    },
    workers,
    admin,
    administrator: ADMINISTRATOR,
    startWorker,
    async restartServer() {
      await server.kill("SIGTERM");
      server = await startServer();
    },
    setupLink: () => readSetupLink(stateDir),
    async addAgreement(agreement, feeds) {
      const reply = await admin.send("POST", "/api/v1/agreements", { body: { agreement, feeds, signedOnPaper: ON_PAPER } });
      reply.as(AgreementSummary);
    },
    async addKey(agreementId, feeds) {
      const reply = await admin.send("POST", `/api/v1/agreements/${agreementId}/keys`, { body: { name: "test", feeds } });
      return new HttpClient(url, { key: reply.as(NewKeyView).secret });
    },
    async addPerson(name, agreementId, role) {
      const login = { email: `${name}@example.com`, password: PASSWORD };
      const reply = await admin.send("POST", "/api/v1/people", {
        body: { ...login, name, administrator: false, memberships: [{ agreementId, role }] },
      });
      if (reply.status >= 300) throw new Error(reply.text);
      return login;
    },
    async upload(client, feedId, body, idempotencyKey = randomUUID()) {
      return await client.send("PUT", `/api/v1/feeds/${feedId}/uploads`, { raw: body, headers: { "Idempotency-Key": idempotencyKey } });
    },
    async settled(client, receiptId, withinMs = 30_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const reply = await client.send("GET", `/api/v1/receipts/${receiptId}`);
        const receipt = reply.status === 200 ? reply.as(Receipt) : null;
        if (receipt !== null && receipt.settledAtMs !== null) return receipt;
        if (Date.now() > deadline) throw new Error(`receipt ${receiptId} did not settle: ${reply.text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await Promise.all([server.kill("SIGTERM"), ...workers.map((worker) => worker.kill("SIGTERM"))]);
      await redisServer.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
