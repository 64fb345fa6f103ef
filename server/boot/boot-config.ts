import path from "node:path";
import { z } from "zod";

export const BOOT_MODES = ["demo", "start", "dev"] as const;
export type BootMode = (typeof BOOT_MODES)[number];

export interface BootConfig {
  readonly mode: BootMode;
  readonly host: string;
  readonly port: number;
  /** Absolute folder of everything that must survive: Redis' data, raw files, logs. */
  readonly stateDir: string;
  /** A Redis of the operator's own; null means a private one. */
  readonly redisUrl: string | null;
  /** Origin under which browsers reach Accord. */
  readonly publicUrl: string;
  readonly searchPath: string;
}

/** Port of the page server in development. */
export const DEV_PAGE_PORT = 5173;
const STATE_FOLDERS: Readonly<Record<BootMode, string>> = { demo: ".data/demo", start: ".data/live", dev: ".data/dev" };
/** The command a person types, for sentences that name a mend. */
export const COMMANDS: Readonly<Record<BootMode, string>> = { demo: "npm run demo", start: "npm start", dev: "npm run dev" };

const Port = z
  .string()
  .regex(/^\d{1,5}$/u, { error: "must be a port between 1 and 65535" })
  .transform(Number)
  .pipe(z.int().min(1, { error: "must be a port between 1 and 65535" }).max(65_535, { error: "must be a port between 1 and 65535" }));

const Environment = z.object({
  PORT: Port.default(4400),
  HOST: z.string().min(1).default("127.0.0.1"),
  ACCORD_STATE_DIR: z.string().min(1).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/u, error: 'must be an address such as "redis://host:6379"' }).optional(),
  ACCORD_PUBLIC_URL: z.url({ protocol: /^https?$/u, error: 'must be an origin such as "https://accord.example.com"' }).optional(),
  PATH: z.string().default(""),
});

export type ParsedBootConfig =
  | { readonly ok: true; readonly config: BootConfig }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the environment of the three ways to run. An empty variable counts as unset; every problem is named at once. */
export function parseBootConfig(mode: BootMode, environment: Record<string, string | undefined>): ParsedBootConfig {
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== "")));
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
  const env = parsed.data;
  const pagePort = mode === "dev" ? DEV_PAGE_PORT : env.PORT;
  return {
    ok: true,
    config: {
      mode,
      host: env.HOST,
      port: env.PORT,
      stateDir: path.resolve(env.ACCORD_STATE_DIR ?? STATE_FOLDERS[mode]),
      redisUrl: env.REDIS_URL ?? null,
      publicUrl: env.ACCORD_PUBLIC_URL ?? `http://localhost:${pagePort}`,
      searchPath: env.PATH,
    },
  };
}
