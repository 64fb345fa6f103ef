import { Verdict } from "../../shared/agreement/verdict.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { hasGoodRows, type Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { keepCheckpoint } from "../../shared/store/checkpoints.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { Mirror, type MirroredAgreement, mirroredAgreements } from "../../shared/store/mirror.ts";
import { foreignKeys, restoreAgreement } from "../../shared/store/rebuild-records.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { verdictEntry } from "../evaluate/evaluation.ts";
import { publish } from "../evaluate/publish.ts";
import { applyFile } from "../ingest/apply-file.ts";
import type { WorkerParts } from "../parts.ts";

export interface RebuiltAgreement {
  readonly agreementId: string;
  readonly entries: number;
  readonly receipts: number;
  readonly rows: number;
  /** Closed windows whose verdict came out as the ledger has it. */
  readonly equalVerdicts: number;
  /** Closed windows that were judged otherwise than the ledger has it, such as `service-level.day.2026-11-21`: something is lost. */
  readonly otherVerdicts: readonly string[];
  /** Receipts whose rows are not back, and why. */
  readonly lost: readonly string[];
}

/** A Redis that holds agreements is never built over. */
export class NotEmptyError extends Error {
  constructor(keys: readonly string[]) {
    super(`this Redis is not empty (${keys.slice(0, 3).join(", ")} ...): rebuild into an empty one, so that nothing is built over`);
    this.name = "NotEmptyError";
  }
}

const DAY_WINDOW = /\.day\.[\d-]+$/u;

type Say = (line: string) => void;

/** What a closed window was judged; two that say the same are the same verdict, whenever they were made. */
function judgedText(entry: LedgerEntry): { window: string; verdict: string } | null {
  if (entry.kind !== "verdict-sealed" && entry.kind !== "verdict") return null;
  const { target, version, window, status, num, den } = entry;
  return { window: `${target}.${window}`, verdict: `${version} ${status} ${num}/${den} ${entry.kind === "verdict" ? "" : entry.sha256}` };
}

function latestVerdicts(ledger: readonly Uint8Array[]): Map<string, string> {
  const judged = ledger.map((item) => judgedText(openEntry(item, sha256)));
  return new Map(judged.flatMap((found) => (found === null ? [] : [[found.window, found.verdict] as const])));
}

/** Of `service-level.day.2026-11-21`: its first day. */
function firstDay(window: string): string {
  return window.slice(window.lastIndexOf(".") + 1);
}

/** Of a file that was set aside, the chunks that had been applied are applied again, no others. Refused rows are not among condensed ones. */
function mostRowsOf({ state, condensed, counts }: Receipt): { readonly mostRows?: number } {
  if (state !== "rejected") return {};
  return { mostRows: condensed === undefined ? counts.rows : counts.rows - counts.rejected };
}

/** Applies one receipt's rows again. Its own record stands already, so nothing is told of its progress. */
async function applyAgain(parts: WorkerParts, receipt: Receipt, fence: string): Promise<{ rows: number; lost: string | null }> {
  const stored = await readAgreement(parts.redis, receipt.agreementId, parts.clock());
  if (stored === null) return { rows: 0, lost: `r${receipt.number}: no version is in force` };
  try {
    const { counts, refused } = await applyFile(parts, { stored, receipt, fence, ...mostRowsOf(receipt) });
    await parts.redis.del(agreementKeys(receipt.agreementId).chunks(receipt.number));
    return { rows: counts.rows, lost: refused.length === 0 ? null : `r${receipt.number}: ${refused[0]?.message ?? ""}` };
  } catch (thrown) {
    return { rows: 0, lost: `r${receipt.number}: ${toError(thrown).message}` };
  }
}

interface Judging {
  readonly agreementId: string;
  readonly fence: string;
  readonly windows: readonly string[];
}

async function judge(parts: WorkerParts, { agreementId, fence, windows }: Judging): Promise<void> {
  const nowMs = parts.clock();
  const stored = await readAgreement(parts.redis, agreementId, nowMs);
  if (stored === null) return;
  await publish({
    redis: parts.redis,
    stored,
    fence,
    nowMs,
    operationId: `rebuild-${fence}-${windows.length}`,
    settles: null,
    revisit: new Set([...windows.map(firstDay), stored.zone.localDay(nowMs)]),
    openReceipts: 0,
    nothingBegun: true,
  });
}

/**
 * Judges every day with data, and each window that was judged without. A day judges all windows that it lies in, so longer
 * ones are asked for by their first day only where nothing else brought them back: no window is judged that never was.
 */
