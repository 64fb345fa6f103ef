/**
 * The part of MessagePack that facts need: non-negative and negative integers, null, short strings and flat arrays.
 * Encoding is canonical (always the shortest form), so that equal facts are equal bytes.
 */
export type Packed = number | null | string;

const MAX_BYTES_PER_ITEM = 9;
const UINT32 = 0x1_0000_0000;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Bytes that an array of items may take at most. */
function roomFor(items: readonly Packed[]): number {
  let room = MAX_BYTES_PER_ITEM + 3;
  for (const item of items) room += typeof item === "string" ? 3 + item.length * 3 : MAX_BYTES_PER_ITEM;
  return room;
}

/** Appends packed values to one growing buffer, so that a chunk of facts costs one allocation and not one per fact. */
export class Packer {
  private bytes: Uint8Array<ArrayBuffer>;
  private at = 0;

  constructor(capacity = 64) {
    this.bytes = new Uint8Array(capacity);
  }

  /** A copy of what was packed so far. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }

  fact(revision: number, items: readonly Packed[]): void {
    this.reserve(roomFor(items));
    this.integer(revision);
    this.arrayHeader(items.length);
    for (const item of items) {
      if (item === null) this.bytes[this.at++] = 0xc0;
      else if (typeof item === "string") this.text(item);
      else this.integer(item);
    }
  }

  /** A list of field and value pairs, each value a packed fact inside a string: what a Lua script unpacks in one call. */
  pairs(facts: ReadonlyMap<string, { readonly revision: number; readonly items: readonly Packed[] }>): void {
    this.reserve(5);
    this.bytes[this.at++] = 0xdc;
    this.put(facts.size * 2, 2);
    for (const [field, { revision, items }] of facts) {
      this.reserve(roomFor(items) + 3 * field.length + 8);
      this.text(field);
      this.bytes[this.at++] = 0xda;
      const lengthAt = this.at;
      this.at += 2;
      this.fact(revision, items);
      const length = this.at - lengthAt - 2;
      this.bytes[lengthAt] = length >>> 8;
      this.bytes[lengthAt + 1] = length & 0xff;
    }
  }

  private reserve(room: number): void {
    if (this.at + room <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + room));
    grown.set(this.bytes);
    this.bytes = grown;
  }

  private arrayHeader(length: number): void {
    if (length < 16) this.bytes[this.at++] = 0x90 | length;
    else {
      this.bytes[this.at++] = 0xdc;
      this.put(length, 2);
    }
  }

  private integer(value: number): void {
    if (value < 0) this.negative(value);
    else if (value < 0x80) this.bytes[this.at++] = value;
    else if (value < 0x100) this.tagged(0xcc, value, 1);
    else if (value < 0x10000) this.tagged(0xcd, value, 2);
    else if (value < UINT32) this.tagged(0xce, value, 4);
    else {
      this.bytes[this.at++] = 0xcf;
      this.put(Math.floor(value / UINT32), 4);
      this.put(value % UINT32, 4);
    }
  }

  private negative(value: number): void {
    if (value >= -0x20) this.bytes[this.at++] = 0x100 + value;
    else if (value >= -0x80) this.tagged(0xd0, value, 1);
    else if (value >= -0x8000) this.tagged(0xd1, value, 2);
    else if (value >= -0x8000_0000) this.tagged(0xd2, value, 4);
    else {
      this.bytes[this.at++] = 0xd3;
      this.put(Math.floor(value / UINT32) >>> 0, 4);
      this.put(((value % UINT32) + UINT32) % UINT32, 4);
    }
  }

  private tagged(tag: number, value: number, width: 1 | 2 | 4): void {
    this.bytes[this.at++] = tag;
    this.put(value, width);
  }

  private put(value: number, width: 1 | 2 | 4): void {
    for (let shift = (width - 1) * 8; shift >= 0; shift -= 8) this.bytes[this.at++] = (value >>> shift) & 0xff;
  }

  private text(value: string): void {
    const encoded = encoder.encode(value);
    if (encoded.length < 32) this.bytes[this.at++] = 0xa0 | encoded.length;
    else if (encoded.length < 0x100) this.tagged(0xd9, encoded.length, 1);
    else this.tagged(0xda, encoded.length, 2);
    this.bytes.set(encoded, this.at);
    this.at += encoded.length;
  }
}

/**
 * Packs a revision followed by an array, as one stored value.
 *
 * @param revision non-negative safe integer; the newest counts.
 * @param items integers within +-(2^53 - 1), nulls and strings of at most 65,535 bytes.
 */
export function packFact(revision: number, items: readonly Packed[]): Uint8Array<ArrayBuffer> {
  const packer = new Packer(roomFor(items));
  packer.fact(revision, items);
  return packer.take();
}

class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  item(): Packed {
    const tag = this.unsigned(1);
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 0x100;
    if (tag >= 0xa0 && tag < 0xc0) return this.text(tag & 0x1f);
    switch (tag) {
      case 0xc0:
        return null;
      case 0xcc:
        return this.unsigned(1);
      case 0xcd:
        return this.unsigned(2);
      case 0xce:
        return this.unsigned(4);
      case 0xcf:
        return this.unsigned(4) * UINT32 + this.unsigned(4);
      case 0xd0:
        return this.signed(1);
      case 0xd1:
        return this.signed(2);
      case 0xd2:
        return this.signed(4);
      case 0xd3:
        return this.signed(4) * UINT32 + this.unsigned(4);
      case 0xd9:
        return this.text(this.unsigned(1));
      case 0xda:
        return this.text(this.unsigned(2));
      default:
        throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed fact item`);
    }
  }

  length(): number {
    const tag = this.unsigned(1);
    if (tag >= 0x90 && tag < 0xa0) return tag & 0x0f;
    if (tag === 0xdc) return this.unsigned(2);
    throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed array`);
  }

  private unsigned(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("a packed fact ends too early");
      value = value * 0x100 + byte;
    }
    return value;
  }

  private signed(width: number): number {
    const value = this.unsigned(width);
    const limit = 2 ** (width * 8 - 1);
    return value >= limit ? value - 2 * limit : value;
  }

  private text(length: number): string {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError("a packed fact ends too early");
    return decoder.decode(this.bytes.subarray(from, this.at));
  }
}

/**
 * Reads what {@link packFact} wrote.
 *
 * @throws RangeError when the bytes are not a packed fact.
 */
export function unpackFact(bytes: Uint8Array): { revision: number; items: Packed[] } {
  const reader = new Reader(bytes);
  const revision = reader.item();
  if (typeof revision !== "number") throw new RangeError("a packed fact starts with its revision");
  const items: Packed[] = [];
  const length = reader.length();
  for (let i = 0; i < length; i++) items.push(reader.item());
  return { revision, items };
}
