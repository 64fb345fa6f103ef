import { sha256 } from "./sha256.ts";

/**
 * What finds a contact or another record by its id alone, so that it can subtract itself from where it was when its start or
 * queue changes: the first 12 bytes of the id's SHA-256 name its fact; 96 bits make a collision among a billion records less
 * likely than 10^-10. The first 12 bits name the hash that remembers it after a file took it away.
 */
export function recordPlace(id: string): { bucket: string; field: Buffer } {
  const digest = Buffer.from(sha256(new TextEncoder().encode(id)));
  return { bucket: digest.toString("hex", 0, 2).slice(0, 3), field: digest.subarray(0, 12) };
}
