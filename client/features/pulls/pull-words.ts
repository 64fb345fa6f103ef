import type { PullSource, PullView } from "../../../shared/protocol/pull.ts";
import type { MarkKind } from "../../ui/status/mark.tsx";

/** The heading: how fetching stands, in one sentence. */
export function pullFinding(name: string, pull: PullView | null): string {
  if (pull === null) return `${name} is not fetched: its files are handed in`;
  if (pull.runningSinceMs !== null) return `${name} is being fetched`;
  switch (pull.state) {
    case "new":
      return `${name} is about to be fetched for the first time`;
    case "unconfirmed":
      return `${name} is not fetched until its server's key is confirmed`;
    case "well":
      return `${name} is fetched as planned`;
    case "troubled":
      return `The last attempt to fetch ${name} failed`;
    case "failing":
      return `Fetching ${name} failed ${pull.failuresInRow} times in a row`;
  }
}

/** Where the files lie, as people write it. */
export function placeWords(source: PullSource): string {
  switch (source.kind) {
    case "http":
      return source.url;
    case "sftp":
      return `sftp://${source.user}@${source.host}${source.port === 22 ? "" : `:${source.port}`}, folder ${source.folder}`;
    case "s3":
      return `bucket ${source.bucket} at ${new URL(source.endpoint).host}${source.prefix === "" ? "" : `, under ${source.prefix}`}`;
  }
}

/** Which files are meant; null for a web address, which is one. */
export function filesWords(source: PullSource): string | null {
  if (source.kind === "http") return null;
  return `${source.take === "newest" ? "the newest" : "every new one"} named ${source.pattern}`;
}

const AUTHS = { none: "nothing", bearer: "a bearer token", basic: "user and password", header: "a header of its own" } as const;

/** With what Accord signs in there, without the secret. */
export function credentialWords(source: PullSource): string {
  switch (source.kind) {
    case "http":
      return AUTHS[source.auth.kind];
    case "sftp":
      return source.auth === "password" ? "user and password" : "user and private key";
    case "s3":
      return `access key ${source.accessKeyId}`;
  }
}

export const RUN_WORDS = {
  fetched: { mark: "met", word: "Fetched" },
  unchanged: { mark: "notcounted", word: "Nothing new" },
  unconfirmed: { mark: "risk", word: "To confirm" },
  failed: { mark: "missed", word: "Failed" },
} as const satisfies Record<string, { mark: MarkKind; word: string }>;
