import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { appendReceipts } from "../support/made-up-receipts.ts";
import { freePort, type RunningProcess, startProcess } from "../support/system.ts";
import { startTwoServers } from "../support/two-servers.ts";
import { until } from "../support/until.ts";
import { BENCH_FEED, benchAgreement } from "./interval-file.ts";
import { median, say, whole } from "./report.ts";

const VIEWERS = 1000;
const EVENTS = 100;
const ROUNDS = 3;
const BYTES = 2000;
const ID = "fan-out";
/** A tick of the kernel's accounting, in milliseconds. */
const TICK_MS = 10;

/** One way from a store to a thousand browsers on two servers. */
interface Road {
  readonly viewers: RunningProcess;
  readonly pids: readonly number[];
  send(number: number): Promise<void>;
}

/** Processor time a process has used so far, its own and the kernel's for it, in milliseconds. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function toldBy({ output }: RunningProcess): number {
  return Number(output.findLast((line) => line.startsWith("told "))?.slice("told ".length) ?? 0);
}

/** @returns microseconds of the servers' processors for each message that a browser got. */
async function perDelivery(road: Road, round: number): Promise<number> {
  const { viewers, pids } = road;
  const cpu = () => pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
  const [before, told] = [cpu(), toldBy(viewers)];
  for (let i = 0; i < EVENTS; i++) {
    await road.send(round * EVENTS + i);
    // One at a time, so that no road can put several into one message.
    await until(() => toldBy(viewers) >= told + (i + 1) * VIEWERS, "every browser has heard", 60_000);
  }
  return ((cpu() - before) * 1000) / (EVENTS * VIEWERS);
}

async function bareServers(redis: Redis, socketPath: string): Promise<{ road: Road; stop(): Promise<void> }> {
  const ports = [await freePort(), await freePort()];
  const servers = await Promise.all(
    ports.map(async (port) => await startProcess("test/bench/bare-fan-out.ts", { ACCORD_REDIS_SOCKET: socketPath, PORT: String(port) })),
  );
  const URLS = ports.map((port) => `ws://localhost:${port}`).join(",");
  const viewers = await startProcess("test/bench/bare-viewers.ts", { URLS, VIEWERS: String(VIEWERS) });
  const send = async () => void (await redis.publish("bare:fan-out", "x".repeat(BYTES)));
  const stop = async () => {
    for (const each of [viewers, ...servers]) await each.kill("SIGTERM");
  };
  return { road: { viewers, pids: servers.map(({ child }) => child.pid ?? 0), send }, stop };
}

/** 1,000 browsers on two servers: processor time for each delivery, beside plain WebSockets in the same run. */
export async function fanOutBench(): Promise<void> {
  const servers = await startTwoServers();
  const redis = servers.system.redisServer.connect();
  await servers.system.addAgreement(benchAgreement(ID), [BENCH_FEED]);
  const cookie = await servers.signIn(await servers.system.addPerson("viewer", ID, "qa-lead"));
  const URLS = servers.ports.map((port) => `ws://localhost:${port}/socket.io/?EIO=4&transport=websocket`).join(",");
  const env = { URLS, VIEWERS: String(VIEWERS), COOKIE: cookie, AGREEMENT: ID };
  const viewers = await startProcess("test/bench/bare-viewers.ts", env);
  const send = async (number: number) => await appendReceipts(redis, { agreementId: ID, from: number, count: 1, bytes: BYTES });
  const accord: Road = { viewers, pids: [servers.pidOf(0), servers.pidOf(1)], send };
  const bare = await bareServers(redis, servers.system.redisServer.target.path);
  say(`fan-out: ${whole(VIEWERS)} browsers on 2 servers, ${EVENTS} entries of ${whole(BYTES)} bytes a round, one at a time`);
  const all: { accord: number[]; bare: number[] } = { accord: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    all.bare.push(await perDelivery(bare.road, round));
    all.accord.push(await perDelivery(accord, round));
    say(
      `  round ${round + 1}: bare ${all.bare.at(-1)?.toFixed(1)} us, accord ${all.accord.at(-1)?.toFixed(1)} us of processor per delivery`,
    );
  }
  const [ours, theirs] = [median(all.accord), median(all.bare)];
  say(`  median: bare ${theirs.toFixed(1)} us, accord ${ours.toFixed(1)} us; ratio ${(ours / theirs).toFixed(2)} (goal <= 2.00)`);
  await viewers.kill("SIGTERM");
  await bare.stop();
  await servers.stop();
}
