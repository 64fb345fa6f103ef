import { createHmac } from "node:crypto";
import type { SendOutcome } from "../../shared/alerts/delivery.ts";
import type { Outbound } from "../../shared/store/outbound/outbound.ts";
import { OutboundError } from "../../shared/store/outbound/outbound-error.ts";
import { type Posted, postGuarded } from "../../shared/store/outbound/post.ts";

const GONE = 410;

export interface Signed {
  readonly id: string;
  readonly body: string;
  readonly nowMs: number;
}

/**
 * The headers of Standard Webhooks: `v1,` and the HMAC-SHA-256, in base64, of id, timestamp in seconds and body.
 *
 * @param secret `whsec_` and the key in base64.
 */
export function signedHeaders(secret: string, { id, body, nowMs }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/u, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

function outcomeOf(posted: Posted): SendOutcome {
  if (posted.kind === "unanswered") return { kind: "unknown", detail: "It was sent, and no answer came", unanswered: true };
  const { status, retryAfterSeconds } = posted;
  if (status >= 200 && status < 300) return { kind: "sent", detail: `Answered ${status}` };
  const retryAfterMs = retryAfterSeconds === null ? undefined : retryAfterSeconds * 1000;
  const isElsewhere = status >= 300 && status < 400;
  const detail = isElsewhere ? `Answered ${status}: redirects are not followed, give the address it leads to` : `Answered ${status}`;
  const refused = { kind: "refused", detail, permanent: isElsewhere || status === GONE, retryAfterMs } as const;
  return status === GONE ? { ...refused, gone: true } : refused;
}

/** Posts JSON to a channel, once. Never throws for what the other side does. */
export async function sendHttp(
  outbound: Outbound,
  { url, body, headers = {} }: { readonly url: string; readonly body: string; readonly headers?: Record<string, string> },
): Promise<SendOutcome> {
  try {
    return outcomeOf(await postGuarded(outbound, { url: new URL(url), body, headers: { "Content-Type": "application/json", ...headers } }));
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { kind: "refused", detail: error.message, permanent: !error.temporary };
  }
}
