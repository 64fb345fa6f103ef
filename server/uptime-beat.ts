import { beat } from "../shared/store/uptime.ts";
import type { ServerParts } from "./parts.ts";

const EVERY_MS = 5000;

/** Says every few seconds that files can be taken in. A store that does not answer is one of the reasons why they cannot. */
export function startUptimeBeat({ redis, clock, logger }: Pick<ServerParts, "redis" | "clock" | "logger">): { stop(): void } {
  const say = (): void => {
    beat(redis, "server", clock()).catch((err: unknown) => logger.debug({ event: "uptime-beat-failed", err }));
  };
  say();
  const timer = setInterval(say, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
