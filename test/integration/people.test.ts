import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Person } from "../../shared/protocol/role.ts";
import type { HttpClient } from "../support/http-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestPerson, PASSWORD, setStage, signedIn } from "../support/stage.ts";

const NEW_PASSWORD = "a much longer phrase";

describe("an administrator changes a person", () => {
  let server: TestServer;
  let admin: HttpClient;
  beforeAll(async () => {
    server = await startServer();
    await setStage(server);
    admin = await signedIn(server, "administrator");
  });
  afterAll(async () => await server?.stop());

  it("gives a new password, which signs the person out everywhere and keeps the roles", async () => {
    const person = await addTestPerson(server, "forgetful", [{ agreementId: "north", role: "qa-lead" }]);
    const before = await signedIn(server, "forgetful");
    const reply = await admin.send("PUT", `/api/v1/people/${person.id}`, { body: { password: NEW_PASSWORD } });
    expect(reply.as(Person).memberships).toEqual([{ agreementId: "north", role: "qa-lead" }]);
    expect((await before.get("/api/v1/session")).status).toBe(401);
    expect((await server.client().signIn("forgetful@example.com", PASSWORD)).status).toBe(401);
    expect((await server.client().signIn("forgetful@example.com", NEW_PASSWORD)).status).toBe(200);
  });

  it("takes a role away, and what it showed is no longer there", async () => {
    const person = await addTestPerson(server, "leaver", [{ agreementId: "north", role: "client-manager" }]);
    const client = await signedIn(server, "leaver");
    expect((await client.get("/api/v1/agreements/north/snapshot")).status).toBe(200);
    await admin.send("PUT", `/api/v1/people/${person.id}`, { body: { memberships: [] } });
    expect((await client.get("/api/v1/agreements/north/snapshot")).status).toBe(404);
  });

  it.each([
    ["a short password", { password: "short" }],
    ["a common password", { password: "password123" }],
    ["an agreement that does not exist", { memberships: [{ agreementId: "nowhere", role: "qa-lead" }] }],
    ["a field it does not know", { administrator: true }],
  ])("is refused %s, with the remedy", async (_what, body) => {
    const person = await addTestPerson(server, `same-${Math.abs(JSON.stringify(body).length)}`, []);
    const reply = await admin.send("PUT", `/api/v1/people/${person.id}`, { body });
    expect(reply.status).toBe(400);
    expect(reply.error().remedy.length).toBeGreaterThan(5);
  });
});
