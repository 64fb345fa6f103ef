import path from "node:path";
import { z } from "zod";
import type { RedisTarget } from "../shared/store/connect.ts";

const LEVELS = ["error", "warn", "info", "debug"] as const;

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly stateDir: string;
  readonly redis: RedisTarget;
  /** Origin under which browsers reach the server, without a slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: (typeof LEVELS)[number];
}

const WholeNumber = z
  .string()
  .regex(/^\d{1,5}$/u, { error: "must be a whole number" })
  .transform(Number);
function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search } = new URL(text);
  return /^https?:$/u.test(protocol) && pathname === "/" && search === "";
}

const Origin = z
  .string()
  .refine(isWebOrigin, { error: 'must be an origin such as "https://accord.example.com"' })
  .transform((text) => new URL(text).origin);

const Environment = z.object({
  PORT: WholeNumber.pipe(z.int().max(65_535)).default(4400),
  HOST: z.string().min(1).default("127.0.0.1"),
  ACCORD_STATE_DIR: z.string().min(1).default(".data/live"),
  REDIS_URL: z.url({ protocol: /^rediss?$/u, error: 'must be an address such as "redis://host:6379"' }).optional(),
  ACCORD_REDIS_SOCKET: z.string().min(1).optional(),
  ACCORD_PUBLIC_URL: Origin.optional(),
  LOG_LEVEL: z.enum(LEVELS).default("info"),
});

export type ParsedConfig = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the environment. Every problem is named at once, each with its variable. */
export function parseConfig(environment: Record<string, string | undefined>): ParsedConfig {
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== "")));
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
  const env = parsed.data;
  const redis = redisTarget(env.REDIS_URL, env.ACCORD_REDIS_SOCKET);
  if (redis === null)
    return { ok: false, problems: ["REDIS_URL or ACCORD_REDIS_SOCKET must say where Redis is; npm start sets it by itself"] };
  const config = {
    host: env.HOST,
    port: env.PORT,
    stateDir: path.resolve(env.ACCORD_STATE_DIR),
    redis,
    publicUrl: env.ACCORD_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    logLevel: env.LOG_LEVEL,
  };
  return { ok: true, config };
}

function redisTarget(url: string | undefined, socket: string | undefined): RedisTarget | null {
  if (url !== undefined) return { kind: "url", url };
  return socket === undefined ? null : { kind: "socket", path: socket };
}
