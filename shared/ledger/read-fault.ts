import type { LedgerEntry } from "./entry.ts";
import type { FileRead, FileToRead } from "./read-file.ts";

type Settled = Extract<LedgerEntry, { kind: "receipt-settled" }>;

/**
 * How many rows of a file count, from its first: of one that was set aside, whole chunks had been applied before. Among them
 * are rows that only said again what was known: it is known by that file since.
 */
export function rowsToApply({ state, rows, rejected, applied, setAside }: Settled, condensed: boolean): number {
  if (state !== "rejected") return Infinity;
  if (applied === 0 && setAside !== true) return 0;
  // Rows that were refused went with the file.
  return condensed ? rows - rejected : rows;
}

/** How a receipt's file is checked: from its bytes or from the rows that took their place, and what the record says of its period. */
interface Told {
  readonly condensed: boolean;
  readonly replaced: Extract<LedgerEntry, { kind: "period-replaced" }> | null;
}

/** Of which days a file says everything cannot be seen any more where its rows were not all applied, or took its place. */
export function coversOf({ state }: Settled, { condensed, replaced }: Told): Pick<FileToRead, "covers"> {
  return condensed || state === "rejected" ? { covers: replaced } : {};
}

/** What a file holds against what its receipt says of it. @returns what is wrong, if anything is. */
export function readFault(
  { receipt, state, rows, rejected, applied, setAside }: Settled,
  read: FileRead,
  { condensed, replaced }: Told,
): string | null {
  const isReadable = read.refused === null && read.refusedRows < read.rows;
  if (condensed && read.refused !== null) return `what took the place of receipt ${receipt}'s file are no rows`;
  if (condensed) {
    const good = rows - rejected;
    return state === "rejected" || read.rows === good
      ? null
      : `receipt ${receipt} says ${good} good rows; ${read.rows} took the place of its file`;
  }
  if (state === "rejected")
    return isReadable && applied === 0 && setAside !== true ? `receipt ${receipt} was rejected, but its file can be read` : null;
  if (read.refused !== null) return `receipt ${receipt} was applied, but its file cannot be read`;
  if (read.rows !== rows || read.refusedRows !== rejected)
    return `receipt ${receipt} says ${rows} rows, ${rejected} refused; the file has ${read.rows} and ${read.refusedRows}`;
  const [said, found] = [replaced, read.covers].map((days) => (days === null ? "none" : `${days.from} to ${days.to}`));
  return said === found ? null : `receipt ${receipt} replaced these days by the record: ${said}; by its file: ${found}`;
}
