import { z } from "zod";
import type { RedisTarget } from "../shared/store/connect.ts";
import { parseAllowList } from "../shared/store/outbound/allow-list.ts";

function isAllowList(text: string): boolean {
  try {
    parseAllowList(text);
    return true;
  } catch {
    return false;
  }
}

const Environment = z
  .object({
    ACCORD_STATE_DIR: z.string().min(1).default(".data/live"),
    REDIS_URL: z.url({ protocol: /^rediss?$/u, error: "must be an address such as redis://host:6379" }).optional(),
    ACCORD_REDIS_SOCKET: z.string().min(1).optional(),
    ACCORD_PULL_ALLOW: z
      .string()
      .refine(isAllowList, { error: "must be hosts with or without a port, such as sftp.corp.example:22,10.1.2.3" })
      .default(""),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  })
  .refine((env) => env.REDIS_URL !== undefined || env.ACCORD_REDIS_SOCKET !== undefined, {
    error: "set REDIS_URL, or start everything with npm start, which brings a Redis of its own",
    path: ["REDIS_URL"],
  });

export interface WorkerConfig {
  readonly stateDir: string;
  readonly redis: RedisTarget;
  /** Hosts of the operator's own network from which feeds may be fetched. */
  readonly pullAllow: string;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** @throws z.ZodError naming every setting that is wrong, at once. */
export function parseWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const parsed = Environment.parse(env);
  const redis: RedisTarget =
    parsed.REDIS_URL === undefined ? { kind: "socket", path: parsed.ACCORD_REDIS_SOCKET ?? "" } : { kind: "url", url: parsed.REDIS_URL };
  return { stateDir: parsed.ACCORD_STATE_DIR, redis, pullAllow: parsed.ACCORD_PULL_ALLOW, logLevel: parsed.LOG_LEVEL };
}
