import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSessionId } from "../../shared/store/sessions.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { openSocket, outcomeOf } from "../support/socket-client.ts";
import { PASSWORD, setStage, signedIn } from "../support/stage.ts";
import { fingerprint } from "./policy-stage.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ publicUrl: "https://accord.example" });
  await setStage(server);
});
afterAll(() => server.stop());

/** The session id inside a cookie, as the store would have to know it. */
function idOf(cookie: string): string {
  return (
    decodeURIComponent(cookie.split("=")[1] ?? "")
      .slice(2)
      .split(".")[0] ?? ""
  );
}

describe("a session", () => {
  it("gets a new id at sign-in, and the old one is worth nothing", async () => {
    const browser = await signedIn(server, "qa-lead");
    const before = browser.cookie;
    await browser.signIn("client-manager@example.com", PASSWORD);
    expect(browser.cookie).not.toBe(before);
    expect((await server.client({ cookie: before }).get("/api/v1/session")).status).toBe(401);
  });

  it("cannot be planted: an id that the server did not make is not taken over", async () => {
    const planted = server.client({ cookie: "__Host-accord=s%3Aplanted.signature" });
    expect((await planted.get("/api/v1/session")).status).toBe(401);
    await planted.signIn("qa-lead@example.com", PASSWORD);
    expect(planted.cookie).not.toContain("planted");
  });

  it("has 256 bits of chance and is stored only as a hash", async () => {
    const browser = await signedIn(server, "qa-lead");
    const id = idOf(browser.cookie);
    expect(Buffer.from(id, "base64url")).toHaveLength(32);
    const keys = await server.redis.keys("*");
    expect(keys).toContain(`{people}:session:${hashSessionId(id)}`);
    expect(keys.join("\n")).not.toContain(id);
  });

  it("is not taken from the address", async () => {
    const browser = await signedIn(server, "qa-lead");
    const reply = await server.client().get(`/api/v1/agreements?sid=${idOf(browser.cookie)}`);
    expect(reply.status).toBe(401);
  });
});

describe("a request that another site makes a browser send", () => {
  it.each([
    ["without the header that only own pages can set", { "X-Accord": "" }],
    ["from another origin", { Origin: "https://evil.example" }],
    ["from a look-alike origin", { Origin: "https://accord.example.evil.com" }],
    ["from the same host on another port", { Origin: "https://accord.example:8443" }],
    ["from the same host without HTTPS", { Origin: "http://accord.example" }],
    ["from a sandboxed frame", { Origin: "null" }],
    ["that the browser marks as cross-site", { "Sec-Fetch-Site": "cross-site" }],
  ])("%s is refused and changes nothing", async (_title, headers) => {
    const browser = await signedIn(server, "administrator");
    const before = await fingerprint(server);
    const body = { email: "new@example.com", name: "N", password: PASSWORD, memberships: [] };
    const reply = await browser.send("POST", "/api/v1/people", { body, headers });
    expect([reply.status, reply.error().code]).toEqual([403, "not-allowed"]);
    expect(await fingerprint(server)).toBe(before);
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded", "email=a"],
    ["JSON in disguise", "text/plain", '{"email":"a@example.com"}'],
  ])("as %s is not read", async (_title, type, raw) => {
    const browser = await signedIn(server, "administrator");
    expect((await browser.send("POST", "/api/v1/people", { raw, headers: { "Content-Type": type } })).status).toBe(415);
    expect((await server.client().send("POST", "/api/v1/session", { raw, headers: { "Content-Type": type } })).status).toBe(415);
  });

  it("cannot sign a browser in from elsewhere", async () => {
    const body = { email: "qa-lead@example.com", password: PASSWORD };
    expect((await server.client().send("POST", "/api/v1/session", { body, headers: { Origin: "https://evil.example" } })).status).toBe(403);
  });

  it("gets no leave from a preflight", async () => {
    const { headers } = await server
      .client()
      .send("OPTIONS", "/api/v1/people", { headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" } });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("cannot choose its method by a header or parameter", async () => {
    const browser = await signedIn(server, "administrator");
    const before = await fingerprint(server);
    await browser.get("/api/v1/people", { "X-HTTP-Method-Override": "POST" });
    expect((await browser.get("/api/v1/people?_method=POST")).status).toBe(400);
    expect(await fingerprint(server)).toBe(before);
  });
});

describe("a websocket", () => {
  it.each([
    ["https://accord.example", "connected"],
    ["https://evil.example", "websocket error"],
    ["https://accord.example.evil.com", "websocket error"],
    ["https://sub.accord.example", "websocket error"],
    ["https://accord.example:8443", "websocket error"],
    ["http://accord.example", "websocket error"],
    ["http://localhost:4400", "websocket error"],
    ["null", "websocket error"],
    [null, "websocket error"],
  ])("from the origin %s: %s", async (origin, outcome) => {
    const browser = await signedIn(server, "qa-lead");
    const socket = openSocket(server.url, { cookie: browser.cookie, origin });
    expect(await outcomeOf(socket)).toBe(outcome);
    socket.disconnect();
  });

  it.each([
    ["no cookie", ""],
    ["a cookie of nobody's", "__Host-accord=s%3Anobody.signature"],
    ["a cookie under another name", "accord=s%3Anobody.signature"],
  ])("with %s is told to sign in", async (_title, cookie) => {
    const socket = openSocket(server.url, { cookie, origin: "https://accord.example" });
    expect(await outcomeOf(socket)).toBe("not-signed-in");
    socket.disconnect();
  });

  it("is the only transport: polling is refused", async () => {
    const browser = await signedIn(server, "qa-lead");
    const reply = await browser.get("/socket.io/?EIO=4&transport=polling", { Origin: "https://accord.example" });
    expect(reply.status).toBe(400);
  });
});
