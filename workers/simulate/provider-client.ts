import { setTimeout as wait } from "node:timers/promises";
import { WireError } from "../../shared/protocol/errors.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import type { DemoKeys } from "./demo-keys.ts";
import type { HandIn } from "./hand-in.ts";

const REQUEST_TIMEOUT_MS = 15_000;
const DEFAULT_RETRY_S = 2;
const MOST_RETRY_S = 30;

/** The server refused for good: sending the same again would be refused again. */
export class Refused extends Error {}

/** Hands files in as a provider's machine does: with an API key, over HTTP, under a key that makes retries harmless. */
export interface ProviderClient {
  /** Sends until the server has taken the file in. @throws Refused; or what `signal` was aborted with. */
  upload(file: HandIn): Promise<Receipt>;
  receipt(feedId: string, receiptId: string): Promise<Receipt>;
  /** Whether there is a key for the feed: the data of an earlier release may not know it. */
  mayHandIn(feedId: string): boolean;
}

export interface ClientParts {
  readonly keys: DemoKeys;
  readonly signal: AbortSignal;
  /** Told of each attempt that has to be repeated. */
  readonly onRetry: (feedId: string, reason: string) => void;
}

interface RequestParts {
  readonly method: "GET" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Attempt = { readonly receipt: Receipt } | { readonly retryAfterS: number; readonly reason: string };

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? DEFAULT_RETRY_S);
  return Number.isFinite(seconds) ? Math.min(MOST_RETRY_S, Math.max(0, seconds)) : DEFAULT_RETRY_S;
}

async function read(response: Response): Promise<Attempt> {
  if (response.ok) return { receipt: Receipt.parse(await response.json()) };
  const text = await response.text();
  const reason = `${response.status} ${describe(text)}`;
  if (response.status === 429 || response.status >= 500) return { retryAfterS: retryAfter(response), reason };
  throw new Refused(reason);
}

function describe(text: string): string {
  try {
    const { message, remedy } = WireError.parse(JSON.parse(text));
    return `${message} ${remedy}`;
  } catch {
    return text.slice(0, 200);
  }
}

export function createProviderClient({ keys, signal, onRetry }: ClientParts): ProviderClient {
  async function attempt(feedId: string, path: string, init: RequestParts): Promise<Attempt> {
    const secret = keys.feeds[feedId];
    if (secret === undefined) throw new Refused(`there is no API key for feed ${feedId}`);
    const headers = { ...init.headers, Authorization: `Bearer ${secret}` };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
    try {
      return await read(await fetch(new URL(path, keys.baseUrl), { ...init, headers, signal: limit }));
    } catch (thrown) {
      if (signal.aborted || thrown instanceof Refused) throw thrown;
      return { retryAfterS: DEFAULT_RETRY_S, reason: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
  async function insist(feedId: string, path: string, init: RequestParts): Promise<Receipt> {
    for (;;) {
      const outcome = await attempt(feedId, path, init);
      if ("receipt" in outcome) return outcome.receipt;
      onRetry(feedId, outcome.reason);
      await wait(outcome.retryAfterS * 1000, undefined, { signal });
    }
  }
  return {
    upload: ({ feedId, key, filename, body }) =>
      insist(feedId, `/api/v1/feeds/${encodeURIComponent(feedId)}/uploads`, {
        method: "PUT",
        headers: { "Content-Type": "text/plain; charset=utf-8", "Idempotency-Key": key, "X-Filename": filename },
        body,
      }),
    mayHandIn: (feedId) => feedId in keys.feeds,
    receipt: (feedId, receiptId) => insist(feedId, `/api/v1/receipts/${encodeURIComponent(receiptId)}`, { method: "GET", headers: {} }),
  };
}
