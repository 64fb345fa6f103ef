import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClockTicked } from "../../shared/protocol/socket-events.ts";
import { PULSE } from "../../shared/store/keys.ts";
import type { HttpClient } from "../support/http-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { connectedSocket } from "../support/socket-client.ts";
import { addTestKey, PASSWORD, setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
let machine: HttpClient;
let person: HttpClient;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
  machine = server.client({ key: (await addTestKey(server, "north", ["north.calls"])).secret });
  person = await signedIn(server, "qa-lead");
});
afterAll(() => server.stop());

const OUTAGES = [
  ["stopped (it holds its connections and says nothing)", async () => server.redisServer.pause(), async () => server.redisServer.resume()],
  ["gone", () => server.redisServer.kill(), () => server.redisServer.restart()],
] as const;

describe.each(OUTAGES)("while Redis is %s", (_title, begin, end) => {
  it("every route answers 503 with Retry-After within two seconds, and all works again afterwards", async () => {
    await begin();
    const requests: [string, () => ReturnType<HttpClient["get"]>][] = [
      ["upload by key", () => machine.upload("north.calls", "outage")],
      ["upload by person", () => person.upload("north.calls", "outage")],
      ["session", () => person.get("/api/v1/session")],
      ["snapshot", () => person.get("/api/v1/agreements/north/snapshot")],
      ["sign in", () => server.client().signIn("qa-lead@example.com", PASSWORD)],
      [
        "setup",
        () => server.client().post("/api/v1/setup", { token: "x", workspace: "W", email: "a@example.com", name: "A", password: PASSWORD }),
      ],
    ];
    await Promise.all(
      requests.map(async ([name, send]) => {
        const startedMs = performance.now();
        const reply = await send();
        expect([name, reply.status]).toEqual([name, 503]);
        expect(Number(reply.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
        expect(reply.error().code).toBe("unavailable");
        expect(performance.now() - startedMs, name).toBeLessThan(2000);
      }),
    );
    const health = await server.client().get("/healthz");
    expect([health.status, health.text]).toEqual([503, '{"ok":false,"redis":"down","workers":"unknown"}']);
    await end();
    await expect.poll(async () => (await server.client().get("/healthz")).status, { timeout: 10_000 }).toBe(200);
    expect((await person.get("/api/v1/session")).status).toBe(200);
    expect([200, 202]).toContain((await machine.upload("north.calls", "outage")).status);
  });

  it("open boards are told, and keep their connection", async () => {
    const socket = await connectedSocket(server.url, person.cookie);
    const states: string[] = [];
    socket.on("clock:ticked", (payload: unknown) => states.push(ClockTicked.parse(payload).redis));
    await begin();
    await expect.poll(() => states.at(-1), { timeout: 10_000 }).toBe("down");
    await end();
    await expect.poll(() => states.at(-1), { timeout: 10_000 }).toBe("up");
    expect(socket.connected).toBe(true);
    socket.disconnect();
  });
});

describe("while no worker judges what comes in", () => {
  it("open boards and monitors are told since when, and the operator's log; and when one is back", async () => {
    const ticks: (number | null)[] = [];
    const socket = await connectedSocket(server.url, person.cookie);
    socket.on("clock:ticked", (payload: unknown) => ticks.push(ClockTicked.parse(payload).unjudgedSince));
    const health = async () => (await server.client().get("/healthz")).text;
    await expect.poll(() => ticks.at(-1), { timeout: 5000 }).toBeNull();
    const lastMs = Date.now() - 61_000;
    await server.redis.hset(PULSE, "workers", lastMs);
    expect(await health()).toBe('{"ok":true,"redis":"up","workers":"away"}');
    // A server that has just started gives its workers ten seconds.
    await expect.poll(() => ticks.at(-1), { timeout: 13_000 }).toBe(lastMs);
    expect(server.logs.filter((line) => line.includes("workers-away"))).toHaveLength(1);
    await server.redis.hset(PULSE, "workers", Date.now());
    expect(await health()).toBe('{"ok":true,"redis":"up","workers":"up"}');
    await expect.poll(() => ticks.at(-1), { timeout: 5000 }).toBeNull();
    socket.disconnect();
  });
});

it("an outage is a warning in the log, not a page to the operator for every request", () => {
  const levels = server.logs.map((line): unknown => JSON.parse(line)).filter((line) => JSON.stringify(line).includes('"unavailable"'));
  expect(levels.length).toBeGreaterThan(0);
  expect(levels.every((line) => JSON.stringify(line).includes('"level":40'))).toBe(true);
});
