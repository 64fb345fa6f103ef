import { existsSync } from "node:fs";
import path from "node:path";
import express, { type Express } from "express";

const NOT_BUILT = "The client has not been built. Run: npm start\n";

/** The built client. Every address that is no file and no API is the app's own and gets its page. */
export function serveClient(app: Express, clientDir: string): void {
  const page = path.join(clientDir, "index.html");
  app.use(
    express.static(clientDir, {
      index: false,
      setHeaders: (response, file) => {
        const immutable = path.relative(clientDir, file).startsWith(`assets${path.sep}`);
        response.setHeader("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  app.get("/{*address}", (_request, response) => {
    response.setHeader("Cache-Control", "no-cache");
    if (existsSync(page)) response.sendFile(page);
    else response.status(503).type("text/plain").send(NOT_BUILT);
  });
}
