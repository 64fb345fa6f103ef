import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../shared/protocol/routes.ts";
import { setupLink } from "../../server/setup-link.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestPerson, PASSWORD, setStage, signedIn } from "../support/stage.ts";

describe("the first administrator", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const linkOf = () => setupLink({ redis: server.redis, stateDir: server.stateDir, publicUrl: "http://localhost:4400" });
  const request = (token: string) => ({
    token,
    workspace: "Acme",
    email: "Boss@Example.com",
    name: "Boss",
    password: "four unrelated words",
  });

  it("is nobody before set-up: no account exists by default", async () => {
    for (const email of ["admin@example.com", "administrator@example.com", "root@localhost.local"]) {
      expect((await server.client().signIn(email, "administrator")).status).toBe(401);
    }
  });

  it("is created once with the link that the server prints, and is signed in at once", async () => {
    const link = await linkOf();
    expect(link).toMatch(/^http:\/\/localhost:4400\/setup#[\w-]{32}$/u);
    expect(await linkOf()).toBe(link);
    const file = path.join(server.stateDir, "setup-link");
    expect(await readFile(file, "utf8")).toBe(`${link}\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const token = link?.split("#")[1] ?? "";

    expect((await server.client().post("/api/v1/setup", request("guessed"))).status).toBe(403);
    const browser = server.client();
    const reply = await browser.post("/api/v1/setup", request(token));
    expect(reply.status).toBe(200);
    expect(reply.as(Session)).toMatchObject({ workspace: "Acme", person: { administrator: true, email: "boss@example.com" } });
    expect((await browser.get("/api/v1/session")).status).toBe(200);

    await expect(stat(file)).rejects.toThrow("ENOENT");
    expect(await linkOf()).toBeNull();
    expect((await server.client().post("/api/v1/setup", request(token))).status).toBe(403);
  });

  it("may not have one of the passwords that everybody tries first", async () => {
    const reply = await server.client().post("/api/v1/setup", { ...request("x"), password: "password123" });
    expect(reply.status).toBe(400);
    expect(reply.error().message).toContain("most common");
  });
});

describe("sessions", () => {
  let server: TestServer;
  let nowMs = Date.UTC(2026, 10, 21, 8);
  beforeAll(async () => {
    server = await startServer({ clock: () => nowMs });
    await setStage(server);
  });
  afterAll(() => server.stop());

  it("begin with the right password, whatever the case of the address", async () => {
    const browser = server.client();
    const reply = await browser.signIn("QA-Lead@example.com", PASSWORD);
    expect(reply.status).toBe(200);
    expect(reply.as(Session).person).toMatchObject({ name: "qa-lead", memberships: [{ agreementId: "north", role: "qa-lead" }] });
    expect(reply.text).not.toContain("argon2");
    expect((await browser.get("/api/v1/session")).text).toBe(reply.text);
  });

  it("do not tell an unknown address from a wrong password", async () => {
    const unknown = await server.client().signIn("nobody@example.com", "wrong password");
    const wrong = await server.client().signIn("qa-lead@example.com", "wrong password");
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
    expect(unknown.status).toBe(401);
  });

  it("end at sign-out, on the server too", async () => {
    const browser = await signedIn(server, "qa-lead");
    const stolen = server.client({ cookie: browser.cookie });
    expect((await browser.delete("/api/v1/session")).status).toBe(204);
    expect((await stolen.get("/api/v1/session")).status).toBe(401);
  });

  it("end twelve hours after they were last used", async () => {
    const browser = await signedIn(server, "qa-lead");
    nowMs += 11 * 3_600_000;
    expect((await browser.get("/api/v1/session")).status).toBe(200);
    nowMs += 11 * 3_600_000;
    expect((await browser.get("/api/v1/session")).status).toBe(200);
    nowMs += 12 * 3_600_000 + 1;
    expect((await browser.get("/api/v1/session")).status).toBe(401);
  });

  it("end seven days after sign-in, however busy", async () => {
    const browser = await signedIn(server, "qa-lead");
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      nowMs += 6 * 3_600_000;
      expect((await browser.get("/api/v1/session")).status).toBe(200);
    }
    nowMs += 6 * 3_600_000 + 1;
    expect((await browser.get("/api/v1/session")).status).toBe(401);
  });

  it("of two servers on one store are the same", async () => {
    const second = await startServer({ redisServer: server.redisServer, clock: () => nowMs });
    const browser = await signedIn(server, "provider");
    expect((await second.client({ cookie: browser.cookie }).get("/api/v1/session")).status).toBe(200);
    await second.stop();
  });

  it("carry the rights of the moment, not of the sign-in", async () => {
    const person = await addTestPerson(server, "mover", [{ agreementId: "north", role: "qa-lead" }]);
    const browser = await signedIn(server, "mover");
    expect((await browser.get("/api/v1/agreements/north/verdicts")).status).toBe(200);
    await server.redis.set(`{people}:person:${person.id}`, JSON.stringify({ ...person, memberships: [] }));
    expect((await browser.get("/api/v1/agreements/north/verdicts")).status).toBe(404);
  });
});
