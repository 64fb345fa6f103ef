import { z } from "zod";
import type { RedisTarget } from "../shared/store/connect.ts";
import { parseAllowList } from "../shared/store/outbound/allow-list.ts";
import { type MailSettings, mailSettings } from "./notify/mail-settings.ts";

function isAllowList(text: string): boolean {
  try {
    parseAllowList(text);
    return true;
  } catch {
    return false;
  }
}

function isMailServer(text: string): boolean {
  try {
    mailSettings(text, "");
    return true;
  } catch {
    return false;
  }
}

const MAILBOX = /^(?:[^<>\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u;

const Environment = z
  .object({
    ACCORD_STATE_DIR: z.string().min(1).default(".data/live"),
    REDIS_URL: z.url({ protocol: /^rediss?$/u, error: "must be an address such as redis://host:6379" }).optional(),
    ACCORD_REDIS_SOCKET: z.string().min(1).optional(),
    ACCORD_PULL_ALLOW: z
      .string()
      .refine(isAllowList, { error: "must be hosts with or without a port, such as sftp.corp.example:22,10.1.2.3" })
      .default(""),
    ACCORD_SMTP_URL: z
      .string()
      .refine(isMailServer, { error: "must be an address such as smtps://user:password@mail.example.com" })
      .optional(),
    ACCORD_MAIL_FROM: z.string().regex(MAILBOX, { error: 'must be a mailbox such as "Accord <accord@example.com>"' }).optional(),
    ACCORD_PUBLIC_URL: z.url({ protocol: /^https?$/u, error: "must be an origin such as https://accord.example.com" }).optional(),
    PORT: z.string().default("4400"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  })
  .refine((env) => env.REDIS_URL !== undefined || env.ACCORD_REDIS_SOCKET !== undefined, {
    error: "set REDIS_URL, or start everything with npm start, which brings a Redis of its own",
    path: ["REDIS_URL"],
  })
  .refine((env) => env.ACCORD_SMTP_URL === undefined || env.ACCORD_MAIL_FROM !== undefined, {
    error: 'set it as well, such as "Accord <accord@example.com>": a mail needs a sender',
    path: ["ACCORD_MAIL_FROM"],
  });

export interface WorkerConfig {
  readonly stateDir: string;
  readonly redis: RedisTarget;
  /** Hosts of the operator's own network from which feeds may be fetched. */
  readonly pullAllow: string;
  /** Where e-mail is handed over; `null` when nothing is set up. */
  readonly mail: MailSettings | null;
  /** Origin under which browsers reach the server, without a slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** @throws z.ZodError naming every setting that is wrong, at once. */
export function parseWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const parsed = Environment.parse(env);
  const redis: RedisTarget =
    parsed.REDIS_URL === undefined ? { kind: "socket", path: parsed.ACCORD_REDIS_SOCKET ?? "" } : { kind: "url", url: parsed.REDIS_URL };
  const { ACCORD_SMTP_URL: smtp, ACCORD_MAIL_FROM: from = "" } = parsed;
  return {
    stateDir: parsed.ACCORD_STATE_DIR,
    redis,
    pullAllow: parsed.ACCORD_PULL_ALLOW,
    mail: smtp === undefined ? null : mailSettings(smtp, from),
    publicUrl: new URL(parsed.ACCORD_PUBLIC_URL ?? `http://localhost:${parsed.PORT}`).origin,
    logLevel: parsed.LOG_LEVEL,
  };
}
