/**
 * The part of MessagePack that facts need: non-negative and negative integers, null, short strings and flat arrays.
 * Encoding is canonical (always the shortest form), so that equal facts are equal bytes.
 */
export type Packed = number | null | string;

const MAX_BYTES_PER_ITEM = 9;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

class Writer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  integer(value: number): void {
    if (value < 0) this.negative(value);
    else if (value < 0x80) this.byte(value);
    else if (value < 0x100) this.sized(0xcc, 1, value);
    else if (value < 0x10000) this.sized(0xcd, 2, value);
    else if (value < 0x1_0000_0000) this.sized(0xce, 4, value);
    else {
      this.byte(0xcf);
      this.view.setBigUint64(this.at, BigInt(value));
      this.at += 8;
    }
  }

  private negative(value: number): void {
    if (value >= -32) this.byte(0x100 + value);
    else {
      this.byte(0xd3);
      this.view.setBigInt64(this.at, BigInt(value));
      this.at += 8;
    }
  }

  private sized(tag: number, width: 1 | 2 | 4, value: number): void {
    this.byte(tag);
    if (width === 1) this.view.setUint8(this.at, value);
    else if (width === 2) this.view.setUint16(this.at, value);
    else this.view.setUint32(this.at, value);
    this.at += width;
  }

  text(value: string): void {
    const encoded = encoder.encode(value);
    if (encoded.length < 32) this.byte(0xa0 | encoded.length);
    else {
      this.byte(0xda);
      this.view.setUint16(this.at, encoded.length);
      this.at += 2;
    }
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
export function packFact(revision: number, items: readonly Packed[]): Uint8Array {
  let capacity = MAX_BYTES_PER_ITEM + 3;
  for (const item of items) capacity += typeof item === "string" ? 3 + item.length * 3 : MAX_BYTES_PER_ITEM;
  const writer = new Writer(capacity);
  writer.integer(revision);
  if (items.length < 16) writer.byte(0x90 | items.length);
  else {
    writer.byte(0xdc);
    writer.view.setUint16(writer.at, items.length);
    writer.at += 2;
  }
  for (const item of items) {
    if (item === null) writer.byte(0xc0);
    else if (typeof item === "string") writer.text(item);
    else writer.integer(item);
  }
  return writer.bytes.subarray(0, writer.at);
}

class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  item(): Packed {
    const tag = this.view.getUint8(this.at++);
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 0x100;
    if (tag >= 0xa0 && tag < 0xc0) return this.text(tag & 0x1f);
    switch (tag) {
      case 0xc0:
        return null;
      case 0xcc:
        return this.view.getUint8(this.skip(1));
      case 0xcd:
        return this.view.getUint16(this.skip(2));
      case 0xce:
        return this.view.getUint32(this.skip(4));
      case 0xcf:
        return Number(this.view.getBigUint64(this.skip(8)));
      case 0xd0:
        return this.view.getInt8(this.skip(1));
      case 0xd1:
        return this.view.getInt16(this.skip(2));
      case 0xd2:
        return this.view.getInt32(this.skip(4));
      case 0xd3:
        return Number(this.view.getBigInt64(this.skip(8)));
      case 0xda:
        return this.text(this.view.getUint16(this.skip(2)));
      default:
        throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed fact item`);
    }
  }

  length(): number {
    const tag = this.view.getUint8(this.at++);
    if (tag >= 0x90 && tag < 0xa0) return tag & 0x0f;
    if (tag === 0xdc) return this.view.getUint16(this.skip(2));
    throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed array`);
  }

  private text(length: number): string {
    return decoder.decode(this.bytes.subarray(this.skip(length), this.at));
  }

  private skip(width: number): number {
    const from = this.at;
    this.at += width;
    return from;
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
