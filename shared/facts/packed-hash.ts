/** One field of a stored hash as a Lua script packs it: the name and the bytes of the value, not copied. */
export interface PackedField {
  readonly field: string;
  readonly value: Uint8Array;
}

function bigEndian(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let i = from; i < from + width; i++) value = value * 0x100 + (bytes[i] ?? 0);
  return value;
}

/** Header width and length of a packed string, as `cmsgpack` writes them. */
function stringAt(bytes: Uint8Array, at: number): { from: number; to: number } {
  const tag = bytes[at] ?? 0;
  const width = tag === 0xd9 ? 1 : tag === 0xda ? 2 : tag === 0xdb ? 4 : 0;
  if (width === 0 && (tag & 0xe0) !== 0xa0) throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed string`);
  const length = width === 0 ? tag & 0x1f : bigEndian(bytes, at + 1, width);
  const from = at + 1 + width;
  if (from + length > bytes.length) throw new RangeError("a packed hash ends too early");
  return { from, to: from + length };
}

function listAt(bytes: Uint8Array): { from: number; length: number } {
  const tag = bytes[0] ?? 0;
  if ((tag & 0xf0) === 0x90) return { from: 1, length: tag & 0x0f };
  // An empty Lua table is packed as an empty map.
  if (tag === 0x80) return { from: 1, length: 0 };
  if (tag === 0xdc) return { from: 3, length: bigEndian(bytes, 1, 2) };
  if (tag === 0xdd) return { from: 5, length: bigEndian(bytes, 1, 4) };
  throw new RangeError(`byte 0x${tag.toString(16)} does not start a packed list`);
}

/**
 * Reads the flat list of names and values that `cmsgpack.pack(redis.call('HGETALL', key))` makes. One reply a hash
 * instead of two an interval: decoding replies one by one would cost more than everything that is done with them.
 *
 * @param bytes names are ASCII.
 * @throws RangeError when the bytes are not such a list.
 */
export function unpackHash(bytes: Uint8Array): PackedField[] {
  const { from, length } = listAt(bytes);
  const fields: PackedField[] = [];
  let at = from;
  for (let i = 0; i < length; i += 2) {
    const name = stringAt(bytes, at);
    const value = stringAt(bytes, name.to);
    let field = "";
    for (let k = name.from; k < name.to; k++) field += String.fromCharCode(bytes[k] ?? 0);
    fields.push({ field, value: bytes.subarray(value.from, value.to) });
    at = value.to;
  }
  return fields;
}
