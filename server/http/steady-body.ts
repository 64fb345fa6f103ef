import { setTimeout } from "node:timers/promises";
import { AppError } from "../../shared/protocol/errors.ts";

/** How slow a body may be, and how fast a large one. */
export interface Steadiness {
  /** Fewer bytes than `leastBytes` in `everyMs` end it. */
  readonly everyMs: number;
  readonly leastBytes: number;
  /** Behind its first `freeBytes` a body is read no faster than this, so that small ones get their turn. */
  readonly freeBytes: number;
  readonly bytesPerSecond: number;
}

function tooSlow({ everyMs, leastBytes }: Steadiness): AppError {
  return new AppError(
    "too-slow",
    `The upload stalled: fewer than ${leastBytes} bytes came in ${everyMs / 1000} s.`,
    "Send the file again over a steady line, with the same Idempotency-Key; compress it (gzip) if it is large.",
  );
}

/**
 * Passes a body on and ends it when its sender dawdles, so that a thousand slow senders cannot hold a thousand files open.
 * Time in which nobody asks for the next piece, because the disk is busy or the body is large, is not the sender's.
 *
 * @param whenLarge is waited for before more than the free bytes are read.
 * @throws AppError `too-slow`.
 */
export async function* steadyBody(
  body: AsyncIterable<Uint8Array>,
  steadiness: Steadiness,
  whenLarge: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  const stalled = Promise.withResolvers<never>();
  stalled.promise.catch(() => undefined);
  const { freeBytes, bytesPerSecond } = steadiness;
  let total = 0;
  let bytes = 0;
  let asked = false;
  let wasAsked = false;
  const timer = setInterval(() => {
    // Only a sender that was waited for the whole time has dawdled.
    if (asked && wasAsked && bytes < steadiness.leastBytes) stalled.reject(tooSlow(steadiness));
    bytes = 0;
    wasAsked = asked;
  }, steadiness.everyMs);
  try {
    for (;;) {
      asked = true;
      const next = await Promise.race([pieces.next(), stalled.promise]);
      asked = false;
      if (next.done === true) return;
      bytes += next.value.length;
      yield next.value;
      if (total <= freeBytes && total + next.value.length > freeBytes) await whenLarge();
      total += next.value.length;
      if (total > freeBytes) await setTimeout((1000 * next.value.length) / bytesPerSecond);
    }
  } finally {
    clearInterval(timer);
    // Not awaited: a piece that never comes would be waited for.
    void pieces.return?.().catch(() => undefined);
  }
}
