import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Redis } from "ioredis";
import { namesPurpose } from "./agent-names.ts";
import { AppendFile, replaceFile } from "./append-file.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { mirroredAgreements } from "./mirror.ts";
import { type MirrorRecord, openRecords, recordsPurpose, sealRecords } from "./mirror-records.ts";
import { listPulls, localFeed, pullPurpose } from "./pulls.ts";
import { listVaults, vaultPurpose } from "./raw-keys.ts";
import { runScript } from "./script.ts";

const NAMES_AT_ONCE = 500;

/** Whoever changed a field meanwhile keeps what they wrote. Sent twice, the second finds nothing to do. */
const REPLACE = `
local replaced = 0
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
    replaced = replaced + 1
  end
end
return replaced
`;

/** Where sealed things lie, and the two master keys. */
export interface Resealing {
  readonly redis: Redis;
  readonly stateDir: string;
  readonly agreements: readonly string[];
  readonly present: KeyRing;
  /** `null`: there is none yet, and nothing is written. */
  readonly next: KeyRing | null;
}

type Sealed = Pick<KeyRing, "unseal">;

function opened(ring: Sealed | null, purpose: string, sealed: Uint8Array): Buffer | null {
  try {
    return ring?.unseal(purpose, sealed) ?? null;
  } catch {
    return null;
  }
}

/** @returns the same under the next key; `null` where it is under it already. @throws Error that names what neither key opens. */
function turned({ present, next }: Resealing, purpose: string, sealed: Buffer): Buffer | null {
  if (opened(next, purpose, sealed) !== null) return null;
  const plain = opened(present, purpose, sealed);
  if (plain === null)
    throw new Error(`"${purpose}" is sealed under another master key: restore it from the backup that belongs to keys/, or delete it`);
  return next === null ? sealed : next.seal(purpose, plain);
}

async function* dataKeys(input: Resealing): AsyncGenerator<string> {
  for (const { name, file } of await listVaults(input.stateDir)) {
    const sealed = turned(input, vaultPurpose(name), await readFile(file));
    if (sealed === null) continue;
    if (input.next !== null) await replaceFile(file, sealed);
    yield `the key of the raw files ${name}`;
  }
}

/** Sealed names lie sealed once more in the records: both layers change. */
function turnedRecord(input: Resealing, agreementId: string, record: MirrorRecord): MirrorRecord {
  if (record.hash !== "agentNames") return record;
  const name = turned(input, namesPurpose(agreementId), Buffer.from(record.value, "base64"));
  return name === null ? record : { ...record, value: name.toString("base64") };
}

function turnedLine(input: Resealing, agreementId: string, line: string): string | null {
  if (turned(input, recordsPurpose(agreementId), Buffer.from(line, "base64")) === null) return null;
  const records = openRecords(input.present, agreementId, line).map((record) => turnedRecord(input, agreementId, record));
  return input.next === null ? `${line}\n` : sealRecords(input.next, agreementId, records);
}

async function* mirrors(input: Resealing): AsyncGenerator<string> {
  for (const agreementId of await mirroredAgreements(input.stateDir)) {
    const file = new AppendFile(path.join(input.stateDir, "mirror", `${agreementId}.records`));
    const lines = (await file.read()).map((line) => ({ line, other: turnedLine(input, agreementId, line) }));
    if (lines.every(({ other }) => other === null)) continue;
    if (input.next !== null) await file.replace(lines.map(({ line, other }) => other ?? `${line}\n`).join(""));
    yield `the mirror of ${agreementId}`;
  }
}

async function* names(input: Resealing, agreementId: string): AsyncGenerator<string> {
  const key = agreementKeys(agreementId).agentNames;
  const stored = Object.entries(await input.redis.hgetallBuffer(key));
  for (let from = 0; from < stored.length; from += NAMES_AT_ONCE) {
    const changes = stored.slice(from, from + NAMES_AT_ONCE).flatMap(([pseudonym, sealed]) => {
      const other = turned(input, namesPurpose(agreementId), sealed);
      return other === null ? [] : [pseudonym, sealed, other];
    });
    if (changes.length === 0) continue;
    if (input.next !== null) await runScript(input.redis, REPLACE, [key], changes);
    yield `names of agents of ${agreementId}`;
  }
}

async function* pullSecrets(input: Resealing, agreementId: string): AsyncGenerator<string> {
  const key = agreementKeys(agreementId).pullSettings;
  for (const { feedId, settings } of await listPulls(input.redis, agreementId)) {
    const text = (await input.redis.hget(key, localFeed(feedId))) ?? "";
    if (settings.sealedSecret === null) continue;
    const other = turned(input, pullPurpose(feedId), Buffer.from(settings.sealedSecret, "base64"));
    if (other === null) continue;
    const changed = JSON.stringify({ ...settings, sealedSecret: other.toString("base64") });
    if (input.next !== null) await runScript(input.redis, REPLACE, [key], [localFeed(feedId), text, changed]);
    yield `the secret with which ${feedId} is fetched`;
  }
}

/**
 * Puts everything that is sealed under the present master key under the next one, one file or one Redis step at a time;
 * each is told when it is done. What is under the next key already is left as it is, so that a second run goes on where a
 * first one ended. Without a next key nothing is written, and told is what would be.
 *
 * @throws Error that names what neither key opens.
 */
export async function* reseal(input: Resealing): AsyncGenerator<string> {
  yield* dataKeys(input);
  yield* mirrors(input);
  for (const agreementId of input.agreements) {
    yield* names(input, agreementId);
    yield* pullSecrets(input, agreementId);
  }
}
