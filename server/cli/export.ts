import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { Redis } from "ioredis";
import { BYTE_ORDER_MARK } from "../../shared/feeds/csv-out.ts";
import { EXPORTS } from "../../shared/protocol/archive-routes.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readCheckpoints } from "../../shared/store/checkpoints.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { exportTable } from "../../shared/store/exports.ts";
import { exportCounters, exportFacts } from "../../shared/store/exports-facts.ts";
import { exportDefinitionText } from "../documents/export-definition-text.ts";
import { type Command, CommandError } from "./command.ts";
import { targetOf } from "./recount.ts";

type Pieces = AsyncIterable<string> | Iterable<string>;

async function* marked(text: AsyncIterable<string>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK;
  yield* text;
}

/** Every file of an agreement's export by its name. */
async function filesOf(redis: Redis, agreementId: string, nowMs: number): Promise<ReadonlyMap<string, Pieces>> {
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new CommandError(`There is no agreement "${agreementId}" in force.`);
  const { timeZone } = stored.agreement;
  const files = new Map<string, Pieces>();
  for (const what of EXPORTS) files.set(what, exportTable(redis, { agreementId, timeZone, what, sharedOnly: false }));
  for (const feed of stored.feeds) {
    const exported = { redis, stored, feed, nowMs };
    files.set(`${feed.id}-facts.csv`, marked(exportFacts(exported)));
    files.set(`${feed.id}-definition.yaml`, [exportDefinitionText(feed)]);
    files.set(`${feed.id}-counters.csv`, marked(exportCounters(exported)));
  }
  const [kept] = await readCheckpoints(redis, agreementId, 1);
  if (kept !== undefined) files.set("checkpoint.txt", [kept.note]);
  return files;
}

/** `accord export`: everything that is known of an agreement as files, each streamed from the system that runs. */
export const exportAgreement: Command = async ({ args, env, now, print }) => {
  const { values } = parseArgs({ args: [...args], options: { agreement: { type: "string" }, out: { type: "string" } } });
  const { agreement, out } = values;
  if (agreement === undefined || out === undefined) throw new CommandError("Say what and where: --agreement acme-voice --out folder.");
  const redis = connectRedis(targetOf(env), "worker");
  try {
    const files = await filesOf(redis, agreement, now);
    const folder = path.resolve(out);
    await mkdir(folder, { recursive: true });
    for (const [name, pieces] of files) await pipeline(Readable.from(pieces), createWriteStream(path.join(folder, name), { mode: 0o600 }));
    print(`${files.size} files in ${folder}`);
    return 0;
  } finally {
    redis.disconnect();
  }
};
