import { z } from "zod";

interface ErrorFacts {
  readonly status: number;
  readonly actor: "caller" | "provider" | "operator";
  readonly retryable: boolean;
}

/** Every error a caller can meet: who must act, the HTTP status, and whether the same request may be sent again. */
export const ERROR_CODES = {
  "bad-request": { status: 400, actor: "caller", retryable: false },
  "not-signed-in": { status: 401, actor: "caller", retryable: false },
  "not-allowed": { status: 403, actor: "caller", retryable: false },
  "not-found": { status: 404, actor: "caller", retryable: false },
  conflict: { status: 409, actor: "caller", retryable: false },
  "idempotency-mismatch": { status: 409, actor: "provider", retryable: false },
  "too-large": { status: 413, actor: "provider", retryable: false },
  "unsupported-media": { status: 415, actor: "provider", retryable: false },
  "too-many": { status: 429, actor: "caller", retryable: true },
  "too-slow": { status: 408, actor: "provider", retryable: true },
  "broken-upload": { status: 400, actor: "provider", retryable: true },
  "no-space": { status: 507, actor: "operator", retryable: true },
  unavailable: { status: 503, actor: "operator", retryable: true },
  internal: { status: 500, actor: "operator", retryable: true },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
const CODES = Object.keys(ERROR_CODES);
export function isErrorCode(text: string): text is ErrorCode {
  return CODES.includes(text);
}

/** How an error looks on the wire, over HTTP and over the socket alike. */
export const WireError = z.strictObject({
  code: z.string().refine(isErrorCode),
  message: z.string(),
  remedy: z.string(),
  requestId: z.string().optional(),
});
export type WireError = z.infer<typeof WireError>;

/** The one error class that crosses layers. `message` says what is wrong and where; `remedy` what to do about it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, remedy: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.remedy = remedy;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
