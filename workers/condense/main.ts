import { randomUUID } from "node:crypto";
import path from "node:path";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { readAgreement } from "../../shared/store/agreements.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { rawStoreOf } from "../../shared/store/raw-s3-store.ts";
import { writeRawKeepMonths } from "../../shared/store/retention.ts";
import { parseWorkerConfig } from "../config.ts";
import type { WorkerParts } from "../parts.ts";
import { type CondensedMonth, condenseMonths, receiptsWithRaw } from "./condense.ts";
import { forgetAgent } from "./forget.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const BUSY = "A worker holds the agreement or a file waits to be applied: try again in a moment.";
const TRY_LATER = 75;

function tell(months: readonly CondensedMonth[]): void {
  for (const { month, receipts, rows } of months) say(`${month}: ${receipts} raw files gave way to ${rows} rows`);
}

async function dryRun(parts: WorkerParts, agreementId: string, before: string): Promise<number> {
  const over = (await receiptsWithRaw(parts, agreementId)).filter(({ month }) => month < before);
  for (const month of new Set(over.map((one) => one.month)))
    say(`${month}: ${over.filter((one) => one.month === month).length} raw files would give way to their rows`);
  return 0;
}

async function retain(parts: WorkerParts, agreementId: string, { before, keep, dry }: { before?: string; keep?: string; dry: boolean }) {
  if (keep !== undefined) {
    await writeRawKeepMonths(parts.redis, agreementId, keep === "all" ? null : Number(keep));
    say(keep === "all" ? "Raw files are kept for ever." : `Raw files are kept for ${keep} months before the present one.`);
  }
  if (before === undefined) return 0;
  if (dry) return await dryRun(parts, agreementId, before);
  const months = await condenseMonths(parts, agreementId, (month) => month < before);
  if (months === null) say(BUSY);
  tell(months ?? []);
  return months === null ? TRY_LATER : 0;
}

async function forget(parts: WorkerParts, agreementId: string, agent: string): Promise<number> {
  const forgotten = await forgetAgent(parts, agreementId, agent);
  if (forgotten === null) {
    say(BUSY);
    return TRY_LATER;
  }
  if (forgotten.unknown) {
    say("No file names anybody so; nothing was changed.");
    return 1;
  }
  tell(forgotten.months);
  say(`Who is behind ${forgotten.pseudonym} is forgotten. Backups made before still know it.`);
  return 0;
}

/** Started by `accord retain` and `accord forget`, which have checked the arguments. */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      agreement: { type: "string", default: "" },
      agent: { type: "string", default: "" },
      before: { type: "string" },
      keep: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const config = parseWorkerConfig(process.env);
  const stateDir = path.resolve(config.stateDir);
  const redis = connectRedis(config.redis, "worker");
  const keyRing = await KeyRing.open(stateDir);
  const parts: WorkerParts = {
    target: config.redis,
    redis,
    rawFiles: new RawFiles(stateDir, keyRing, rawStoreOf(process.env)),
    keyRing,
    stateDir,
    outbound: openOutbound(config.pullAllow),
    clock: Date.now,
    logger: pino({ level: "warn" }, pino.destination(2)),
    owner: randomUUID(),
  };
  try {
    if ((await readAgreement(redis, values.agreement)) === null) {
      process.stderr.write(`There is no agreement "${values.agreement}".\n`);
      return 1;
    }
    if (positionals[0] === "forget") return await forget(parts, values.agreement, values.agent);
    const { before, keep } = values;
    return await retain(parts, values.agreement, {
      ...(before === undefined ? {} : { before }),
      ...(keep === undefined ? {} : { keep }),
      dry: values["dry-run"],
    });
  } finally {
    redis.disconnect();
  }
}

process.exitCode = await run();
