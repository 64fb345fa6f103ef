import { pipeline, Readable } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";
import { type Deflated, FILE_LIMITS } from "../feeds/containers/inflate.ts";
import type { Opening } from "../feeds/containers/unpack.ts";

/** Unpacks with zlib, which unlike the stream of the web standard reads a gzip file of several members. */
async function* inflate(bytes: AsyncIterable<Uint8Array>, format: Deflated): AsyncGenerator<Uint8Array> {
  const inflater = format === "gzip" ? createGunzip() : createInflateRaw();
  // Its failure is met where the pieces are read.
  pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 1 }), inflater, () => undefined);
  for await (const piece of inflater) yield piece;
}

/** How server and workers open archives. */
export const NODE_OPENING: Opening = { inflate, limits: FILE_LIMITS };
