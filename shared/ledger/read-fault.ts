import type { LedgerEntry } from "./entry.ts";
import type { FileRead } from "./read-file.ts";

type Settled = Extract<LedgerEntry, { kind: "receipt-settled" }>;

/** How many rows of a file count, from its first: of one that was set aside, whole chunks had been applied before. */
export function rowsToApply({ state, rows, rejected, applied }: Settled, condensed: boolean): number {
  if (state !== "rejected") return Infinity;
  if (applied === 0) return 0;
  // Rows that were refused went with the file.
  return condensed ? rows - rejected : rows;
}

/** What a file holds against what its receipt says of it. @returns what is wrong, if anything is. */
export function readFault({ receipt, state, rows, rejected, applied }: Settled, read: FileRead, condensed: boolean): string | null {
  const isReadable = read.refused === null && read.refusedRows < read.rows;
  if (condensed && read.refused !== null) return `what took the place of receipt ${receipt}'s file are no rows`;
  if (condensed) {
    const good = rows - rejected;
    return state === "rejected" || read.rows === good
      ? null
      : `receipt ${receipt} says ${good} good rows; ${read.rows} took the place of its file`;
  }
  if (state === "rejected") return isReadable && applied === 0 ? `receipt ${receipt} was rejected, but its file can be read` : null;
  if (read.refused !== null) return `receipt ${receipt} was applied, but its file cannot be read`;
  if (read.rows === rows && read.refusedRows === rejected) return null;
  return `receipt ${receipt} says ${rows} rows, ${rejected} refused; the file has ${read.rows} and ${read.refusedRows}`;
}
