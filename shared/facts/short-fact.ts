/**
 * Facts name the same queues and people again and again. As stored, such a name is the number of a word in a list that its
 * feed keeps and that only grows; and times to the millisecond take seven bytes instead of nine. Tags that packed facts
 * do not use tell these forms, so that a fact which was stored as packed reads as itself.
 */
const ARRAY_16 = 0xdc;
const TEXT_8 = 0xd9;
const TEXT_16 = 0xda;
const UINT_64 = 0xcf;
const INT_64 = 0xd3;
/** The six lower bytes of a non-negative integer, and of a negative one. */
const UINT_48 = 0xc5;
const INT_48 = 0xc6;
const UINT_HEAD = Uint8Array.of(UINT_64, 0, 0);
const INT_HEAD = Uint8Array.of(INT_64, 0xff, 0xff);
/** Words below 8 in one byte, the next 2,048 in two, others in three. */
const WORD_1 = 0x80;
const WORD_2 = 0x88;
const WORD_3 = 0xd4;
const IN_ONE = 8;
const IN_TWO = 2048;

/** More words than a feed has queues and agents; a source that names everybody anew must not fill the memory of readers. */
const MOST_WORDS = 8192;
const LONGEST_WORD = 130;

/** Bytes of the packed item that starts here. */
function itemLength(bytes: Uint8Array, at: number): number {
  const tag = bytes[at] ?? 0;
  if (tag < 0x80 || tag >= 0xe0 || tag === 0xc0) return 1;
  if (tag >= 0xa0 && tag < 0xc0) return 1 + (tag & 0x1f);
  switch (tag) {
    case TEXT_8:
      return 2 + (bytes[at + 1] ?? 0);
    case TEXT_16:
      return 3 + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0);
    case 0xcc:
    case 0xd0:
      return 2;
    case 0xcd:
    case 0xd1:
      return 3;
    case 0xce:
    case 0xd2:
      return 5;
    case UINT_64:
    case INT_64:
      return 9;
    case UINT_48:
    case INT_48:
      return 7;
    case WORD_3:
      return 3;
    default:
      if (tag < WORD_2) return 1;
      if (tag < 0x90) return 2;
      throw new RangeError(`byte 0x${tag.toString(16)} does not start an item of a stored fact`);
  }
}

function nameOf(item: Uint8Array): string {
  let name = "";
  for (const byte of item) name += String.fromCharCode(byte);
  return name;
}

/** The words of a feed in the order in which they came: packed items, one behind the other. */
export class Words {
  readonly stored: Uint8Array;
  private readonly items: Uint8Array[] = [];
  private readonly numbers = new Map<string, number>();

  /** @throws RangeError when the bytes are not packed items. */
  constructor(stored: Uint8Array = new Uint8Array()) {
    this.stored = stored;
    for (let at = 0; at < stored.length;) {
      const item = stored.subarray(at, at + itemLength(stored, at));
      at += item.length;
      this.numbers.set(nameOf(item), this.items.length);
      this.items.push(item);
    }
  }

  get count(): number {
    return this.items.length;
  }

