import { sha256 } from "./sha256.ts";

/**
 * Where a contact's fact is stored: one of 4,096 hashes by the first 12 bits of its id's SHA-256, field = the first
 * 12 bytes. A contact is found by its id alone, so that it can subtract itself from where it was when its start or
 * queue changes; 96 bits make a collision among a billion contacts less likely than 10^-10.
 */
export function contactPlace(contactId: string): { bucket: string; field: Buffer } {
  const digest = Buffer.from(sha256(new TextEncoder().encode(contactId)));
  return { bucket: digest.toString("hex", 0, 2).slice(0, 3), field: digest.subarray(0, 12) };
}
