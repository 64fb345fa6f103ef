import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "../support/http-client.ts";
import { agreementTexts, buildAgreement, buildFeed } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { PASSWORD, setStage, signedIn } from "../support/stage.ts";
import { ask, connectedSocket } from "../support/socket-client.ts";
import { fingerprint } from "./policy-stage.ts";

let server: TestServer;
let administrator: HttpClient;
beforeAll(async () => {
  server = await startServer({ limits: { socketEventsPer10s: 1000 } });
  await setStage(server);
  administrator = await signedIn(server, "administrator");
});
afterAll(() => server.stop());

const PERSON = { email: "new@example.com", name: "New", password: PASSWORD, memberships: [] };

async function refused(path: string, raw: string, status = 400): Promise<string> {
  const before = await fingerprint(server);
  const reply = await administrator.send("POST", path, { raw, headers: { "Content-Type": "application/json" } });
  expect(reply.status, reply.text).toBe(status);
  expect(await fingerprint(server)).toBe(before);
  return reply.error().message;
}

describe("a body", () => {
  it.each(["id", "workspace", "tenantId", "acknowledgedBy", "createdAtMs"])(
    "with a field that nobody declared is refused: %s",
    async (field) => {
      expect(await refused("/api/v1/people", JSON.stringify({ ...PERSON, [field]: "x" }))).toContain(field);
    },
  );

  it.each(['{"__proto__":{"administrator":true}}', '{"constructor":{"prototype":{}}}', "[]", "null", '"text"', "1", "{", "", '{"email":'])(
    "such as %s is refused",
    async (raw) => {
      await refused("/api/v1/people", raw);
      expect(Object.hasOwn(Object.prototype, "administrator")).toBe(false);
    },
  );

  it("names every wrong field at once and repeats no value", async () => {
    const message = await refused("/api/v1/people", JSON.stringify({ email: "CANARY", name: "", password: "short" }));
    for (const field of ["email:", "name:", "password: must have at least 10 characters", "memberships:"]) expect(message).toContain(field);
    expect(message).not.toContain("CANARY");
  });

  it("larger than its route needs is refused", async () => {
    await refused("/api/v1/people", JSON.stringify({ ...PERSON, name: "x".repeat(200_000) }), 413);
  });

  it("with a role in an agreement that does not exist is refused", async () => {
    expect(
      await refused("/api/v1/people", JSON.stringify({ ...PERSON, memberships: [{ agreementId: "nowhere", role: "provider" }] })),
    ).toContain("nowhere");
  });

  it("with an address that is taken changes nothing", async () => {
    await refused("/api/v1/people", JSON.stringify({ ...PERSON, email: "QA-LEAD@example.com" }), 409);
  });
});

describe("a query", () => {
  it.each(["?day=2026-11-20&day=2026-11-21", "?day=2026-11-20&x=1", "?day=20.11.2026", "?day[]=2026-11-20", ""])(
    "such as %j is refused",
    async (query) => {
      expect((await administrator.get(`/api/v1/agreements/north/targets/service-level/series${query}`)).status).toBe(400);
    },
  );
});

