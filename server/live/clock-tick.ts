import type { Redis } from "ioredis";
import type { LiveServer } from "./live-socket.ts";
import { dropIfSlow } from "./slow-consumer.ts";
import type { Logger } from "pino";
import type { z } from "zod";
import type { ClockTicked } from "../../shared/protocol/socket-events.ts";
import { readWorkersSeen, unjudgedSince } from "../../shared/store/uptime.ts";

const EVERY_MS = 2000;
/** Looking costs a tenth of telling: done with every entry it would be a large part of the work for a busy agreement. */
const LOOK_EVERY_MS = 500;
/** Workers are started after the server, and have been away since the last stop. */
const STARTING_MS = 10_000;

type Tick = z.infer<typeof ClockTicked>;

/**
 * Tells every browser that the server lives, whether its store answers and whether workers judge what comes in, so that a quiet
 * board is not taken for a dead one, nor a dead one for quiet; and cuts those that do not read.
 */
export function startClock(parts: {
  readonly io: LiveServer;
  readonly redis: Redis;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly bufferBytes: number;
}): { now(): Tick; stop(): void } {
  const { io, redis, clock, logger } = parts;
  const startedMs = performance.now();
  let known: Pick<Tick, "redis" | "unjudgedSince"> = { redis: "up", unjudgedSince: null };
  const look = async (): Promise<typeof known> => {
    const since = unjudgedSince(await readWorkersSeen(redis), clock());
    // When the store is back, workers have until the next tick to say that they are there.
    const isEarly = performance.now() - startedMs < STARTING_MS || known.redis === "down";
    return { redis: "up", unjudgedSince: isEarly ? null : since };
  };
  const now = (): Tick => ({ asOf: clock(), ...known });
  const tick = async (): Promise<void> => {
    const before = known;
    known = await look().catch((): typeof known => ({ ...before, redis: "down" }));
    // Nobody else can say so: alerts are the workers' own.
    if (known.unjudgedSince !== null && before.unjudgedSince === null)
      logger.error({ event: "workers-away", sinceMs: known.unjudgedSince }, "no worker judges what comes in, and nobody is told of alerts");
    if (known.unjudgedSince === null && before.unjudgedSince !== null) logger.info({ event: "workers-back" });
    io.emit("clock:ticked", now());
  };
  const cut = (): void => {
    for (const socket of io.sockets.sockets.values()) dropIfSlow(socket, parts);
  };
  const timers = [setInterval(() => void tick(), EVERY_MS), setInterval(cut, LOOK_EVERY_MS)];
  return { now, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}
