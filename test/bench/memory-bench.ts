import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { coolAgreement } from "../../workers/deadlines/cool.ts";
import { HAS_REAL_DATA, realDataFile } from "../support/real-data.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";
import { benchAgreement } from "./interval-file.ts";
import { mulberry32, seconds } from "./random.ts";
import { say, whole } from "./report.ts";
import { YEAR_FEED, yearFile } from "./year-file.ts";

const QUEUES = 4;
const CONTACTS = 200_000;
const KEYS_AT_ONCE = 500;
const NOW = Date.parse("2026-01-01T12:00:00Z");
const LONG_AFTER = NOW + 100 * 86_400_000;

const FEW_QUEUES = ["cards"];
const QUEUES_OF_A_BANK = ["cards", "loans", "mortgages", "fraud", "Kundendienst: Störung"];

const CONTACT_FEED = (agents: boolean): string => `
accord: feed/1
id: calls
name: Calls
kind: contact
timeZone: UTC
format: { type: delimited, delimiter: comma }
contactId: [id]
start:
  instant: { column: start, format: iso-8601 }
queue: { column: queue, known: [], unknown: keep-with-warning }
${agents ? "agent: { column: agent }" : "ignore: [agent]"}
outcome:
  - { when: { outcome: answered }, is: answered }
  - { when: { outcome: abandoned }, is: abandoned }
durations:
  wait: { column: wait, unit: s }
  handle: { column: handle, unit: s }
`;

/** What Redis takes for keys with their values, its own index of them included. */
async function bytesOf(redis: Redis, pattern: string): Promise<number> {
  const keys = await redis.keys(pattern);
  let sum = 0;
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    const sizes = await Promise.all(
      keys.slice(from, from + KEYS_AT_ONCE).map(async (key) => await redis.memory("USAGE", key, "SAMPLES", 0)),
    );
    sum += sizes.reduce((all: number, size) => all + (size ?? 0), 0);
  }
  return sum;
}

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/u.exec(await redis.info("memory"))?.[1] ?? NaN);
}

async function onStage(feed: string, feedId: string, use: (stage: WorkerStage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const stage = await startWorkerStage(NOW);
  try {
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("bench").replaceAll("feed: intervals", `feed: ${feedId}`));
    await writeFile(path.join(folder, "feed.yaml"), feed);
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
    await use(stage);
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function handIn(stage: WorkerStage, feed: string, content: string, rows: number): Promise<void> {
  const { counts, fileProblems, problems } = await stage.handIn("bench", feed, content);
  if (counts.applied !== rows) throw new Error(`applied ${counts.applied} rows: ${JSON.stringify([fileProblems, problems[0]])}`);
}

async function yearsBench(words: string, busiest: number): Promise<void> {
  await onStage(YEAR_FEED, "quarters", async (stage) => {
    const { redis } = stage;
    await handIn(stage, "quarters", yearFile({ queues: QUEUES, busiest, seed: 11 }), QUEUES * 365 * 96);
    const [hot, usedHot] = [await bytesOf(redis, "{a:bench}:I:*"), await usedMemory(redis)];
    stage.nowMs = LONG_AFTER;
    const startedAt = performance.now();
    await coolAgreement(stage.parts, "bench");
    const ms = (performance.now() - startedAt) / (QUEUES * 12);
    const left = await bytesOf(redis, "{a:bench}:I:*");
    const [cold, usedCold] = [await bytesOf(redis, "{a:bench}:C:*"), await usedMemory(redis)];
    const perYear = (bytes: number): string => `${whole(bytes / QUEUES / 1000)} kB`;
    say(
      `memory: a queue-year of 15 minutes with 12 counters, ${words}: warm ${perYear(hot)} (goal <= 1,000), cold ${perYear(cold + left)} (goal <= 400); Redis as a whole is ${perYear(usedHot - usedCold)} smaller; ${ms.toFixed(1)} ms to pack a month`,
    );
  });
}

function contactsFile(queues: readonly string[]): string {
  const random = mulberry32(3);
  const lines = ["id,start,queue,outcome,wait,handle,agent"];
  for (let i = 0; i < CONTACTS; i++) {
    const start = new Date(Date.parse("2025-03-01T00:00:00Z") + Math.floor(random() * 90 * 86_400) * 1000).toISOString();
    const outcome = random() < 0.06 ? "abandoned" : "answered";
    const handle = outcome === "answered" ? seconds(random, 240) : "";
    const queue = queues[i % queues.length] ?? "";
    lines.push(`call-${i},${start},${queue},${outcome},${seconds(random, 25)},${handle},Agent ${Math.floor(random() * 300)}`);
  }
  return `${lines.join("\n")}\n`;
}

async function sayContacts(redis: Redis, agreementId: string, contacts: number, words: string): Promise<void> {
  const bytes = await bytesOf(redis, `{a:${agreementId}}:F:*`);
  say(`memory: ${whole(contacts)} contacts ${words}: ${(bytes / contacts).toFixed(1)} bytes each (goal <= 40)`);
}

async function contactsBench(agents: boolean, queues: readonly string[]): Promise<void> {
  await onStage(CONTACT_FEED(agents), "calls", async (stage) => {
    await handIn(stage, "calls", contactsFile(queues), CONTACTS);
    await sayContacts(stage.redis, "bench", CONTACTS, `of ${queues.length} queues ${agents ? "with" : "without"} an agent`);
  });
}

const BANK_CALLS = 31_599;

/** A real bank's month, as its example feed reads it, and with its column of agents besides. */
async function bankBench(agents: boolean): Promise<void> {
  const stage = await startWorkerStage(Date.parse("1999-02-15T12:00:00Z"));
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const example = await readFile("docs/examples/bank-feed.yaml", "utf8");
  const feed = path.join(folder, "feed.yaml");
  await writeFile(feed, agents ? example.replace(", server]", "]\nagent: { column: server }") : example);
  await stage.putAgreement("docs/examples/bank-agreement.yaml", [feed]);
  const { counts } = await stage.handIn("bank-voice", "bank-calls", { file: realDataFile("anonymous-bank-1999/january.txt") });
  if (counts.applied !== BANK_CALLS) throw new Error(`applied ${counts.applied} rows of the bank`);
  await sayContacts(stage.redis, "bank-voice", BANK_CALLS, `of a real bank ${agents ? "with" : "without"} an agent`);
  await stage.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What intervals and contacts take in Redis, by `MEMORY USAGE` of every key. */
export async function memoryBench(): Promise<void> {
  await yearsBench("busy (up to 35 contacts a quarter hour)", 35);
  await yearsBench("quiet (up to 8)", 8);
  await contactsBench(false, FEW_QUEUES);
  await contactsBench(true, FEW_QUEUES);
  await contactsBench(true, QUEUES_OF_A_BANK);
  if (!HAS_REAL_DATA) return say("memory: no real data on this machine, so nothing of the bank");
  await bankBench(false);
  await bankBench(true);
}
