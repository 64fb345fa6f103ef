import { z } from "zod";
import type { RedisTarget } from "../shared/store/connect.ts";

const Environment = z
  .object({
    ACCORD_STATE_DIR: z.string().min(1).default(".data/live"),
    REDIS_URL: z.url({ protocol: /^rediss?$/u, error: "must be an address such as redis://host:6379" }).optional(),
    ACCORD_REDIS_SOCKET: z.string().min(1).optional(),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  })
  .refine((env) => env.REDIS_URL !== undefined || env.ACCORD_REDIS_SOCKET !== undefined, {
    error: "set REDIS_URL, or start everything with npm start, which brings a Redis of its own",
    path: ["REDIS_URL"],
  });

export interface WorkerConfig {
  readonly stateDir: string;
  readonly redis: RedisTarget;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** @throws z.ZodError naming every setting that is wrong, at once. */
export function parseWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const parsed = Environment.parse(env);
  const redis: RedisTarget =
    parsed.REDIS_URL === undefined ? { kind: "socket", path: parsed.ACCORD_REDIS_SOCKET ?? "" } : { kind: "url", url: parsed.REDIS_URL };
  return { stateDir: parsed.ACCORD_STATE_DIR, redis, logLevel: parsed.LOG_LEVEL };
}
