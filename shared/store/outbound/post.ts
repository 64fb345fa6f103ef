import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { lineTo } from "./get.ts";
import type { Outbound } from "./outbound.ts";

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `unanswered`: it was sent, wholly or in part, and nobody knows what became of it. */
export type Posted =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfterSeconds: number | null }
  | { readonly kind: "unanswered" };

function secondsOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/u.test(header) ? Number(header) : null;
}

function say(socket: Socket, { url, headers, body }: Post, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({
      createConnection: () => socket,
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, "User-Agent": "Accord", "Content-Length": String(Buffer.byteLength(body)), ...headers },
      signal,
    });
    asked.once("response", resolve);
    asked.once("error", reject);
    asked.end(body);
  });
}

/**
 * Sends by POST through the guard, once. Redirects are answers like others: they are not followed.
 *
 * @throws OutboundError only as long as nothing has been sent: then the other side certainly has not got it.
 */
export async function postGuarded(outbound: Outbound, post: Post): Promise<Posted> {
  const signal = AbortSignal.timeout(outbound.limits.totalMs);
  const socket = await lineTo(outbound, post.url, signal);
  try {
    const answer = await say(socket, post, signal);
    const answered = { kind: "answered", status: answer.statusCode ?? 0 } as const;
    return { ...answered, retryAfterSeconds: secondsOf(answer.headers["retry-after"]) };
  } catch {
    return { kind: "unanswered" };
  } finally {
    socket.destroy();
  }
}
