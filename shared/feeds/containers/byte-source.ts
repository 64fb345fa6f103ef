/** A file's bytes, whose beginning can be looked at before they are read. */
export interface ByteSource {
  /** The first bytes, until there are `enough` or the file ends. They will be read again. */
  head(enough: (bytes: Uint8Array) => boolean): Promise<Uint8Array>;
  /** All bytes; may be read once. */
  pieces(): AsyncGenerator<Uint8Array>;
  /** Lets go of the file. To be called whatever happens. */
  close(): Promise<void>;
}

/** The pieces as one; where only one of them is not empty, that one itself. */
export function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const [only, second] = pieces.filter(({ length }) => length > 0);
  if (only !== undefined && second === undefined) return only;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function createByteSource(bytes: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = bytes[Symbol.asyncIterator]();
  let ahead: Uint8Array[] = [];
  let ended = false;
  const next = async (): Promise<Uint8Array | null> => {
    if (ended) return null;
    const { done, value } = await iterator.next();
    ended = done === true;
    return ended ? null : value;
  };
  return {
    async head(enough) {
      let first = joinPieces(ahead);
      while (!enough(first)) {
        const piece = await next();
        if (piece === null) break;
        first = joinPieces([first, piece]);
        ahead = [first];
      }
      return first;
    },
    async *pieces() {
      yield* ahead.splice(0);
      for (let piece = await next(); piece !== null; piece = await next()) yield piece;
    },
    async close() {
      if (!ended) await iterator.return?.();
      ended = true;
    },
  };
}

/**
 * The whole of a file that has to be held whole, in a buffer of its own that grows in place: pieces and their copy are never
 * held together.
 *
 * @returns `null` as soon as it is longer than `most` bytes.
 */
export async function collectBytes(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  let buffer = new ArrayBuffer(65_536);
  let length = 0;
  for await (const piece of bytes) {
    const from = length;
    length += piece.length;
    if (length > most) return null;
    if (length > buffer.byteLength) buffer = buffer.transfer(Math.max(length, buffer.byteLength * 2));
    new Uint8Array(buffer).set(piece, from);
  }
  return new Uint8Array(buffer.transfer(length));
}

/**
 * The whole of a file that is held to be read and not changed: where it comes as one piece, that piece itself.
 *
 * @returns `null` as soon as it is longer than `most` bytes.
 */
export async function holdBytes(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const source = createByteSource(bytes);
  try {
    const first = await source.head(({ length }) => length > 0);
    const { length } = await source.head((more) => more.length > first.length);
    if (length > first.length) return await collectBytes(source.pieces(), most);
    return length > most ? null : first;
  } finally {
    await source.close();
  }
}
