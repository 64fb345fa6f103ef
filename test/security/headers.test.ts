import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../../shared/protocol/routes.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { PASSWORD, setStage } from "../support/stage.ts";

let plain: TestServer;
let https: TestServer;
let clientDir: string;

beforeAll(async () => {
  clientDir = await mkdtemp(path.join(tmpdir(), "accord-client-"));
  await mkdir(path.join(clientDir, "assets"));
  await writeFile(path.join(clientDir, "index.html"), "<!doctype html><title>Accord</title>");
  await writeFile(path.join(clientDir, "assets", "app-1234.js"), "export {};");
  await writeFile(path.join(clientDir, ".secret"), "no");
  plain = await startServer({ clientDir });
  https = await startServer({ clientDir, redisServer: plain.redisServer, publicUrl: "https://accord.example" });
  await setStage(plain);
});
afterAll(async () => {
  await https.stop();
  await plain.stop();
  await rm(clientDir, { recursive: true });
});

describe("every answer", () => {
  const paths = [
    "/",
    "/agreements/north",
    "/assets/app-1234.js",
    "/nothing.js",
    "/api/v1/unknown",
    ...Object.values(ROUTES).map((route) => String(route.path)),
  ];

  it.each(paths)("to %s carries the headers that keep a browser safe", async (address) => {
    const { headers } = await https.client().get(address);
    const csp = headers.get("content-security-policy") ?? "";
    expect(csp.split(";")).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self' wss://accord.example",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/u);
    if (address.startsWith("/api")) expect(headers.get("cache-control")).toBe("no-store");
  });

  it("asks for no HTTPS where there is none", async () => {
    const { headers } = await plain.client().get("/");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("content-security-policy")).toContain("connect-src 'self' ws://localhost:4400");
  });
});

describe("the client", () => {
  it("answers every address of the app with its page, and unknown API addresses with an error", async () => {
    expect((await plain.client().get("/agreements/north/targets/x")).text).toContain("<title>Accord");
    const unknown = await plain.client().get("/api/v1/agreement");
    expect([unknown.status, unknown.error().code]).toEqual([404, "not-found"]);
  });

  it("lets browsers keep built files for ever and the page never", async () => {
    expect((await plain.client().get("/assets/app-1234.js")).headers.get("cache-control")).toContain("immutable");
    expect((await plain.client().get("/")).headers.get("cache-control")).toBe("no-cache");
  });

  it.each(["/.secret", "/..%2f..%2fetc%2fpasswd", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/%00"])(
    "never leaves its folder: %s",
    async (address) => {
      const { text } = await plain.client().get(address);
      expect(text).not.toMatch(/root:|^no$/u);
    },
  );
});

describe("the session cookie", () => {
  async function cookieOf(server: TestServer): Promise<string> {
    const response = await fetch(`${server.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: "qa-lead@example.com", password: PASSWORD }),
    });
    return response.headers.getSetCookie()[0] ?? "";
  }

  it("is HttpOnly and SameSite=Lax, and under HTTPS Secure with the __Host- name", async () => {
    expect(await cookieOf(plain)).toMatch(/^accord=s%3A[^;]{60,}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/u);
    expect(await cookieOf(https)).toMatch(/^__Host-accord=s%3A[^;]{60,}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/u);
  });

  it("is not given to whoever is not signed in", async () => {
    expect((await plain.client().get("/")).headers.getSetCookie()).toEqual([]);
    expect((await plain.client().get("/api/v1/session")).headers.getSetCookie()).toEqual([]);
    expect((await plain.client().signIn("qa-lead@example.com", "wrong")).headers.getSetCookie()).toEqual([]);
  });
});
