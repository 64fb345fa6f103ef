import type { Agreement } from "../agreement/agreement.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { ReadTable } from "../feeds/table.ts";
import { settle } from "../settlement/settle.ts";
import type { Settlement } from "../settlement/settlement.ts";
import type { Bundle } from "./bundle.ts";
import { checkCheckpoints } from "./check-checkpoints.ts";
import { EntryCheck, type ReadEntry } from "./check-entries.ts";
import { condensedReceipts, FileCheck, type RunningHash } from "./check-files.ts";
import type { VerifyFunction } from "./checkpoint.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";
import { type Finding, inOrder, wrongStretch } from "./finding.ts";
import { keyTerms, succeeds } from "./key-chain.ts";
import type { MerkleTree } from "./merkle-tree.ts";
import { Replay, type Replayed } from "./replay.ts";

export interface Verification {
  readonly bundle: Bundle;
  /** Checkpoints that a party has kept: signed notes. */
  readonly held: readonly string[];
  readonly sha256: Sha256Function;
  readonly startHash: () => RunningHash;
  readonly verify: VerifyFunction;
  /** The documents read from the bundle's texts; `null`: only what was sealed is checked, verdicts are not derived anew. */
  readonly documents: { readonly agreements: readonly Agreement[]; readonly feeds: readonly FeedDefinition[] } | null;
  /** Opens files as the live system does, where that is more than every runtime can. */
  readonly table?: ReadTable;
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

function lastForecasts(entries: readonly ReadEntry[]): (entry: LedgerEntry) => boolean {
  const last = new Map<string, LedgerEntry>();
  for (const { entry } of entries) if (entry?.kind === "forecast") last.set(entry.month, entry);
  return (entry) => entry.kind === "forecast" && last.get(entry.month) === entry;
}

async function replay(input: Verification, entries: readonly ReadEntry[]): Promise<Replayed | null> {
  if (input.documents === null) return null;
  const { bundle, sha256, table } = input;
  const running = new Replay({ bundle, sha256, table, condensed: condensedReceipts(entries), ...input.documents });
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

/** The keys must follow each other by their own signatures, and by entries of the record. */
async function checkSignatures(input: Verification, entries: readonly ReadEntry[], tree: MerkleTree): Promise<Finding[]> {
  const { bundle, held, sha256, verify } = input;
  const { publicKeys, certificates = [] } = bundle.about;
  const [present = "", ...earlier] = publicKeys.toReversed();
  const former = earlier.toReversed().map((publicKey, i) => ({ publicKey, certificate: certificates[i] ?? "" }));
  if (!(await succeeds(publicKeys[0] ?? "", { former, present, verify })))
    return [wrongStretch(0, tree.size - 1, "a key of the bundle did not sign for the one that followed it")];
  const keys = publicKeys.map((key) => bytesOf(key) ?? new Uint8Array(0));
  const terms = keyTerms(
    entries.map(({ entry }) => entry),
    keys,
    sha256,
  );
  if (terms === null) return [wrongStretch(0, tree.size - 1, "an entry names an operator key that the bundle does not have")];
  return await checkCheckpoints({ tree, notes: bundle.checkpoints, held, terms, sha256, verify });
}

/**
 * Checks a record without whoever keeps it: every entry's bytes, the tree over them against every signed checkpoint, the
 * bundle's own and those that a party has kept, every file and document against the hash that was sealed, and every
 * sealed verdict by deriving it anew from the files.
 */
export async function verifyBundle(input: Verification): Promise<Verified> {
  const { bundle, sha256 } = input;
  const check = new EntryCheck(bundle.about.agreement, sha256);
  const [entries, findings]: [ReadEntry[], Finding[]] = [[], []];
  for await (const line of bundle.entries()) entries.push(check.take(line));
  const files = new FileCheck(input, condensedReceipts(entries));
  for (const read of entries) findings.push(...(await files.check(read)));
  const { tree } = check;
  if (tree.size < bundle.about.entries)
    findings.push(wrongStretch(tree.size, tree.size, `the bundle says it has ${bundle.about.entries} entries and has ${tree.size}`));
  const signed = await checkSignatures(input, entries, tree);
  const replayed = await replay(input, entries);
  return {
    findings: inOrder([...check.findings, ...findings, ...signed, ...(replayed?.findings ?? [])]),
    entries: tree.size,
    root: tree.root().toHex(),
    files: files.files,
    replayed,
    settlement: settled(replayed, entries),
  };
}
