import { createServer, type Server } from "node:http";
import { httpApp } from "./http/http-app.ts";
import { sessionMiddleware } from "./http/session-middleware.ts";
import { startLive } from "./live/live-server.ts";
import type { ServerParts } from "./parts.ts";
import { startUptimeBeat } from "./uptime-beat.ts";

export interface App {
  readonly httpServer: Server;
  /** Ends live connections and waits for requests under way. Parts are closed by whoever made them. */
  close(): Promise<void>;
}

/** Puts the server together; the caller makes it listen. */
export async function createApp(parts: ServerParts): Promise<App> {
  const session = await sessionMiddleware(parts);
  const httpServer = createServer({ requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 20_000 }, httpApp(parts, session));
  const live = startLive(parts, httpServer, session);
  const beating = startUptimeBeat(parts);
  return {
    httpServer,
    async close() {
      beating.stop();
      await live.close();
      httpServer.closeIdleConnections();
      await new Promise<void>((resolve) => {
        httpServer.close(() => resolve());
        if (!httpServer.listening) resolve();
      });
    },
  };
}
