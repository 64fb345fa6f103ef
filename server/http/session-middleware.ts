import { randomBytes } from "node:crypto";
import session from "express-session";
import type { RequestHandler } from "express";
import type { Redis } from "ioredis";
import { cookieSecret, SESSION_ABSOLUTE_MS, SessionStore } from "../../shared/store/sessions.ts";

/** Under HTTPS the name itself makes browsers insist on Secure, Path=/ and no Domain. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-accord" : "accord";
}

/** The one session middleware that HTTP and the socket handshake share. */
export async function sessionMiddleware(parts: { redis: Redis; clock: () => number; publicUrl: string }): Promise<RequestHandler> {
  const secure = parts.publicUrl.startsWith("https:");
  return session({
    name: cookieName(parts.publicUrl),
    secret: await cookieSecret(parts.redis),
    store: new SessionStore(parts.redis, parts.clock),
    genid: () => randomBytes(32).toString("base64url"),
    resave: false,
    saveUninitialized: false,
    proxy: secure,
    cookie: { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge: SESSION_ABSOLUTE_MS },
  });
}

/** TLS ends before this process; the operator's public address says so more reliably than a proxy's header. */
export function markSecure(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith("https:");
  return (request, _response, next) => {
    if (secure) request.headers["x-forwarded-proto"] = "https";
    next();
  };
}
