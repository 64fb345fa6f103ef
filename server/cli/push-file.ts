import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ERROR_CODES, toError, WireError } from "../../shared/protocol/errors.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import type { PushTarget } from "./push-target.ts";

/** A receipt, with whatever a newer server adds to it. Its id names files here, so it must be one. */
export const PushReceipt = z.looseObject({ ...Receipt.shape, id: z.string().regex(/^[a-z0-9-]+\.r\d+$/u) });
export type PushReceipt = z.infer<typeof PushReceipt>;

export interface LocalFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** How handing in went: `refused` is for the provider to mend, `later` is worth another try with the same bytes. */
export type Pushed =
  | { readonly kind: "taken"; readonly receipt: PushReceipt; readonly isNew: boolean }
  | { readonly kind: "refused" | "later"; readonly message: string };

export interface PushSurroundings {
  /** Waits between attempts. */
  readonly pause: (ms: number) => Promise<void>;
  /** Told the bytes sent so far, for a progress line. */
  readonly progress: (sent: number, file: LocalFile) => void;
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 330_000;

/** Reads a file once for its hash. */
export async function measure(file: string): Promise<LocalFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of createReadStream(file)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { path: file, sha256: hash.digest("hex"), bytes };
}

/** The same bytes for the same feed have the same key for ever, so that whoever repeats does no harm. */
export function idempotencyKeyOf(feed: string, sha256: string): string {
  return `push-${createHash("sha256").update(`${feed}\n${sha256}`).digest("hex")}`;
}

async function* counted(file: LocalFile, progress: PushSurroundings["progress"]): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const piece of createReadStream(file.path)) {
    sent += piece.length;
    progress(sent, file);
    yield piece;
  }
}

function wordsOf(status: number, text: string): string {
  try {
    const { message, remedy } = WireError.parse(JSON.parse(text));
    return `${message} ${remedy}`;
  } catch {
    return `The server answered ${status}.`;
  }
}

function isWorthRepeating(status: number): boolean {
  return status >= 500 || Object.values(ERROR_CODES).some((code) => code.status === status && code.retryable && status !== 400);
}

async function once(target: PushTarget, file: LocalFile, surroundings: PushSurroundings): Promise<Pushed & { readonly waitMs?: number }> {
  try {
    const answer = await fetch(`${target.url}/api/v1/feeds/${target.feed}/uploads`, {
      method: "PUT",
      headers: {
        Authorization: `Bearer ${target.key}`,
        "Idempotency-Key": idempotencyKeyOf(target.feed, file.sha256),
        "X-Filename": encodeURIComponent(path.basename(file.path)),
      },
      body: ReadableStream.from(counted(file, surroundings.progress)),
      duplex: "half",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (answer.ok) return { kind: "taken", receipt: PushReceipt.parse(JSON.parse(text)), isNew: answer.status === 202 };
    const message = wordsOf(answer.status, text);
    if (!isWorthRepeating(answer.status)) return { kind: "refused", message };
    const seconds = Number(answer.headers.get("Retry-After") ?? "0");
    return { kind: "later", message, ...(seconds > 0 ? { waitMs: seconds * 1000 } : {}) };
  } catch (thrown) {
    const { message, cause } = toError(thrown);
    return { kind: "later", message: `${target.url} could not be reached (${cause instanceof Error ? cause.message : message}).` };
  }
}

/** Hands a file in; tries again with growing pauses while the server is busy, full or away. */
export async function pushFile(target: PushTarget, file: LocalFile, surroundings: PushSurroundings): Promise<Pushed> {
  for (let attempt = 1; ; attempt++) {
    const pushed = await once(target, file, surroundings);
    if (pushed.kind !== "later" || attempt === ATTEMPTS) return pushed;
    await surroundings.pause(Math.min(pushed.waitMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS));
  }
}
