import { canonicalText } from "../ledger/canonical.ts";
import { LedgerEntry, openEntry, sealEntry } from "../ledger/entry.ts";
import { sha256 } from "./sha256.ts";

/** The ledger's mirror cannot be trusted from a line on: its message names the file's line and what is wrong with it. */
export class MirrorError extends Error {
  constructor(agreementId: string, line: number, what: string) {
    super(`mirror/${agreementId}.ndjson, line ${line}: ${what}`);
    this.name = "MirrorError";
  }
}

/** One entry of the ledger as the mirror has it: its place and its canonical bytes as text, ended by a line feed. */
export function mirrorLine(index: number, sealed: Uint8Array): string {
  return `{"entry":${canonicalText(openEntry(sealed, sha256))},"i":${index}}\n`;
}

const LINE = /^\{"entry":(\{.*\}),"i":(\d{1,15})\}$/u;

/**
 * Adds the entry of one line to those before it. A line that stands there twice with the same entry, as two processes that
 * wrote at once would leave it, counts once.
 *
 * @throws MirrorError for a gap, another entry in the same place, or what is no entry.
 */
export function addMirrorLine(sealed: Uint8Array[], text: string, at: { readonly agreementId: string; readonly line: number }): void {
  const [, entryText = "", place = ""] = LINE.exec(text) ?? [];
  const index = Number(place);
  const refuse = (what: string): never => {
    throw new MirrorError(at.agreementId, at.line, what);
  };
  if (entryText === "") return refuse("is no entry");
  if (index > sealed.length) return refuse(`entry ${sealed.length} is missing`);
  const item = sealEntry(LedgerEntry.parse(JSON.parse(entryText)), sha256);
  const known = sealed[index];
  if (known === undefined) sealed.push(item);
  else if (Buffer.compare(known, item) !== 0) return refuse(`another entry ${index} stands before it`);
}
