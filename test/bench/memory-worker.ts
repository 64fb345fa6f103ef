import { pino } from "pino";
import { connectRedis } from "../../shared/store/connect.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
// What a worker has loaded counts, too.
import "../../workers/app.ts";
import { drive } from "../../workers/ingest/drive.ts";

/** A worker's process that walks the waiting receipts of one agreement, then tells what memory it took at most. */
const [socket = "", stateDir = "", agreementId = ""] = process.argv.slice(2);
const target = { kind: "socket", path: socket } as const;
const keyRing = await KeyRing.open(stateDir);
const parts = {
  target,
  redis: connectRedis(target, "worker"),
  rawFiles: new RawFiles(stateDir, keyRing),
  keyRing,
  stateDir,
  outbound: openOutbound(""),
  clock: () => Date.parse("2026-11-21T12:00:00Z"),
  logger: pino({ level: "silent" }),
  owner: "memory-worker",
};
const startedAt = performance.now();
await drive(parts, agreementId);
const seconds = (performance.now() - startedAt) / 1000;
process.send?.({ seconds, peakMb: (process.resourceUsage().maxRSS * 1024) / 1_000_000 });
parts.redis.disconnect();
