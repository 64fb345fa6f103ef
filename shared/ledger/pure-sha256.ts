const BLOCK = 64;
const PRIMES = firstPrimes(64);
const ROUND_KEYS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first 32 bits of the fractional part. */
function fraction(x: number): number {
  return Math.floor((x - Math.floor(x)) * 2 ** 32);
}

function turned(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

/** SHA-256 (FIPS 180-4) in plain JavaScript, piece by piece: for browsers, whose own is not there without HTTPS and hashes only what lies in memory. */
export class PureSha256 {
  private readonly state = START.slice();
  private readonly words = new Uint32Array(BLOCK);
  private readonly rest = new Uint8Array(BLOCK);
  private length = 0;

  update(bytes: Uint8Array): this {
    let at = 0;
    const held = this.length % BLOCK;
    this.length += bytes.length;
    if (held > 0) {
      at = Math.min(BLOCK - held, bytes.length);
      this.rest.set(bytes.subarray(0, at), held);
      if (held + at === BLOCK) this.mix(this.rest, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.mix(bytes, at);
    if (at < bytes.length) this.rest.set(bytes.subarray(at));
    return this;
  }

  /** The hash, 32 bytes; nothing may be added afterwards. */
  digest(): Uint8Array {
    const held = this.length % BLOCK;
    const end = new Uint8Array(held < 56 ? BLOCK - held : 2 * BLOCK - held);
    const view = new DataView(end.buffer);
    end[0] = 0x80;
    view.setUint32(end.length - 8, Math.floor(this.length / 2 ** 29));
    view.setUint32(end.length - 4, (this.length * 8) >>> 0);
    this.update(end);
    const hash = new Uint8Array(32);
    const out = new DataView(hash.buffer);
    this.state.forEach((word, i) => out.setUint32(i * 4, word));
    return hash;
  }

  private schedule(bytes: Uint8Array, at: number): void {
    const { words: w } = this;
    for (let i = 0; i < 16; i++) {
      const j = at + i * 4;
      w[i] = ((bytes[j] ?? 0) << 24) | ((bytes[j + 1] ?? 0) << 16) | ((bytes[j + 2] ?? 0) << 8) | (bytes[j + 3] ?? 0);
    }
    for (let i = 16; i < 64; i++) {
      const [a, b] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
      const low = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
      const high = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
      w[i] = ((w[i - 16] ?? 0) + low + (w[i - 7] ?? 0) + high) | 0;
    }
  }

  private mix(bytes: Uint8Array, at: number): void {
    this.schedule(bytes, at);
    const { words, state } = this;
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + high + ((e & f) ^ (~e & g)) + (ROUND_KEYS[i] ?? 0) + (words[i] ?? 0)) | 0;
      const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] ?? 0) + word));
  }
}

/** SHA-256 of some bytes. */
export function pureSha256(bytes: Uint8Array): Uint8Array {
  return new PureSha256().update(bytes).digest();
}
