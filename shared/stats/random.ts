/** A stream of numbers that only its seed decides. Not for secrets. */
export interface RandomStream {
  /** The next number, uniform on 0 to below 1, a multiple of 2^-53. */
  next(): number;
}

const SPREAD_ROUNDS = 15;

/** 128 bits of a text, by its UTF-16 units ("cyrb128" of bryc, public domain; the final mixing is that of MurmurHash3). */
function hashed(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597_399_067);
    b = c ^ Math.imul(b ^ unit, 2_869_860_233);
    c = d ^ Math.imul(c ^ unit, 951_274_213);
    d = a ^ Math.imul(d ^ unit, 2_716_044_179);
  }
  a = Math.imul(c ^ (a >>> 18), 597_399_067);
  b = Math.imul(d ^ (b >>> 22), 2_869_860_233);
  c = Math.imul(a ^ (c >>> 17), 951_274_213);
  d = Math.imul(b ^ (d >>> 19), 2_716_044_179);
  const all = a ^ b ^ c ^ d;
  return [all, b ^ all, c ^ all, d ^ all];
}

/**
 * A stream of random numbers for simulations that can be repeated: the generator sfc32 (C. Doty-Humphrey, PractRand; 128 bits
 * of state, passes its tests to 2^45 bytes), started from a 128-bit hash of the seed. It computes with integers of 32 bits
 * alone, so that every machine gives the same numbers.
 *
 * @param seed any text. Different texts give streams that have nothing to do with each other: name the purpose in it,
 *   as in `"bootstrap queue-7"`.
 * @returns Example: the first two numbers of `randomStream("accord")` are 0.6512590553321128 and 0.4507359558482722.
 */
export function randomStream(seed: string): RandomStream {
  let [a, b, c, counter] = hashed(seed);
  function bits(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }
  for (let round = 0; round < SPREAD_ROUNDS; round++) bits();
  return { next: () => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992 };
}
