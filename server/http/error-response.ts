import type { Response } from "express";
import { AppError, type ErrorCode, toError, type WireError } from "../../shared/protocol/errors.ts";
import { notFound } from "../access/decide.ts";

const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [400, "bad-request"],
  [413, "too-large"],
  [415, "unsupported-media"],
]);

function statusOf(error: Error): number | undefined {
  return "status" in error && typeof error.status === "number" ? error.status : undefined;
}

/** Turns whatever was thrown into one of the errors that callers may see; nothing of an unknown error leaves the server. */
export function toAppError(thrown: unknown): AppError {
  const error = toError(thrown);
  if (error instanceof AppError) return error.code === "not-found" ? notFound() : error;
  const code = BY_STATUS.get(statusOf(error) ?? 0);
  if (code !== undefined)
    return new AppError(code, "The request cannot be read.", "Send JSON with Content-Type: application/json, of the documented size.", {
      cause: error,
    });
  return new AppError("internal", "Something went wrong on the server.", "Try again; if it stays, tell the operator the request id.", {
    cause: error,
  });
}

/** A refusal must be the same byte for byte, so only failures of the server itself carry the request id in the body. */
export function wireError(error: AppError, requestId: string): WireError {
  const { code, message, remedy } = error;
  return error.status >= 500 ? { code, message, remedy, requestId } : { code, message, remedy };
}

export function sendError(response: Response, error: AppError, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(error.retryAfterSeconds));
  if (error.status === 401) response.setHeader("WWW-Authenticate", "Bearer");
  response.status(error.status).json(wireError(error, requestId));
}
