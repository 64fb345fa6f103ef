import type { Request, Response } from "express";
import type { Logger } from "pino";
import type { AppError } from "../../shared/protocol/errors.ts";
import { type Caller, callerId, NOBODY } from "../access/caller.ts";

type Level = "debug" | "info" | "warn" | "error";

/** `error` is for what somebody must mend now: a fault in the program, or a full disk. */
function levelOf(method: string, error: AppError | undefined): Level {
  if (error === undefined) return method === "GET" || method === "HEAD" ? "debug" : "info";
  if (error.code === "internal" || error.code === "no-space") return "error";
  return error.status >= 500 ? "warn" : "info";
}

/** Writes exactly one line when the exchange is over. Names, addresses, bodies and paths with ids stay out of it. */
export class RequestLog {
  readonly requestId: string;
  caller: Caller = NOBODY;
  error: AppError | undefined;

  constructor(logger: Logger, route: string, request: Request, response: Response) {
    const startedMs = performance.now();
    this.requestId = String(response.getHeader("X-Request-Id"));
    response.once("close", () => {
      const level = levelOf(request.method, this.error);
      logger[level]({
        event: "request",
        requestId: this.requestId,
        route,
        method: request.method,
        status: response.headersSent ? response.statusCode : null,
        aborted: !response.writableFinished,
        ms: Math.round(performance.now() - startedMs),
        caller: callerId(this.caller),
        ...(this.error === undefined ? {} : { code: this.error.code }),
        ...(level === "error" ? { err: this.error?.cause ?? this.error } : {}),
      });
    });
  }
}
