import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Request, RequestHandler } from "express";
import { Server } from "socket.io";
import { withStore } from "../../shared/store/connect.ts";
import { hashSessionId } from "../../shared/store/sessions.ts";
import { enforce } from "../access/decide.ts";
import { identifySession } from "../access/identify.ts";
import { isAllowedOrigin } from "../access/origin.ts";
import { toAppError, wireError } from "../http/error-response.ts";
import type { ServerParts } from "../parts.ts";
import { ClientEvents } from "./client-events.ts";
import { startClock } from "./clock-tick.ts";
import { eventHandlers } from "./event-handlers.ts";
import type { LiveServer, LiveSocket } from "./live-socket.ts";
import { Readers } from "./readers.ts";
import { Revocation, rightsOf } from "./revocation.ts";

const HANDSHAKE_MS = 5000;
const MESSAGE_BYTES = 16 * 1024;

/** A socket refused in the handshake learns why in the words of every other refusal. */
class HandshakeError extends Error {
  readonly data: unknown;

  constructor(thrown: unknown) {
    const error = toAppError(thrown);
    super(error.message);
    this.data = wireError(error, "");
  }
}

/**
 * Websocket only. Browsers always send an Origin there and never ask before connecting, so a missing or foreign one is
 * refused. State recovery stays off: it would skip the session check, and the cursor does its work.
 */
function socketServer(httpServer: HttpServer, publicUrl: string): LiveServer {
  return new Server(httpServer, {
    serveClient: false,
    transports: ["websocket"],
    allowUpgrades: false,
    connectTimeout: HANDSHAKE_MS,
    maxHttpBufferSize: MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    allowRequest: ({ headers: { origin } }, answer) => answer(null, origin !== undefined && isAllowedOrigin(origin, publicUrl)),
  });
}

/** Opens sockets only for people with a live session, and remembers with which rights. */
function admit(parts: ServerParts, io: LiveServer, session: RequestHandler): void {
  const sessions = new WeakMap<IncomingMessage, string>();
  io.engine.use((request: Request, response: Parameters<RequestHandler>[1], next: (error?: unknown) => void) => {
    void session(request, response, (error?: unknown) => {
      if (request.session?.personId !== undefined) sessions.set(request, hashSessionId(request.sessionID));
      next(error);
    });
  });
  const open = async (socket: LiveSocket): Promise<void> => {
    const sessionHash = sessions.get(socket.request) ?? "";
    const caller = await withStore(() => identifySession(parts, sessionHash));
    enforce(caller.kind === "person" ? "allow" : 401);
    socket.data.sessionHash = sessionHash;
    socket.data.rights = rightsOf(caller);
  };
  io.use((socket, next) => {
    open(socket).then(
      () => next(),
      (thrown: unknown) => next(new HandshakeError(thrown)),
    );
  });
}

/** Puts the live side on the HTTP server. */
export function startLive(parts: ServerParts, httpServer: HttpServer, session: RequestHandler): { close(): Promise<void> } {
  const { redis, clock, logger, subscriber, limits } = parts;
  const io = socketServer(httpServer, parts.publicUrl);
  admit(parts, io, session);
  const readers = new Readers({ io, redis, clock, logger, subscriber });
  const events = new ClientEvents(
    { redis, clock, logger, eventsPer10s: limits.socketEventsPer10s },
    eventHandlers({ redis, clock, readers }),
  );
  const revocation = new Revocation({ io, redis, clock, logger });
  const ticking = startClock({ io, redis, clock, logger, bufferBytes: limits.socketBufferBytes });
  io.on("connection", (socket) => {
    events.serve(socket);
    // The session was read a moment ago, so the store answers. Without this the browser could not say of when its figures are until the next tick.
    socket.emit("clock:ticked", { ...ticking.now(), redis: "up" });
    socket.on("disconnect", () => readers.detachAll(socket));
    revocation.check(socket).catch(() => undefined);
  });
  return {
    async close() {
      ticking.stop();
      revocation.close();
      readers.close();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
