import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { PushReceipt } from "./push-file.ts";
import type { PushTarget } from "./push-target.ts";

const POLL_MS = 500;
const PATIENCE_MS = 600_000;
const PROBLEMS_SHOWN = 5;

/** What a scheduler learns from the exit code. */
export const PUSH_EXIT = { applied: 0, rowsRefused: 1, fileRefused: 2, tryLater: 75 } as const;

async function read(target: PushTarget, address: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${target.key}` };
  return await fetch(`${target.url}/api/v1/receipts/${address}`, { headers, redirect: "error", signal: AbortSignal.timeout(60_000) });
}

/** The receipt once it has settled, or `null` when that takes longer than ten minutes. A server away meanwhile is waited for. */
export async function settledReceipt(
  target: PushTarget,
  first: PushReceipt,
  pause: (ms: number) => Promise<void>,
): Promise<PushReceipt | null> {
  let receipt = first;
  for (let waited = 0; receipt.settledAtMs === null; waited += POLL_MS) {
    if (waited >= PATIENCE_MS) return null;
    await pause(POLL_MS);
    const answer = await read(target, receipt.id).catch(() => null);
    if (answer?.ok === true) receipt = PushReceipt.parse(await answer.json());
    else await answer?.body?.cancel();
  }
  return receipt;
}

/** What became of a file: the counts, then its first problems. */
export function outcomeLines({ id, state, counts, problems, fileProblems }: PushReceipt): string[] {
  const { rows, applied, restated, rejected, duplicate, warnings } = counts;
  const shown = [
    ...fileProblems.map(({ message, remedy }) => `  ${message}. ${remedy}`),
    ...problems
      .slice(0, PROBLEMS_SHOWN)
      .map(({ line, column, value, message, remedy }) => `  line ${line}, ${column} "${value}": ${message}. ${remedy}`),
  ];
  const more = problems.length > PROBLEMS_SHOWN ? [`  and more; errors.csv has all of them`] : [];
  const restatements = restated > 0 ? ` (${restated} restated)` : "";
  return [
    `${id} ${state}: ${rows} rows, ${applied} applied${restatements}, ${rejected} refused, ${duplicate} duplicate, ${warnings} warnings`,
    ...shown,
    ...more,
  ];
}

export function exitCodeOf({ state, counts }: PushReceipt): number {
  if (state === "rejected") return PUSH_EXIT.fileRefused;
  return counts.rejected > 0 ? PUSH_EXIT.rowsRefused : PUSH_EXIT.applied;
}

/** Keeps the refused rows with their reasons. @returns the path, or `null` when the server does not give them. */
export async function saveErrors(target: PushTarget, receipt: PushReceipt, folder: string): Promise<string | null> {
  const answer = await read(target, `${receipt.id}/errors.csv`).catch(() => null);
  if (answer?.ok !== true) return null;
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${receipt.id}-errors.csv`);
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  return file;
}

/** Keeps the answer with its signed checkpoint of the ledger, for the day on which somebody denies it. */
export async function saveReceipt(receipt: PushReceipt, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${receipt.id}.json`), `${JSON.stringify(receipt, null, 2)}\n`);
}
