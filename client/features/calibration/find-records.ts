import { pureSha256 } from "../../../shared/ledger/pure-sha256.ts";

const NAME_BYTES = 12;

function nameOf(id: string): string {
  const bytes = pureSha256(new TextEncoder().encode(id)).subarray(0, NAME_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The names of records by their ids, as typed one a line: the first 24 hexadecimal digits of the SHA-256 of each. */
export function namesOf(typed: string): ReadonlyMap<string, string> {
  const ids = typed
    .split("\n")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return new Map(ids.map((id) => [nameOf(id), id]));
}
