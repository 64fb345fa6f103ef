import type { Deflated } from "./inflate.ts";

// The standard stream of every runtime; declared here because domain folders see no runtime's types.
declare class DecompressionStream {
  constructor(format: Deflated);
  readonly readable: { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> } };
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void>; abort(reason: unknown): Promise<void> };
  };
}

/** Unpacks with the runtime's own stream. It takes one member of a gzip file; further ones are damage to it. */
export async function* webInflate(bytes: AsyncIterable<Uint8Array>, format: Deflated): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let stopped = false;
  const feeding = (async () => {
    try {
      for await (const piece of bytes) {
        if (stopped) return;
        await writer.write(piece);
      }
      await writer.close();
    } catch (thrown) {
      // The reader meets the same failure: it is the one that reports.
      await writer.abort(thrown).catch(() => undefined);
    }
  })();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) if (next.value !== undefined) yield next.value;
  } finally {
    stopped = true;
    await reader.cancel().catch(() => undefined);
    await feeding;
  }
}
