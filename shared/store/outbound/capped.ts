import { OutboundError } from "./outbound-error.ts";

/**
 * Passes bytes on up to a limit.
 *
 * @throws OutboundError `too-large` at the first byte beyond it.
 */
export async function* capped(pieces: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new OutboundError("too-large", `More than ${Math.floor(maxBytes / 1_000_000)} MB came`);
    yield piece;
  }
}
