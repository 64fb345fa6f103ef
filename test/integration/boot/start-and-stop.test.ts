import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Session } from "../../../shared/protocol/routes.ts";
import { AccordClient } from "../../../server/boot/accord-client.ts";

const ROOT = path.resolve(import.meta.dirname, "..", "..", "..");
const HOST = "127.0.0.1";
const ADMINISTRATOR = { email: "first@client.example", password: "quiet-harbour-lantern" };
const LINK = /\/setup#(?<token>\S+)/u;

let folder: string;
let port: number;
const running: Run[] = [];

/** `npm start` in a process of its own. */
class Run {
  readonly process;
  output = "";
  readonly ended: Promise<number | null>;

  constructor(stateDir: string) {
    const env = { ...process.env, PORT: String(port), ACCORD_STATE_DIR: stateDir, HOST: "", REDIS_URL: "", ACCORD_PUBLIC_URL: "" };
    this.process = spawn(process.execPath, [path.join(ROOT, "server/boot/bootstrap.mjs"), "start"], {
      cwd: ROOT,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (chunk) => (this.output += String(chunk)));
    this.ended = once(this.process, "exit").then(([code]) => z.number().nullable().parse(code));
    running.push(this);
  }

  /** Resolves once the text was printed; fails if the process ends without it. */
  async says(text: string): Promise<void> {
    const said = Promise.withResolvers<void>();
    const look = (): void => void (this.output.includes(text) && said.resolve());
    this.process.stdout.on("data", look);
    look();
    const ended = this.ended.then((code) => {
      if (!this.output.includes(text)) throw new Error(`it ended with ${code} and never said "${text}":\n${this.output}`);
    });
    await Promise.race([said.promise, ended]);
  }
}

async function isAnswering(): Promise<boolean> {
  return fetch(`http://${HOST}:${port}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "accord-start-"));
  const server = createServer().listen(0, HOST);
  await once(server, "listening");
  const address = server.address();
  port = address !== null && typeof address === "object" ? address.port : 0;
  server.close();
  await once(server, "close");
});

afterAll(async () => {
  for (const run of running) run.process.kill("SIGTERM");
  await Promise.all(running.map((run) => run.ended));
  await rm(folder, { recursive: true, force: true });
});

describe("npm start", () => {
  test("prints a one-time link, serves, refuses a second start on its data, and ends cleanly on Ctrl-C", async () => {
    const first = new Run(folder);
    await first.says("Stop: Ctrl-C");
    expect(await isAnswering()).toBe(true);
    const second = new Run(folder);
    expect(await second.ended).toBe(75);
    expect(second.output).toContain("already running");
    const token = LINK.exec(first.output)?.groups?.["token"];
    const body = { ...ADMINISTRATOR, token, workspace: "Harbour", name: "First" };
    await new AccordClient(`http://${HOST}:${port}`).call({ method: "POST", path: "/api/v1/setup", body, response: Session });
    first.process.kill("SIGINT");
    expect(await first.ended).toBe(0);
    expect(first.output).toContain("Stopped in");
    expect(await isAnswering()).toBe(false);
  });

  test("finds its data again, and its programs end even when it is killed", async () => {
    const killed = new Run(folder);
    await killed.says("Stop: Ctrl-C");
    expect(killed.output).not.toMatch(LINK);
    killed.process.kill("SIGKILL");
    await killed.ended;
    await expect.poll(isAnswering, { timeout: 15_000 }).toBe(false);
    const heir = new Run(folder);
    await heir.says("Stop: Ctrl-C");
    const session = await new AccordClient(`http://${HOST}:${port}`).call({
      method: "POST",
      path: "/api/v1/session",
      body: ADMINISTRATOR,
      response: Session,
    });
    expect(session.person.administrator).toBe(true);
    heir.process.kill("SIGTERM");
    expect(await heir.ended).toBe(0);
  });
});
