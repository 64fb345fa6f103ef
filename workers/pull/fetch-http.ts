import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { getGuarded, type Got } from "../../shared/store/outbound/get.ts";
import { PullFailure } from "./pull-failure.ts";
import { type Fetching, type RemoteFile, shownName } from "./remote-file.ts";

type HttpSource = Extract<PullSource, { kind: "http" }>;

const Mark = z.strictObject({ etag: z.string().nullable(), lastModified: z.string().nullable() });

function credentials({ auth }: HttpSource, secret: string): Record<string, string> {
  switch (auth.kind) {
    case "none":
      return {};
    case "bearer":
      return { Authorization: `Bearer ${secret}` };
    case "basic":
      return { Authorization: `Basic ${Buffer.from(`${auth.user}:${secret}`).toString("base64")}` };
    case "header":
      return { [auth.name]: secret };
  }
}

function conditions(mark: string | null): Record<string, string> {
  if (mark === null) return {};
  const { etag, lastModified } = Mark.parse(JSON.parse(mark));
  return {
    ...(etag === null ? {} : { "If-None-Match": etag }),
    ...(lastModified === null ? {} : { "If-Modified-Since": lastModified }),
  };
}

function markOf(headers: IncomingHttpHeaders): string {
  const mark: z.infer<typeof Mark> = { etag: headers.etag ?? null, lastModified: headers["last-modified"] ?? null };
  return JSON.stringify(mark);
}

/** What an answer without a file means for the provider. */
export function refusedAnswer(status: number, what: string): PullFailure {
  if (status === 401 || status === 403)
    return new PullFailure(`${what} does not accept the credentials (${status}).`, "Give the right user, token or key.", {
      temporary: false,
    });
  if (status === 404 || status === 410)
    return new PullFailure(`${what} has nothing there (${status}).`, "Check the address, or put the file there.", { temporary: false });
  const temporary = status === 408 || status === 429 || status >= 500;
  const remedy = temporary ? "Nothing to do if it passes; it is tried again." : "Check the address and what the server expects.";
  return new PullFailure(`${what} answered ${status}.`, remedy, { temporary });
}

function refuseOdd({ status, headers }: Got, host: string): void {
  if (status !== 200) throw refusedAnswer(status, host);
  const type = headers["content-type"] ?? "";
  if (/^(?:text\/html|application\/xhtml)/iu.test(type))
    throw new PullFailure(
      `${host} sent a web page instead of a file.`,
      "It may be a page to sign in at: check the address and the credentials.",
      { temporary: false },
    );
}

function nameOf(url: URL, headers: IncomingHttpHeaders): string {
  const given = /filename="?(?<name>[^";]+)/iu.exec(headers["content-disposition"] ?? "")?.groups?.["name"];
  return shownName(given ?? url.pathname.split("/").at(-1) ?? "");
}

/**
 * The file at a web address, unless it is the one of the last time: asked with If-None-Match and If-Modified-Since.
 *
 * @throws PullFailure, OutboundError
 */
export async function* fetchHttp(source: HttpSource, { outbound, secret, seen }: Fetching): AsyncGenerator<RemoteFile> {
  const url = new URL(source.url);
  const headers = { ...conditions(seen.get(source.url) ?? null), ...credentials(source, secret) };
  const got = await getGuarded(outbound, { url, headers });
  try {
    if (got.status === 304) return;
    refuseOdd(got, url.hostname);
    yield { id: source.url, filename: nameOf(url, got.headers), mark: markOf(got.headers), bytes: got.body };
  } finally {
    got.discard();
  }
}
