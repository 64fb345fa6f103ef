import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { StreamEntry } from "../../shared/protocol/live.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { HttpClient } from "./http-client.ts";
import { type Line, startLine } from "./line.ts";
import { freePort, type RunningProcess, startProcess, startSystem, type System } from "./system.ts";

/** Two servers and two workers as processes on one store. */
export interface TwoServers {
  readonly system: System;
  readonly ports: readonly number[];
  /** The process id of one server. */
  pidOf(which: number): number;
  /** kill -9 of one server, and another in its place on the same port. */
  killServer(which: number): Promise<void>;
  /** Hands in a file through whichever server answers; sent again, under the same name, until one took it. */
  handIn(key: HttpClient, feedId: string, body: string): Promise<Receipt>;
  /** Signs in with the system's own words for a person. @returns the cookie. */
  signIn(login: { readonly email: string; readonly password: string }): Promise<string>;
  stop(): Promise<void>;
}

const AGAIN_MS = 50;
const STARTS = 5;

/** A server that is started again may find its port taken for a moment by a connection. */
async function insist(start: () => Promise<void>): Promise<void> {
  for (let left = STARTS; ; left--) {
    try {
      return await start();
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

export async function startTwoServers(): Promise<TwoServers> {
  const [system, port] = await Promise.all([startSystem({ workers: 0 }), freePort()]);
  const env = {
    ACCORD_REDIS_SOCKET: system.redisServer.target.path,
    ACCORD_STATE_DIR: system.stateDir,
    PORT: String(port),
    LOG_LEVEL: "info",
  };
  const starting = startProcess("server/main.ts", env);
  await Promise.all([starting, system.startWorker(), system.startWorker()]);
  let second: RunningProcess = await starting;
  const ports = [Number(new URL(system.url).port), port];
  const line: Line = await startLine(ports, 0);
  return {
    system,
    ports,
    pidOf: (which) => (which === 0 ? system.server : second).child.pid ?? 0,
    async killServer(which) {
      if (which === 0) {
        await system.server.kill("SIGKILL");
        await insist(async () => await system.restartServer());
      } else {
        await second.kill("SIGKILL");
        await insist(async () => void (second = await startProcess("server/main.ts", env)));
      }
    },
    async handIn({ key }, feedId, body) {
      const headers = { "Idempotency-Key": randomUUID() };
      const sender = new HttpClient(line.url, key === undefined ? {} : { key });
      for (;;) {
        const reply = await sender.send("PUT", `/api/v1/feeds/${feedId}/uploads`, { raw: body, headers }).catch(() => null);
        if (reply !== null && reply.status < 300) return reply.as(Receipt);
        await pause(AGAIN_MS);
      }
    },
    async signIn({ email, password }) {
      const page = new HttpClient(line.url);
      const reply = await page.signIn(email, password);
      if (reply.status !== 200) throw new Error(`sign-in answered ${reply.status}: ${reply.text}`);
      return page.cookie;
    },
    async stop() {
      await line.stop();
      await second.kill("SIGTERM");
      await system.stop();
    },
  };
}

/** The whole stream of an agreement from its first entry on. */
export async function wholeStream(redis: Parameters<typeof readEntries>[0], agreementId: string): Promise<StreamEntry[]> {
  const { entries, gap } = await readEntries(redis, agreementId, 0, 100_000);
  if (gap) throw new Error("the stream no longer reaches back to its beginning");
  return entries;
}
