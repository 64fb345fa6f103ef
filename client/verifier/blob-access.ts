import type { RandomAccess } from "../../shared/ledger/tar.ts";

/** A file that a person has chosen, read piece by piece where the pieces are needed. */
export function blobAccess(file: Blob): RandomAccess {
  return {
    bytes: file.size,
    read: async (from, bytes) => new Uint8Array(await file.slice(from, from + bytes).arrayBuffer()),
  };
}
