import type { Redis } from "ioredis";
import { z } from "zod";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { KeyRing } from "./key-ring.ts";
import { type AgreementKeys, agreementKeys } from "./keys.ts";

/** Hashes of an agreement whose fields the ledger knows only by their SHA-256 or their number, and that no file holds. */
const RECORD_HASHES = [
  "doc",
  "versions",
  "claims",
  "forecasts",
  "receipts",
  "keyOfReceipt",
  "alerts",
  "alertTracks",
  "restatements",
  "favours",
  "closings",
  "verdicts",
  "feeds",
  "clock",
  "agentNames",
  "coaching",
  "calibrations",
  "calibrationScores",
] as const satisfies readonly (keyof AgreementKeys)[];
export type RecordHash = (typeof RECORD_HASHES)[number];

/** A field as it was when the mirror was written; the last one counts. `seq`: how far the stream had come. */
const MirrorRecord = z.strictObject({ hash: z.enum(RECORD_HASHES), field: z.string(), value: z.string(), seq: z.int() });
export type MirrorRecord = z.infer<typeof MirrorRecord>;

interface Place {
  readonly hash: RecordHash;
  /** Without it, every field. */
  readonly field?: string;
}

const DOCUMENTS: readonly Place[] = [{ hash: "doc" }, { hash: "clock" }];

/** What stands behind an entry: the record it hashes, names or moves. */
function behind(entry: LedgerEntry): readonly Place[] {
  switch (entry.kind) {
    case "agreement-version":
    case "feed-defined":
      return [...DOCUMENTS, { hash: "versions" }];
    case "version-proposed":
    case "version-signed":
    case "version-ended":
    case "version-in-force":
      return [...DOCUMENTS, { hash: "versions", field: String(entry.version) }];
    case "receipt-accepted":
      return [
        { hash: "receipts", field: String(entry.receipt) },
        { hash: "keyOfReceipt", field: String(entry.receipt) },
      ];
    case "receipt-settled":
      return [{ hash: "receipts", field: String(entry.receipt) }, { hash: "feeds" }, { hash: "clock" }];
    case "raw-condensed":
      return [{ hash: "receipts", field: String(entry.receipt) }, { hash: "agentNames" }];
    case "restatement":
      return [{ hash: "restatements", field: String(entry.receipt) }, { hash: "favours" }];
    case "claim":
      return [{ hash: "claims", field: entry.claim }, { hash: "clock" }];
    case "forecast":
      return [{ hash: "forecasts", field: entry.month }, { hash: "clock" }];
    case "coaching-noted":
      return [{ hash: "coaching", field: entry.coaching }, { hash: "clock" }];
    case "calibration-drawn":
      return [{ hash: "calibrations", field: entry.calibration }];
    case "calibration-scored":
      return [{ hash: "calibrationScores", field: `${entry.calibration}.${entry.record}` }];
    case "alert":
      return [
        { hash: "alerts", field: entry.alert },
        { hash: "alertTracks", field: entry.alert.replace(/\.\d+$/u, "") },
      ];
    case "period-closed":
    case "period-refused":
      // Verdicts stay as they were signed, whatever comes later.
      return [{ hash: "closings", field: entry.period }, { hash: "verdicts" }, { hash: "clock" }];
    case "verdict":
    case "verdict-sealed":
      // What no version asks for any more is never judged again.
      return entry.status === "not-counted" ? [{ hash: "verdicts", field: `${entry.target}.${entry.window}` }] : [];
    case "period-replaced":
    case "erased":
    case "key-rotated":
      return [];
  }
}

async function readPlace(redis: Redis, agreementId: string, { hash, field }: Place): Promise<(readonly [string, string])[]> {
  const key = agreementKeys(agreementId)[hash];
  // Sealed names are bytes; the rest is text.
  if (hash === "agentNames")
    return Object.entries(await redis.hgetallBuffer(key)).map(([name, sealed]) => [name, sealed.toString("base64")]);
  if (field === undefined) return Object.entries(await redis.hgetall(key));
  const value = await redis.hget(key, field);
  return value === null ? [] : [[field, value]];
}

/** The records behind some entries as they are now, each once. */
export async function readRecords(redis: Redis, agreementId: string, entries: readonly LedgerEntry[]): Promise<MirrorRecord[]> {
  const places = new Map(entries.flatMap(behind).map((place) => [`${place.hash} ${place.field ?? ""}`, place]));
  const seq = Number((await redis.get(agreementKeys(agreementId).seq)) ?? "0");
  const found = await Promise.all(
    [...places.values()].map(async (place) =>
      (await readPlace(redis, agreementId, place)).map(([field, value]): MirrorRecord => ({ hash: place.hash, field, value, seq })),
    ),
  );
  return found.flat();
}

/** Every record of an agreement as it is now. */
export async function readAllRecords(redis: Redis, agreementId: string): Promise<MirrorRecord[]> {
  const seq = Number((await redis.get(agreementKeys(agreementId).seq)) ?? "0");
  const found: MirrorRecord[] = [];
  for (const hash of RECORD_HASHES)
    found.push(...(await readPlace(redis, agreementId, { hash })).map(([field, value]) => ({ hash, field, value, seq })));
  return found;
}

/** For what records are sealed. */
export function recordsPurpose(agreementId: string): string {
  return `records:${agreementId}`;
}

/** Records hold names, notes and cells of files, so they are written sealed: one line of base64. */
export function sealRecords(keyRing: KeyRing, agreementId: string, records: readonly MirrorRecord[]): string {
  return `${keyRing.seal(recordsPurpose(agreementId), Buffer.from(JSON.stringify(records))).toString("base64")}\n`;
}

/** @throws Error when a line was changed or is another installation's. */
export function openRecords(keyRing: KeyRing, agreementId: string, line: string): MirrorRecord[] {
  return z.array(MirrorRecord).parse(JSON.parse(keyRing.unseal(recordsPurpose(agreementId), Buffer.from(line, "base64")).toString("utf8")));
}
