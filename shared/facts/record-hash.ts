/**
 * Facts under a key lie in as many hashes as they fill: a feed begins with one, and each time its facts outgrow them, the next
 * hash in turn gives half of its facts to a new one (linear hashing: Litwin 1980). So a hash holds some hundred facts however
 * many there are, and nothing else moves.
 */

/** Facts a hash on the average. The fullest has about twice as many, which is below the 512 of a compact hash of Redis. */
export const FACTS_PER_HASH = 100;

/** The name of a record: the first 12 bytes of the SHA-256 of its id. The last four say where it lies. */
export const NAME_BYTES = 12;

/** One hash divides: facts whose bit is set go to the new one. */
export interface Split {
  readonly from: number;
  readonly to: number;
  /** Place of the byte in the name, from 1. */
  readonly byte: number;
  /** The bit's worth in that byte. */
  readonly worth: number;
}

/** The greatest power of two that is no greater. */
function powerBelow(count: number): number {
  return 2 ** (31 - Math.clz32(count));
}

/** @param hashes how many there are, at least 1. */
export function hashOf(name: Uint8Array, hashes: number): number {
  let number = 0;
  for (let i = NAME_BYTES - 4; i < NAME_BYTES; i++) number = number * 0x100 + (name[i] ?? 0);
  const power = powerBelow(hashes);
  const place = number % (2 * power);
  return place < hashes ? place : place - power;
}

/** How many hashes so many facts need, never fewer than there are. */
export function hashesFor(facts: number, hashes: number): number {
  return Math.max(hashes, Math.ceil(facts / FACTS_PER_HASH), 1);
}

/** What must happen, in this order, until there are so many hashes. */
export function splitsBetween(hashes: number, wanted: number): Split[] {
  return Array.from({ length: Math.max(0, wanted - hashes) }, (_, i) => {
    const to = hashes + i;
    const power = powerBelow(to);
    const bit = Math.log2(power);
    return { from: to - power, to, byte: NAME_BYTES - Math.floor(bit / 8), worth: 2 ** (bit % 8) };
  });
}

/** Where the facts of one hash lie when there are more of them: itself first, then those that came from it. */
export function descendants(hash: number, hashes: number, later: number): number[] {
  const found = [hash];
  for (const { from, to } of splitsBetween(hashes, later)) if (found.includes(from)) found.push(to);
  return found;
}
