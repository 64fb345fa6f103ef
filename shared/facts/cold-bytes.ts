const CONTINUES = 0x80;

/** Collects bytes and numbers of few bytes. */
export class ByteWriter {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  bytes(some: Uint8Array): void {
    this.parts.push(some);
    this.length += some.length;
  }

  /** @param value integer from 0 to 2^53 - 1: seven bits a byte, the lowest first. */
  number(value: number): void {
    const some: number[] = [];
    let rest = value;
    for (; rest >= CONTINUES; rest = Math.floor(rest / CONTINUES)) some.push(CONTINUES + (rest % CONTINUES));
    this.bytes(Uint8Array.from([...some, rest]));
  }

  take(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** Reads what {@link ByteWriter} wrote. */
export class ByteReader {
  private readonly source: Uint8Array;
  private at = 0;

  constructor(source: Uint8Array) {
    this.source = source;
  }

  /** @throws RangeError when there are not as many bytes left. */
  bytes(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.source.length) throw new RangeError("a cold month ends too early");
    const some = this.source.subarray(this.at, end);
    this.at = end;
    return some;
  }

  /** @throws RangeError when the bytes end before the number does. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= CONTINUES) {
      const byte = this.source[this.at++];
      if (byte === undefined) throw new RangeError("a cold month ends too early");
      value += (byte % CONTINUES) * scale;
      if (byte < CONTINUES) return value;
    }
  }
}
