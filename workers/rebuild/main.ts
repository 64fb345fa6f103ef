import { randomUUID } from "node:crypto";
import path from "node:path";
import { pino } from "pino";
import { toError } from "../../shared/protocol/errors.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { rawStoreOf } from "../../shared/store/raw-s3-store.ts";
import { parseWorkerConfig } from "../config.ts";
import { rebuild, type RebuiltAgreement } from "./rebuild.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function tell({ agreementId, entries, receipts, rows, equalVerdicts, otherVerdicts, lost }: RebuiltAgreement): void {
  say(`${agreementId}: ${entries} ledger entries, ${receipts} receipts, ${rows} rows; ${equalVerdicts} verdicts as the ledger has them`);
  for (const window of otherVerdicts) say(`  judged otherwise: ${window}`);
  for (const receipt of lost) say(`  lost: ${receipt}`);
}

/** Started by `accord rebuild`, which has seen to an empty Redis that nobody else uses. */
async function run(): Promise<number> {
  const config = parseWorkerConfig(process.env);
  const stateDir = path.resolve(config.stateDir);
  const redis = connectRedis(config.redis, "worker");
  const keyRing = await KeyRing.open(stateDir);
  const rawFiles = new RawFiles(stateDir, keyRing, rawStoreOf(process.env));
  const startedMs = performance.now();
  try {
    const rebuilt = await rebuild(
      {
        target: config.redis,
        redis,
        rawFiles,
        keyRing,
        stateDir,
        outbound: openOutbound(config.pullAllow),
        clock: Date.now,
        logger: pino({ level: config.logLevel }, pino.destination(2)),
        owner: randomUUID(),
      },
      say,
    );
    rebuilt.forEach(tell);
    say(`${rebuilt.length} agreements in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    return rebuilt.some(({ lost, otherVerdicts }) => lost.length + otherVerdicts.length > 0) ? 1 : 0;
  } catch (thrown) {
    process.stderr.write(`${toError(thrown).message}\n`);
    return 1;
  } finally {
    redis.disconnect();
  }
}

process.exitCode = await run();
