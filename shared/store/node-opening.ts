import { pipeline, Readable } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";
import { type Deflated, FILE_LIMITS } from "../feeds/containers/inflate.ts";
import type { Opening } from "../feeds/containers/unpack.ts";

const GIVEN_AT_ONCE = 65_536;

/** Passes bytes on and remembers where the last one that is not zero stood. */
async function* watched(bytes: AsyncIterable<Uint8Array>, seen: { length: number; lastAt: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    const last = piece.findLastIndex((byte) => byte !== 0);
    if (last >= 0) seen.lastAt = seen.length + last;
    seen.length += piece.length;
    yield piece;
  }
}

/**
 * Unpacks with zlib, which unlike the stream of the web standard reads a gzip file of several members. It takes zeros behind
 * a member for padding and looks no further, so that members behind them would be lost without a word: that is an error here.
 */
async function* inflate(bytes: AsyncIterable<Uint8Array>, format: Deflated): AsyncGenerator<Uint8Array> {
  const inflater = format === "gzip" ? createGunzip({ chunkSize: GIVEN_AT_ONCE }) : createInflateRaw({ chunkSize: GIVEN_AT_ONCE });
  const seen = { length: 0, lastAt: -1 };
  // Its failure is met where the pieces are read.
  pipeline(Readable.from(watched(bytes, seen), { objectMode: true, highWaterMark: 1 }), inflater, () => undefined);
  for await (const piece of inflater) yield piece;
  if (format === "gzip" && seen.lastAt >= inflater.bytesWritten) throw new Error("bytes follow the padding behind the end");
}

/** How server and workers open archives. */
export const NODE_OPENING: Opening = { inflate, limits: FILE_LIMITS };
