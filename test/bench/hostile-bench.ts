import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { HttpClient } from "../support/http-client.ts";
import { startSystem, type System } from "../support/system.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, percentile, say, whole } from "./report.ts";

const PAIRS = 5;
const UPLOADS = 100;

/** Without blocking: the same process measures the neighbours. */
async function residentMegabytes(pids: readonly (number | undefined)[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,rss=", "-p", pids.join(",")]);
  const sizes = new Map(
    stdout
      .trim()
      .split("\n")
      .map((row) => row.trim().split(/\s+/u).map(Number))
      .map(([pid = 0, size = 0]) => [pid, size / 1000]),
  );
  return pids.map((pid) => sizes.get(pid ?? 0) ?? 0);
}

/** The sender runs in a process of its own, so that its work does not slow the one that measures. */
async function attack({ url }: System, { key = "" }: HttpClient): Promise<{ stop(): Promise<void> }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "hostile-sender.ts"), url], {
    env: { HOSTILE_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Starting a program costs the others as much as any other program; it is not what is measured.
  await once(createInterface({ input: child.stdout }), "line");
  return {
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** Milliseconds from the start of a neighbour's upload to its 202. */
async function neighbours(system: System, seed: number): Promise<number[]> {
  // A key of its own each time: one key may not hand in more than some files a minute.
  const client = await system.addKey("neighbour", ["intervals"]);
  const times: number[] = [];
  for (let i = 0; i < UPLOADS; i++) {
    const body = intervalFile({ rows: 96, seed: seed + i, queues: 1, from: "2026-03-01" });
    const started = performance.now();
    const reply = await system.upload(client, "neighbour.intervals", body);
    if (reply.status !== 202) throw new Error(`a neighbour's upload answered ${reply.status}: ${reply.text}`);
    times.push(performance.now() - started);
  }
  return times;
}

function line(name: string, times: readonly number[]): string {
  return `  ${name}: p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}

/** What one hostile sender costs the others: memory of the processes, and the neighbours' time to a receipt, alternated with quiet. */
export async function hostileBench(): Promise<void> {
  const system = await startSystem({ workers: 2 });
  for (const id of ["hostile", "neighbour"]) await system.addAgreement(benchAgreement(id), [BENCH_FEED]);
  const hostile = await system.addKey("hostile", ["intervals"]);
  say(
    `hostile: ${PAIRS} pairs of ${UPLOADS} uploads of 96 rows by a neighbour, quiet and while one sender attacks with bombs, endless, lying and slow bodies`,
  );
  await neighbours(system, 0);
  const processes = async (): Promise<number[]> =>
    await residentMegabytes([system.server.child.pid, ...system.workers.map(({ child }) => child.pid)]);
  const most = { quiet: await processes(), attacked: await processes() };
  const look = async (when: "quiet" | "attacked"): Promise<void> => {
    const sizes = await processes();
    most[when] = most[when].map((size, i) => Math.max(size, sizes[i] ?? 0));
  };
  const all: { quiet: number[]; again: number[]; attacked: number[] } = { quiet: [], again: [], attacked: [] };
  for (let pair = 1; pair <= PAIRS; pair++) {
    all.quiet.push(...(await neighbours(system, pair * 10_000)));
    all.again.push(...(await neighbours(system, pair * 10_000 + 1000)));
    await look("quiet");
    const attacking = await attack(system, hostile);
    const looking = setInterval(() => void look("attacked"), 500);
    all.attacked.push(...(await neighbours(system, pair * 10_000 + 2000)));
    clearInterval(looking);
    await attacking.stop();
  }
  say(line("quiet", all.quiet));
  say(line("quiet again (A/A)", all.again));
  say(line("under attack", all.attacked));
  const [quiet, again, attacked] = [all.quiet, all.again, all.attacked].map((times) => percentile(times, 0.99));
  say(`  p99 ratio ${((attacked ?? NaN) / (quiet ?? NaN)).toFixed(2)} (goal 1.2), A/A ${((again ?? NaN) / (quiet ?? NaN)).toFixed(2)}`);
  const grown = most.attacked.map((size, i) => `${i === 0 ? "server" : `worker ${i}`} ${whole(size - (most.quiet[i] ?? 0))} MB`);
  say(`  more resident memory than when quiet, at most: ${grown.join(", ")} (goal 64 MB)`);
  await system.stop();
}