  numberOf(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** @throws RangeError when there are not as many. */
  at(number: number): Uint8Array {
    const item = this.items[number];
    if (item === undefined) throw new RangeError(`a stored fact names word ${number} of ${this.items.length}`);
    return item;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function referred(bytes: Uint8Array, at: number): number | null {
  const [tag = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (tag === WORD_3) return IN_ONE + IN_TWO + second * 0x100 + third;
  if (tag < WORD_1 || tag >= WORD_2 + IN_ONE) return null;
  return tag < WORD_2 ? tag - WORD_1 : IN_ONE + (tag - WORD_2) * 0x100 + second;
}

/** Where the items of a packed fact begin: behind its revision and the length of the list. */
function itemsFrom(bytes: Uint8Array): number {
  const list = itemLength(bytes, 0);
  return list + (bytes[list] === ARRAY_16 ? 3 : 1);
}

/** Packed items written one behind the other, shorter than they are. */
class ShortWriter {
  private readonly bytes: Uint8Array;
  private at = 0;

  /** @param room what they take as they are. */
  constructor(room: number) {
    this.bytes = new Uint8Array(room);
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  copy(from: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) this.bytes[this.at++] = from[i] ?? 0;
  }

  /** Six bytes in the place of eight, where the two upper ones say nothing but the sign. */
  narrowed(from: Uint8Array, start: number, end: number): void {
    const tag = from[start];
    const sign = tag === UINT_64 ? 0 : tag === INT_64 ? 0xff : -1;
    const isShort = from[start + 1] === sign && from[start + 2] === sign;
    if (!isShort) return this.copy(from, start, end);
    this.bytes[this.at++] = tag === UINT_64 ? UINT_48 : INT_48;
    this.copy(from, start + 3, end);
  }

  reference(number: number): void {
    const [beyond, far] = [number - IN_ONE, number - IN_ONE - IN_TWO];
    if (beyond < 0) this.put(WORD_1 + number);
    else if (far < 0) this.put(WORD_2 + (beyond >> 8), beyond & 0xff);
    else this.put(WORD_3, far >> 8, far & 0xff);
  }

  private put(...some: number[]): void {
    for (const byte of some) this.bytes[this.at++] = byte;
  }
}

/** Shortens the facts of one step, and gathers the words that they bring. */
export class Shortener {
  private readonly words: Words;
  private readonly fresh = new Map<string, { readonly number: number; readonly item: Uint8Array }>();

  constructor(words: Words) {
    this.words = words;
  }

  /** What comes behind the stored words. */
  get added(): Uint8Array {
    return joined([...this.fresh.values()].map(({ item }) => item));
  }

  /** @param packed a fact as its codec packs it, queue first. The same fact among other words is other bytes. */
  shorten(packed: Uint8Array): Uint8Array {
    const writer = new ShortWriter(packed.length);
    const [list, from] = [itemLength(packed, 0), itemsFrom(packed)];
    writer.narrowed(packed, 0, list);
    writer.copy(packed, list, from);
    for (let at = from; at < packed.length;) {
      const end = at + itemLength(packed, at);
      // The first text is the queue; whole numbers as large as these are people, because times are seconds.
      const isName = at === from ? end - at > 2 && end - at <= LONGEST_WORD : packed[at] === UINT_64;
      const number = isName ? this.numberOf(packed.subarray(at, end)) : null;
      if (number === null) writer.narrowed(packed, at, end);
      else writer.reference(number);
      at = end;
    }
    return writer.take();
  }

  /** The number of a word, new ones included; `null` where the list is full. */
  private numberOf(item: Uint8Array): number | null {
    const name = nameOf(item);
    const known = this.words.numberOf(name) ?? this.fresh.get(name)?.number;
    if (known !== undefined) return known;
    const number = this.words.count + this.fresh.size;
    if (number >= MOST_WORDS) return null;
    this.fresh.set(name, { number, item: item.slice() });
    return number;
  }
}

function isNarrow(tag: number | undefined): boolean {
  return tag === UINT_48 || tag === INT_48;
}

/**
 * The fact as its codec packs it.
 *
 * @throws RangeError when the bytes are not a stored fact, or name a word that is not among these.
 */
export function lengthen(stored: Uint8Array, words: Words): Uint8Array {
  const parts: Uint8Array[] = [];
  const [list, items] = [itemLength(stored, 0), itemsFrom(stored)];
  let from = 0;
  for (let at = 0; at < stored.length;) {
    const end = at === list ? items : at + itemLength(stored, at);
    const number = at === list ? null : referred(stored, at);
    const narrow = at !== list && isNarrow(stored[at]);
    if (number !== null || narrow) {
      if (from < at) parts.push(stored.subarray(from, at));
      if (number !== null) parts.push(words.at(number));
      else parts.push(stored[at] === UINT_48 ? UINT_HEAD : INT_HEAD, stored.subarray(at + 1, end));
      from = end;
    }
    at = end;
  }
  if (from === 0) return stored;
  parts.push(stored.subarray(from));
  return joined(parts);
}