describe("agreement files", () => {
  const north = agreementTexts(buildAgreement({ id: "new" }), [buildFeed()]);
  it.each([
    ["broken YAML", "a: [1", "agreement: "],
    ["a key twice", "accord: agreement/1\naccord: agreement/1", "unique"],
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]`,
      "",
    ],
    ["an unknown field", JSON.stringify({ ...buildAgreement({ id: "new" }), extra: 1 }), "extra"],
    ["a key that is a trap", '{"__proto__": {"accord": "agreement/1"}}', "agreement"],
  ])("with %s are refused as a whole", async (_title, agreement, named) => {
    expect(await refused("/api/v1/agreements", JSON.stringify({ ...north, agreement }))).toContain(named);
  });

  it("name the problems of all files at once", async () => {
    const message = await refused("/api/v1/agreements", JSON.stringify({ agreement: "{}", feeds: ["{}", "nonsense"] }));
    for (const file of ["agreement.accord:", "feeds.0.kind:", "feeds.1:"]) expect(message).toContain(file);
  });

  it("are refused when an agreement of that id is in force", async () => {
    await refused("/api/v1/agreements", JSON.stringify(agreementTexts(buildAgreement({ id: "north" }), [buildFeed()])), 409);
  });
});

describe("a socket", () => {
  const trash = [
    null,
    true,
    1,
    "x",
    [],
    {},
    { agreementId: ["north"] },
    { agreementId: { $ne: "" } },
    { agreementId: "__proto__", cursor: null },
    { agreementId: "agreement:north", cursor: null },
    JSON.parse('{"__proto__":{"agreementId":"north"}}'),
    Buffer.from("x"),
    "x".repeat(10_000),
  ];

  it("answers whatever it is sent with a refusal, and lives on", async () => {
    const provider = await signedIn(server, "outsider");
    const socket = await connectedSocket(server.url, provider.cookie);
    for (const name of [
      "agreement:watch",
      "agreement:unwatch",
      "alert:act",
      "join",
      "subscribe",
      "__proto__",
      "constructor",
      "disconnecting",
    ]) {
      if (name === "disconnecting") continue;
      for (const payload of trash) {
        const answer = await ask(socket, name, payload);
        expect(answer.ok === false && ["bad-request", "not-found"].includes(answer.error.code), `${name} ${JSON.stringify(payload)}`).toBe(
          true,
        );
      }
      expect(await ask(socket, name)).toMatchObject({ ok: false });
      expect(await ask(socket, name, {}, {}, {})).toMatchObject({ ok: false });
      socket.emit(name, { agreementId: "north" });
    }
    expect(socket.connected).toBe(true);
    socket.disconnect();
  });

  it("is cut when a message is larger than any of ours", async () => {
    const person = await signedIn(server, "outsider");
    const socket = await connectedSocket(server.url, person.cookie);
    const cut = new Promise((resolve) => {
      socket.once("disconnect", resolve);
    });
    socket.emit("agreement:watch", "x".repeat(20_000), () => undefined);
    await cut;
  });

  it("is slowed down, then cut, when it asks without end", async () => {
    const strict = await startServer({ redisServer: server.redisServer, limits: { socketEventsPer10s: 5 } });
    const person = await signedIn(strict, "outsider");
    const socket = await connectedSocket(strict.url, person.cookie);
    const cut = new Promise((resolve) => {
      socket.once("disconnect", resolve);
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(socket, "agreement:unwatch", { agreementId: "north" })));
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.error.code))).toEqual([
      ...Array.from({ length: 5 }, () => "not-found"),
      "too-many",
      "too-many",
      "too-many",
    ]);
    for (let i = 0; i < 30; i += 1) socket.emit("agreement:unwatch", {}, () => undefined);
    await cut;
    await strict.stop();
  });
});

it("an unforeseen fault shows its number and nothing of its inside", async () => {
  await server.redis.hset("{a:broken}:doc", "feeds", "[]", "since", "1", "stamp", "1");
  await server.redis.hset("{a:broken}:versions", "1", "not json");
  await server.redis.sadd("{people}:agreements", "broken");
  const reply = await administrator.get("/api/v1/agreements/broken/snapshot");
  expect(reply.status).toBe(500);
  expect(reply.error().requestId).toBe(reply.headers.get("x-request-id"));
  expect(reply.text).not.toMatch(/JSON|SyntaxError|at |\/server\//u);
  const line = server.logs.find((entry) => entry.includes(String(reply.error().requestId)));
  expect(JSON.parse(line ?? "{}")).toMatchObject({ level: 50, route: "snapshot", code: "internal", err: { type: "SyntaxError" } });
  await server.redis.srem("{people}:agreements", "broken");
});
