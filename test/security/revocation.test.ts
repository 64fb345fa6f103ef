import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ClockTicked } from "../../shared/protocol/socket-events.ts";
import { changePerson } from "../../shared/store/people.ts";
import { signOutEverywhere } from "../../shared/store/sessions.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { connectedSocket, type TestSocket } from "../support/socket-client.ts";
import { addTestPerson, setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
let second: TestServer;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startServer();
  second = await startServer({ redisServer: server.redisServer });
  await setStage(server);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await second.stop();
  await server.stop();
});

async function open(name: string): Promise<TestSocket> {
  const socket = await connectedSocket(server.url, (await signedIn(server, name)).cookie);
  sockets.push(socket);
  return socket;
}

describe("a live connection", () => {
  it("hears the server's clock while nothing happens", async () => {
    const socket = await open("outsider");
    const tick = await new Promise((resolve) => {
      socket.once("clock:ticked", resolve);
    });
    expect(ClockTicked.parse(tick).redis).toBe("up");
  });

  it.each([
    ["its session is signed out", async (cookie: string) => void (await server.client({ cookie }).delete("/api/v1/session"))],
    ["its person is signed out everywhere", async (_cookie: string, id: string) => signOutEverywhere(server.redis, id)],
    [
      "its person's role changes",
      async (_cookie: string, id: string) => changePerson(server.redis, id, { memberships: [{ agreementId: "north", role: "provider" }] }),
    ],
  ])("is cut within two seconds when %s, on the other server too", async (_title, revoke) => {
    const name = `leaver-${randomUUID()}`;
    const person = await addTestPerson(server, name, [{ agreementId: "north", role: "qa-lead" }]);
    const browser = await signedIn(server, name);
    const both = await Promise.all([server, second].map((on) => connectedSocket(on.url, browser.cookie)));
    sockets.push(...both);
    const cut = Promise.all(both.map((socket) => new Promise<void>((resolve) => void socket.once("disconnect", () => resolve()))));
    const startedMs = performance.now();
    await revoke(browser.cookie, person.id);
    await cut;
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it("of somebody else stays when one person is signed out", async () => {
    const stays = await open("qa-lead");
    const person = await addTestPerson(server, "goes", []);
    const goes = await open("goes");
    const cut = new Promise<void>((resolve) => void goes.once("disconnect", () => resolve()));
    await signOutEverywhere(server.redis, person.id);
    await cut;
    expect(stays.connected).toBe(true);
  });
});
