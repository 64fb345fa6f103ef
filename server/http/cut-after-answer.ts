import type { Request } from "express";

/** After a refusal the sender may finish what little is on its way, so that it can read the answer. */
const REST_BYTES = 1_000_000;
const LINGER_MS = 2000;

/** Reads no more than a little of a body that was refused, and cuts the line soon: the rest of a large one costs nobody anything. */
export function cutAfterAnswer(request: Request): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
  let rest = 0;
  request.on("data", ({ length }: Uint8Array) => {
    rest += length;
    if (rest > REST_BYTES) request.pause();
  });
  request.resume();
}
