import type { Redis } from "ioredis";
import type { LiveServer } from "./live-socket.ts";
import { dropIfSlow } from "./slow-consumer.ts";
import type { Logger } from "pino";

const EVERY_MS = 2000;
/** Looking costs a tenth of telling: done with every entry it would be a large part of the work for a busy agreement. */
const LOOK_EVERY_MS = 500;

/**
 * Tells every browser that the server lives and whether its store answers, so that a quiet board is not taken for a dead one;
 * and cuts those that do not read.
 */
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
  };
  const look = (): void => {
    for (const socket of io.sockets.sockets.values()) dropIfSlow(socket, parts);
  };
  const timers = [setInterval(() => void tick(), EVERY_MS), setInterval(look, LOOK_EVERY_MS)];
  return { stop: () => timers.forEach((timer) => clearInterval(timer)) };
}
