import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { withStore } from "../../shared/store/connect.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import { sendError, toAppError } from "./error-response.ts";
import { registerRoutes } from "./register-routes.ts";
import { RequestLog } from "./request-log.ts";
import { requestId, securityHeaders } from "./security-headers.ts";
import { markSecure } from "./session-middleware.ts";
import { serveClient } from "./static-client.ts";

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/** What fails before a route takes over, such as reading the session while the store is away. */
function errorHandler(parts: ServerParts): ErrorRequestHandler {
  return async (thrown: unknown, request, response, _next) => {
    const error = await withStore(() => Promise.reject(thrown)).catch(toAppError);
    const log = new RequestLog(parts.logger, "none", request, response);
    log.error = error;
    sendError(response, error, log.requestId);
  };
}

/** The HTTP side: headers, session, declared routes, client, errors; in this order. */
export function httpApp(parts: ServerParts, session: RequestHandler): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // With HTTPS in front there is a proxy, and one on this machine may say who its caller is; otherwise nobody may.
  app.set("trust proxy", parts.publicUrl.startsWith("https:") ? "loopback" : false);
  app.use(requestId, securityHeaders(parts.publicUrl), markSecure(parts.publicUrl));
  app.use(["/api", "/healthz"], noStore);
  app.use("/api", session);
  registerRoutes(app, parts);
  app.use(["/api", "/healthz", "/socket.io"], () => {
    throw notFound();
  });
  serveClient(app, parts.clientDir);
  app.use(errorHandler(parts));
  return app;
}