async function judgeAgain(parts: WorkerParts, { windows, ...judging }: Judging): Promise<void> {
  await judge(parts, { ...judging, windows: windows.filter((window) => DAY_WINDOW.test(window)) });
  const found = new Set(await parts.redis.hkeys(agreementKeys(judging.agreementId).verdicts));
  const missing = windows.filter((window) => !found.has(window));
  if (missing.length > 0) await judge(parts, { ...judging, windows: missing });
}

/** Verdicts that came out as the ledger has them need no second entry; what is new stays behind the restored ones. */
async function keepNewEntries(parts: WorkerParts, agreementId: string, before: ReadonlyMap<string, string>, length: number): Promise<void> {
  const { ledger } = agreementKeys(agreementId);
  const added = await parts.redis.lrangeBuffer(ledger, length, -1);
  const kept = added.filter((item) => {
    const judged = judgedText(openEntry(item, sha256));
    return judged === null || before.get(judged.window) !== judged.verdict;
  });
  if (length > 0) await parts.redis.ltrim(ledger, 0, length - 1);
  for (const some of inPieces(kept)) await parts.redis.rpush(ledger, ...some);
}

/** Holds what stands now against what the ledger said before. A closed period's windows may have come out otherwise since they were signed. */
async function compareVerdicts(parts: WorkerParts, agreementId: string, before: ReadonlyMap<string, string>) {
  const keys = agreementKeys(agreementId);
  const stored = { ...(await parts.redis.hgetall(keys.verdicts)), ...(await parts.redis.hgetall(keys.adjusted)) };
  const otherVerdicts = [...before].flatMap(([window, verdict]) => {
    const text = stored[window];
    const now = text === undefined ? null : judgedText(verdictEntry(agreementId, Verdict.parse(JSON.parse(text)), 0));
    // Entries of former releases have no hash.
    return now?.verdict.startsWith(verdict) === true ? [] : [window];
  });
  return { equalVerdicts: before.size - otherVerdicts.length, otherVerdicts };
}

/** Rows of receipts that were refused whole, or have not settled, are not there to be put back. */
function hasRows(receipt: Receipt): boolean {
  return receipt.settledAtMs !== null && hasGoodRows(receipt);
}

async function rebuildAgreement(parts: WorkerParts, agreementId: string, mirrored: MirroredAgreement, say: Say): Promise<RebuiltAgreement> {
  const receipts = await restoreAgreement(parts.redis, agreementId, mirrored);
  const lease = await Lease.acquire(parts.redis, agreementId, parts.owner);
  if (lease === null) throw new Error(`a worker holds ${agreementId}: stop the system before a rebuild`);
  const lost: string[] = [];
  let rows = 0;
  try {
    for (const receipt of receipts.filter(hasRows)) {
      const again = await applyAgain(parts, receipt, lease.token);
      rows += again.rows;
      if (again.lost !== null) lost.push(again.lost);
      say(`  ${agreementId} r${receipt.number} of ${receipts.length}: ${again.lost ?? `${again.rows} rows`}`);
    }
    const before = latestVerdicts(mirrored.ledger);
    await judgeAgain(parts, { agreementId, fence: lease.token, windows: [...before.keys()] });
    await keepNewEntries(parts, agreementId, before, mirrored.ledger.length);
    const verdicts = await compareVerdicts(parts, agreementId, before);
    // Those that were kept are gone, the parties have theirs; the first of the new ones covers the restored entries.
    await keepCheckpoint(parts.redis, parts.keyRing, agreementId, parts.clock());
    return { agreementId, entries: mirrored.ledger.length, receipts: receipts.length, rows, lost, ...verdicts };
  } finally {
    await lease.release();
  }
}

/**
 * Makes an empty Redis what it was, from the mirrors of the ledgers and the raw files. Nothing else may run on it.
 *
 * @throws NotEmptyError; MirrorError when a mirror is damaged: then nothing of its agreement is written.
 */
export async function rebuild(given: WorkerParts, say: Say): Promise<RebuiltAgreement[]> {
  const held = await foreignKeys(given.redis);
  if (held.length > 0) throw new NotEmptyError(held);
  // One instant for all: nothing of what is done again looks as if it were done now.
  const nowMs = given.clock();
  const parts: WorkerParts = { ...given, clock: () => nowMs };
  const rebuilt: RebuiltAgreement[] = [];
  for (const agreementId of await mirroredAgreements(parts.stateDir)) {
    const mirrored = await new Mirror(parts.stateDir, parts.keyRing, agreementId).read();
    say(`${agreementId}: ${mirrored.ledger.length} ledger entries`);
    rebuilt.push(await rebuildAgreement(parts, agreementId, mirrored, say));
  }
  return rebuilt;
}
