import { z } from "zod";
import { isCronPattern } from "../calendar/cron-pattern.ts";
import { isTimeZone } from "../calendar/is-time-zone.ts";

const Text = z.string().min(1).max(200);
/** A name pattern of files: `*` for any letters but a slash, `?` for one. */
export const FilePattern = z.string().regex(/^[^/\p{Cc}]{1,100}$/u, { error: "must be a name such as export-*.csv, without a slash" });
/** How OpenSSH writes the fingerprint of a host key: SHA-256 in base64 without padding. */
export const HostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/u, { error: "must look like SHA256:..., as ssh-keygen -l prints it" });
const Take = z.enum(["newest", "all-new"]);

/** No user name or password: an address is shown and logged. */
export const WebAddress = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/u, { error: "must be an https address without a user name or password in it" });

const HttpSource = z.strictObject({
  kind: z.literal("http"),
  url: WebAddress,
  auth: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("bearer") }),
    z.strictObject({ kind: z.literal("basic"), user: Text }),
    z.strictObject({
      kind: z.literal("header"),
      name: z.string().regex(/^[A-Za-z0-9-]{1,60}$/u, { error: "must be the name of a header" }),
    }),
  ]),
});
const SftpSource = z.strictObject({
  kind: z.literal("sftp"),
  host: z.string().regex(/^[A-Za-z0-9.:_-]{1,200}$/u, { error: "must be a host name" }),
  port: z.int().min(1).max(65_535).default(22),
  user: Text,
  auth: z.enum(["password", "private-key"]),
  folder: z.string().min(1).max(500).default("."),
  pattern: FilePattern,
  take: Take,
  /** Null until somebody has compared and confirmed it; nothing is fetched before. */
  hostKey: HostKey.nullable(),
});
const S3Source = z.strictObject({
  kind: z.literal("s3"),
  endpoint: WebAddress,
  region: z.string().regex(/^[a-z0-9-]{1,40}$/u, { error: "must be a region such as eu-central-1" }),
  bucket: z.string().regex(/^[A-Za-z0-9._-]{1,63}$/u, { error: "must be the name of a bucket" }),
  prefix: z.string().max(500).default(""),
  pattern: FilePattern,
  take: Take,
  accessKeyId: Text,
});

/** Where files are fetched. The secret that goes with it is kept apart and sealed. */
export const PullSource = z.discriminatedUnion("kind", [HttpSource, SftpSource, S3Source]);
export type PullSource = z.infer<typeof PullSource>;

export const PullSchedule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("cron"),
    pattern: z
      .string()
      .max(100)
      .refine(isCronPattern, { error: 'must be five fields such as "30 6 * * 1-5": minute, hour, day, month, weekday' }),
    timeZone: z.string().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" }),
  }),
  z.strictObject({ kind: z.literal("every"), minutes: z.int().min(1).max(1440) }),
]);
export type PullSchedule = z.infer<typeof PullSchedule>;

/**
 * Sets how a feed is fetched. `secret` is a password, token, private key or secret access key; left out, the stored one
 * stays, unless the host changes: a secret never goes to a host that it was not given for.
 */
export const PutPull = z.strictObject({
  source: PullSource,
  schedule: PullSchedule,
  secret: z.string().min(1).max(20_000).optional(),
  operationId: z.uuid(),
});
export type PutPull = z.infer<typeof PutPull>;

/** One attempt to fetch. `fetched`: new bytes became receipts; `unchanged`: nothing new is there; `unconfirmed`: the host key waits for a person. */
export const PullRun = z.strictObject({
  startedAtMs: z.int(),
  endedAtMs: z.int(),
  result: z.enum(["fetched", "unchanged", "unconfirmed", "failed"]),
  /** What happened, for the provider; without anything of the network behind the guard. */
  message: z.string(),
  remedy: z.string(),
  files: z.int().min(0),
  bytes: z.int().min(0),
  receipts: z.array(z.string()),
});
export type PullRun = z.infer<typeof PullRun>;

/**
 * How fetching goes. `unconfirmed`: the host key waits for a person. `troubled`: the last attempt failed. `failing`:
 * several in a row did, and somebody must look.
 */
export const PullState = z.strictObject({
  state: z.enum(["new", "unconfirmed", "well", "troubled", "failing"]),
  failuresInRow: z.int().min(0),
  /** When a failed attempt is repeated before its schedule; null when it is not. */
  retryAtMs: z.int().nullable(),
  /** Since when the present attempt runs. */
  runningSinceMs: z.int().nullable(),
  lastRunAtMs: z.int().nullable(),
  lastSuccessAtMs: z.int().nullable(),
  /** The key that the host showed and that is not the confirmed one. */
  offeredHostKey: HostKey.nullable(),
  /** The latest attempts, newest first. */
  runs: z.array(PullRun),
});
export type PullState = z.infer<typeof PullState>;

/** What people see of a pull: everything but the secret. */
export const PullView = z.strictObject({
  feedId: z.string(),
  source: PullSource,
  schedule: PullSchedule,
  hasSecret: z.boolean(),
  changedAtMs: z.int(),
  changedBy: z.string(),
  /** When the schedule comes round next; null while it is not known. */
  nextRunAtMs: z.int().nullable(),
  ...PullState.shape,
});
export type PullView = z.infer<typeof PullView>;
