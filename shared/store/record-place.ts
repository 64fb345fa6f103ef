import { sha256 } from "./sha256.ts";

/**
 * Where the fact of a contact or another record is stored: one of 4,096 hashes by the first 12 bits of its id's SHA-256,
 * field = the first 12 bytes. A record is found by its id alone, so that it can subtract itself from where it was when its
 * start or queue changes; 96 bits make a collision among a billion records less likely than 10^-10.
 */
export function recordPlace(id: string): { bucket: string; field: Buffer } {
  const digest = Buffer.from(sha256(new TextEncoder().encode(id)));
  return { bucket: digest.toString("hex", 0, 2).slice(0, 3), field: digest.subarray(0, 12) };
}
