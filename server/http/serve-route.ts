import express, { type Request, type RequestHandler, type Response } from "express";
import { AppError } from "../../shared/protocol/errors.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import { ROUTES, type RouteDeclaration, type RouteName } from "../../shared/protocol/routes.ts";
import { withStore } from "../../shared/store/connect.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { type Caller, NOBODY } from "../access/caller.ts";
import { decide, enforce, type Scope } from "../access/decide.ts";
import { identify } from "../access/identify.ts";
import type { ServerParts } from "../parts.ts";
import { refuseCrossSite } from "./cross-site.ts";
import { sendError, toAppError } from "./error-response.ts";
import { parseInput } from "./input.ts";
import { RequestLog } from "./request-log.ts";
import type { Handler } from "./route-types.ts";

/** Agreements travel with all their feeds; everything else is small. */
const BODY_LIMIT_BYTES: Partial<Record<RouteName, number>> = {
  addAgreement: 5_000_000,
  proposeVersion: 500_000,
  whatIf: 500_000,
};

export function identifyRequest(parts: ServerParts, request: Request): Promise<Caller> {
  const sessionId = request.session?.personId === undefined ? undefined : request.sessionID;
  return identify(parts, { authorization: request.headers.authorization, sessionId });
}

/** What the path is about. A receipt that does not exist has no feed, so that a key learns nothing from the answer. */
export async function scopeOf({ redis }: Pick<ServerParts, "redis">, params: Record<string, unknown>): Promise<Scope | null> {
  const { agreementId, feedId, receiptId } = params;
  if (typeof agreementId === "string") return { agreementId, feedId: null };
  if (typeof feedId === "string") return { agreementId: agreementOf(feedId), feedId };
  if (typeof receiptId !== "string") return null;
  const receipt = await readReceipt(redis, receiptId);
  return { agreementId: agreementOf(receiptId), feedId: receipt?.feedId ?? null };
}

async function readJson(request: Request, response: Response, limit: number): Promise<void> {
  if (!request.is("application/json")) {
    throw new AppError("unsupported-media", "The body must be JSON.", "Send it with Content-Type: application/json.");
  }
  const json = express.json({ limit });
  await new Promise<void>((resolve, reject) => {
    json(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(toAppError(error))));
  });
}

async function authorise(parts: ServerParts, route: RouteDeclaration, request: Request): Promise<Caller> {
  refuseCrossSite(request, parts.publicUrl);
  if (route.policy.access === "public") return NOBODY;
  const caller = await identifyRequest(parts, request);
  const scope = caller.kind === "nobody" ? null : await scopeOf(parts, request.params);
  enforce(decide(route.policy, caller, scope));
  return caller;
}

async function answer<N extends RouteName>(
  exchange: { parts: ServerParts; name: N; handler: Handler<N>; log: RequestLog },
  request: Request,
  response: Response,
): Promise<void> {
  const { parts, name, handler, log } = exchange;
  const route: RouteDeclaration = ROUTES[name];
  const caller = await authorise(parts, route, request);
  log.caller = caller;
  if (route.body !== null) await readJson(request, response, BODY_LIMIT_BYTES[name] ?? 100_000);
  const data: unknown = await handler({ ...parseInput(name, request), caller, request, response });
  if (response.headersSent) return;
  if (route.response === null) response.status(204).end();
  else response.json(route.response.parse(data));
}

/** The one way in which a declared route is served: authorise, parse, handle, parse the answer, map errors, log once. */
export function serveRoute<N extends RouteName>(parts: ServerParts, name: N, handler: Handler<N>): RequestHandler {
  return async (request, response) => {
    const log = new RequestLog(parts.logger, name, request, response);
    try {
      await withStore(() => answer({ parts, name, handler, log }, request, response));
    } catch (thrown) {
      const error = toAppError(thrown);
      log.error = error;
      sendError(response, error, log.requestId);
    }
  };
}
