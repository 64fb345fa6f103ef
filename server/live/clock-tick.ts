import type { Redis } from "ioredis";
import type { LiveServer } from "./live-socket.ts";
import { dropIfSlow } from "./slow-consumer.ts";
import type { Logger } from "pino";

const EVERY_MS = 2000;

/** Tells every browser that the server lives and whether its store answers, so that a quiet board is not taken for a dead one. */
export function startClock(parts: {
  readonly io: LiveServer;
  readonly redis: Redis;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly bufferBytes: number;
}): { stop(): void } {
  const { io, redis, clock } = parts;
  const tick = async (): Promise<void> => {
    const state = await redis.ping().then(
      (): "up" => "up",
      (): "down" => "down",
    );
    io.emit("clock:ticked", { asOf: clock(), redis: state });
    for (const socket of io.sockets.sockets.values()) dropIfSlow(socket, parts);
  };
  const timer = setInterval(() => void tick(), EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
