import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { isIP, type Socket } from "node:net";
import { pipeline, type Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import { createGunzip } from "node:zlib";
import { toError } from "../../protocol/errors.ts";
import { plainHost } from "./allow-list.ts";
import { capped } from "./capped.ts";
import { connectTo, type Outbound } from "./outbound.ts";
import { OutboundError } from "./outbound-error.ts";

export interface Get {
  readonly url: URL;
  /** With the secret ones. Sent to the origin of `url` only: a redirect elsewhere goes without them. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked, at most the limit; reading it to its end or leaving it early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection of an answer that is not read. */
  discard(): void;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

function secured(socket: Socket, host: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // The name that was asked for is what the certificate must be for, whatever address it has.
    const name = plainHost(host);
    const tls = connectTls({ socket, host: name, ...(isIP(name) === 0 ? { servername: name } : {}) });
    const abort = (): void => void tls.destroy(toError(signal.reason));
    signal.addEventListener("abort", abort, { once: true });
    tls.once("secureConnect", () => {
      signal.removeEventListener("abort", abort);
      resolve(tls);
    });
    tls.once("error", (cause) => {
      const reason = signal.aborted ? "timeout" : "tls";
      reject(new OutboundError(reason, `${name} cannot be trusted (${codeOf(cause)})`, cause));
    });
  });
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "TLS";
}

/** A connection to where an address leads, vetted and, for https, trusted. */
export async function lineTo(outbound: Outbound, url: URL, signal: AbortSignal): Promise<Socket> {
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new OutboundError("scheme-refused", `${url.protocol} is not fetched; only https is`);
  const protocol = url.protocol === "https:" ? "https" : "http";
  const socket = await connectTo(outbound, { protocol, host: url.hostname, port: portOf(url) }, signal);
  return protocol === "https" ? await secured(socket, url.hostname, signal) : socket;
}

async function ask(outbound: Outbound, { url, headers }: Get, signal: AbortSignal): Promise<IncomingMessage> {
  const socket = await lineTo(outbound, url, signal);
  return await new Promise((resolve, reject) => {
    const asked = request({
      createConnection: () => socket,
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, "User-Agent": "Accord", "Accept-Encoding": "gzip", ...headers },
      signal,
    });
    asked.once("response", resolve);
    asked.once("error", (cause) => {
      reject(failure(url, signal, cause));
    });
    asked.end();
  });
}

function failure(url: URL, signal: AbortSignal, cause: unknown): OutboundError {
  if (signal.aborted) return new OutboundError("timeout", `${url.hostname} did not send everything in time`, cause);
  return new OutboundError("broken", `${url.hostname} broke the answer off`, cause);
}

function unpacked(answer: IncomingMessage): Readable {
  const encoding = answer.headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return answer;
  if (encoding !== "gzip" && encoding !== "x-gzip") throw new OutboundError("broken", `The answer is packed as ${encoding.slice(0, 20)}`);
  // What goes wrong reaches whoever reads the unpacked side.
  return pipeline(answer, createGunzip(), () => undefined);
}

async function* bodyOf(answer: IncomingMessage, about: { readonly url: URL; readonly maxBytes: number; readonly signal: AbortSignal }) {
  try {
    yield* capped(unpacked(answer), about.maxBytes);
  } catch (error) {
    throw error instanceof OutboundError ? error : failure(about.url, about.signal, error);
  } finally {
    answer.destroy();
  }
}

function redirected(get: Get, answer: IncomingMessage): Get | null {
  const { location } = answer.headers;
  if (!REDIRECTS.includes(answer.statusCode ?? 0) || location === undefined) return null;
  if (!URL.canParse(location, get.url)) throw new OutboundError("broken", `${get.url.hostname} leads on to nowhere`);
  const url = new URL(location, get.url);
  return { url, headers: url.origin === get.url.origin ? get.headers : {} };
}

/**
 * Fetches by GET through the guard. Each redirect is vetted like the first address.
 *
 * @throws OutboundError also while the body is read.
 */
export async function getGuarded(outbound: Outbound, get: Get): Promise<Got> {
  const signal = AbortSignal.timeout(outbound.limits.totalMs);
  let next = get;
  for (let hops = 0; ; hops++) {
    const answer = await ask(outbound, next, signal);
    const { url } = next;
    const following = redirected(next, answer);
    if (following === null) {
      const body = bodyOf(answer, { url, maxBytes: outbound.limits.maxBytes, signal });
      return { status: answer.statusCode ?? 0, headers: answer.headers, body, discard: () => void answer.destroy() };
    }
    answer.destroy();
    if (hops >= outbound.limits.redirects) throw new OutboundError("too-many-redirects", `${get.url.hostname} redirects again and again`);
    next = following;
  }
}
