import type { Agreement } from "../agreement/agreement.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { settle } from "../settlement/settle.ts";
import type { Settlement } from "../settlement/settlement.ts";
import type { Bundle } from "./bundle.ts";
import { checkCheckpoints } from "./check-checkpoints.ts";
import { EntryCheck, type ReadEntry } from "./check-entries.ts";
import type { VerifyFunction } from "./checkpoint.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";
import { type Finding, incomplete, inOrder, wrongEntry, wrongStretch } from "./finding.ts";
import { Replay, type Replayed } from "./replay.ts";

/** SHA-256 over pieces. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

export interface Verification {
  readonly bundle: Bundle;
  /** Checkpoints that a party has kept: signed notes. */
  readonly held: readonly string[];
  readonly sha256: Sha256Function;
  readonly startHash: () => RunningHash;
  readonly verify: VerifyFunction;
  /** The documents read from the bundle's texts; `null`: only what was sealed is checked, verdicts are not derived anew. */
  readonly documents: { readonly agreements: readonly Agreement[]; readonly feeds: readonly FeedDefinition[] } | null;
}

export interface Verified {
  /** The first wrong entry first; none: the record is whole. */
  readonly findings: readonly Finding[];
  readonly entries: number;
  /** Of all entries, in hex. */
  readonly root: string;
  readonly files: number;
  readonly replayed: Replayed | null;
  readonly settlement: Settlement | null;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return null;
  }
}

interface Files {
  readonly seen: Map<string, string | null>;
}

/** The hash of a bundle's file, each read once; `null` where the bundle does not hold it. */
async function fileHash({ bundle, startHash }: Verification, { seen }: Files, sha256: string): Promise<string | null> {
  const known = seen.get(sha256);
  if (known !== undefined) return known;
  const bytes = bundle.raw(sha256);
  const hash = startHash();
  if (bytes !== null) for await (const piece of bytes) hash.update(piece);
  const found = bytes === null ? null : hash.digest().toHex();
  seen.set(sha256, found);
  return found;
}

async function checkFile(input: Verification, files: Files, { index, entry }: ReadEntry): Promise<Finding | null> {
  if (entry?.kind !== "receipt-accepted") return null;
  const found = await fileHash(input, files, entry.sha256);
  if (found === null) return incomplete(index, entry.kind, `the bundle lacks the file of receipt ${entry.receipt}`);
  return found === entry.sha256
    ? null
    : wrongEntry(index, entry.kind, `the file of receipt ${entry.receipt} is not the one that was handed in`);
}

function lastForecasts(entries: readonly ReadEntry[]): (entry: LedgerEntry) => boolean {
  const last = new Map<string, LedgerEntry>();
  for (const { entry } of entries) if (entry?.kind === "forecast") last.set(entry.month, entry);
  return (entry) => entry.kind === "forecast" && last.get(entry.month) === entry;
}

async function replay(input: Verification, entries: readonly ReadEntry[]): Promise<Replayed | null> {
  if (input.documents === null) return null;
  const { bundle, sha256 } = input;
  const running = new Replay({ bundle, sha256, ...input.documents });
  const isLast = lastForecasts(entries);
  for (const read of entries) await running.take(read, isLast);
  return running.finish(entries.length);
}

function settled(replayed: Replayed | null, entries: readonly ReadEntry[]): Settlement | null {
  const nowMs = entries.at(-1)?.entry?.atMs;
  if (replayed?.history === null || replayed === null || nowMs === undefined) return null;
  const { history, verdicts, claims } = replayed;
  return settle({ versions: history.versions, verdicts, claims: claims.all, nowMs });
}

/**
 * Checks a record without whoever keeps it: every entry's bytes, the tree over them against every signed checkpoint, the
 * bundle's own and those that a party has kept, every file and document against the hash that was sealed, and every
 * sealed verdict by deriving it anew from the files.
 */
export async function verifyBundle(input: Verification): Promise<Verified> {
  const { bundle, held, sha256, verify } = input;
  const check = new EntryCheck(bundle.about.agreement, sha256);
  const [entries, findings]: [ReadEntry[], Finding[]] = [[], []];
  const files: Files = { seen: new Map() };
  for await (const line of bundle.entries()) {
    const read = check.take(line);
    entries.push(read);
    const fault = await checkFile(input, files, read);
    if (fault !== null) findings.push(fault);
  }
  const { tree } = check;
  if (tree.size < bundle.about.entries)
    findings.push(wrongStretch(tree.size, tree.size, `the bundle says it has ${bundle.about.entries} entries and has ${tree.size}`));
  const publicKeys = bundle.about.publicKeys.flatMap((key) => bytesOf(key) ?? []);
  const signed = await checkCheckpoints({ tree, notes: bundle.checkpoints, held, publicKeys, sha256, verify });
  const replayed = await replay(input, entries);
  return {
    findings: inOrder([...check.findings, ...findings, ...signed, ...(replayed?.findings ?? [])]),
    entries: tree.size,
    root: tree.root().toHex(),
    files: [...files.seen.values()].filter((hash) => hash !== null).length,
    replayed,
    settlement: settled(replayed, entries),
  };
}
