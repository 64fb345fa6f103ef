import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { HttpClient } from "../support/http-client.ts";
import { startSystem, type System } from "../support/system.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, percentile, say, whole } from "./report.ts";

const ROUNDS = 20;
const UPLOADS = 60;
/** `bare`: the sender attacks a port that does nothing but refuse, which shows what its own work costs on this machine. */
const PHASES = ["quiet", "attacked", "again", "bare"] as const;
type Phase = (typeof PHASES)[number];
const Answers = z.record(z.string(), z.int());
type Answers = z.infer<typeof Answers>;
/** Of the clock in which Linux counts what a process has used. */
const TICK_MS = 10;

interface Use {
  readonly cpuMs: number;
  readonly residentMb: number;
}

/** What a process has used, as Linux tells it; nothing is known elsewhere. Without blocking: the same process measures the neighbours. */
async function useOf(pid: number | undefined): Promise<Use> {
  const [stat, status] = await Promise.all(["stat", "status"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")));
  const fields = (stat ?? "").slice((stat ?? "").lastIndexOf(")") + 2).split(" ");
  const residentKb = Number(/VmRSS:\s*(\d+)/u.exec(status ?? "")?.[1] ?? NaN);
  return { cpuMs: TICK_MS * (Number(fields[11]) + Number(fields[12])), residentMb: residentKb / 1000 };
}

interface Helper {
  readonly firstLine: string;
  readonly pid: number | undefined;
  /** Ends it; resolves with the last line it wrote. */
  stop(): Promise<string>;
}

/** A program in a process of its own, so that its work does not slow the one that measures. */
async function start(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Helper> {
  const child: ChildProcess = spawn(process.execPath, [path.join(import.meta.dirname, program), ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error(`${program} has no output`);
  const lines = createInterface({ input: child.stdout });
  let last = "";
  lines.on("line", (text) => (last = text));
  // Starting a program costs the others as much as any other program; it is not what is measured.
  await once(lines, "line");
  return {
    firstLine: last,
    pid: child.pid,
    async stop() {
      const gone = Promise.all([once(child, "exit"), once(lines, "close")]);
      child.kill("SIGTERM");
      await gone;
      return last;
    },
  };
}

class Tally {
  readonly times: number[] = [];
  readonly answers: Answers = {};
  cpuMs: number[] = [];
  senderMs = 0;
  most: number[] = [];
  seconds = 0;

  look(uses: readonly Use[]): void {
    this.most = uses.map(({ residentMb }, i) => Math.max(residentMb, this.most[i] ?? 0));
  }

  spend(before: readonly Use[], after: readonly Use[], seconds: number): void {
    this.look(after);
    this.cpuMs = after.map(({ cpuMs }, i) => (this.cpuMs[i] ?? 0) + cpuMs - (before[i]?.cpuMs ?? NaN));
    this.seconds += seconds;
  }

  count(answers: Answers): void {
    for (const [name, times] of Object.entries(answers)) this.answers[name] = (this.answers[name] ?? 0) + times;
  }

  get p99(): number {
    return percentile(this.times, 0.99);
  }
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

function line(name: string, { times, cpuMs, senderMs, seconds }: Tally): string {
  const [server = NaN, ...workers] = cpuMs.map((ms) => ms / seconds / 10);
  const cpu = `CPU of the server ${whole(server)} %, of the workers ${workers.map(whole).join(" and ")} %, of the sender ${whole(senderMs / seconds / 10)} %`;
  return `  ${name}: ${times.length} uploads, p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms; ${cpu}`;
}

interface Stage {
  readonly system: System;
  readonly hostile: HttpClient;
  readonly refusing: string;
  readonly tallies: Readonly<Record<Phase, Tally>>;
  /** Under attack, in rounds in which not every kind of body was answered that its sender has had too many refused. */
  readonly beforeShutOut: number[];
}

function usesOf({ server, workers }: System): Promise<Use[]> {
  return Promise.all([server.child.pid, ...workers.map(({ child }) => child.pid)].map(useOf));
}

async function play({ system, hostile, refusing, tallies, beforeShutOut }: Stage, phase: Phase, seed: number): Promise<void> {
  const tally = tallies[phase];
  const targets: Partial<Record<Phase, string>> = { attacked: system.url, bare: refusing };
  const target = targets[phase];
  const sender = target === undefined ? null : await start("hostile-sender.ts", [target], { HOSTILE_KEY: hostile.key ?? "" });
  const senderBeforeMs = sender === null ? 0 : (await useOf(sender.pid)).cpuMs;
  const looking = setInterval(() => void usesOf(system).then((uses) => tally.look(uses)), 250);
  const [before, started] = [await usesOf(system), performance.now()];
  const times = await neighbours(system, seed);
  tally.spend(before, await usesOf(system), (performance.now() - started) / 1000);
  clearInterval(looking);
  tally.times.push(...times);
  if (sender === null) return;
  tally.senderMs += (await useOf(sender.pid)).cpuMs - senderBeforeMs;
  const answers = Answers.parse(JSON.parse(await sender.stop()));
  tally.count(answers);
  if (phase === "attacked" && !("bomb 429" in answers && "endless 429" in answers)) beforeShutOut.push(...times);
}

function report({ tallies, beforeShutOut }: Stage): void {
  const { quiet, again, attacked, bare } = tallies;
  say(line("quiet", quiet));
  say(line("quiet again (A/A)", again));
  say(line("under attack", attacked));
  say(line("while it attacks a port that only refuses", bare));
  const ratio = ({ p99 }: Tally): string => (p99 / quiet.p99).toFixed(2);
  say(`  p99 ratio ${ratio(attacked)} (goal 1.2), A/A ${ratio(again)}; of the sender's own work ${ratio(bare)}`);
  const shares = [median(beforeShutOut), percentile(beforeShutOut, 0.99)].map((ms) => ms.toFixed(1));
  say(`  of the uploads under attack ${beforeShutOut.length} before it was shut out: p50 ${shares[0]} ms, p99 ${shares[1]} ms`);
  const answers = Object.entries(attacked.answers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  say(`  what the sender was answered: ${answers.map(([name, times]) => `${name} ${times} times`).join(", ")}`);
  const grown = attacked.most.map((mb, i) => `${i === 0 ? "server" : `worker ${i}`} ${whole(mb - (quiet.most[i] ?? 0))} MB`);
  say(`  more resident memory than when quiet, at most: ${grown.join(", ")} (goal 64 MB)`);
}

/** What one hostile sender costs the others: memory of the processes, and the neighbours' time to a receipt, in turns with quiet. */
export async function hostileBench(): Promise<void> {
  const system = await startSystem({ workers: 2 });
  for (const id of ["hostile", "neighbour"]) await system.addAgreement(benchAgreement(id), [BENCH_FEED]);
  const port = await start("refusing-port.ts", []);
  const stage: Stage = {
    system,
    hostile: await system.addKey("hostile", ["intervals"]),
    refusing: port.firstLine,
    tallies: { quiet: new Tally(), attacked: new Tally(), again: new Tally(), bare: new Tally() },
    beforeShutOut: [],
  };
  say(
    `hostile: ${ROUNDS} rounds of ${UPLOADS} uploads of 96 rows by a neighbour, quiet and while one sender attacks with bombs, endless, lying and slow bodies`,
  );
  await neighbours(system, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    // Whatever follows on a phase follows on another one in the next round.
    const order = round % 2 === 0 ? PHASES : PHASES.toReversed();
    for (const [i, phase] of order.entries()) await play(stage, phase, round * 10_000 + i * 1000);
  }
  report(stage);
  await port.stop();
  await system.stop();
}
