import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { KeyView, NewKeyView } from "../../shared/protocol/routes.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { PASSWORD, setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await setStage(server);
});
afterAll(() => server.stop());

async function newKey(feeds: string[] = ["calls"]): Promise<z.infer<typeof NewKeyView>> {
  const provider = await signedIn(server, "provider");
  const reply = await provider.post("/api/v1/agreements/north/keys", { name: "nightly export", feeds });
  expect(reply.status).toBe(201);
  return reply.as(NewKeyView);
}

/** Files under the state and Redis folders that contain a text. */
async function filesWith(text: string): Promise<string> {
  const found = promisify(execFile)("grep", ["-rlaF", text, server.redisServer.dir, server.stateDir]);
  return found.then(({ stdout }) => stdout).catch(() => "");
}

describe("an API key", () => {
  it("is shown once and kept nowhere: not in Redis, not in files, not in the log", async () => {
    const { id, secret, feeds } = await newKey();
    expect(secret).toMatch(new RegExp(`^acc_${id}_[0-9A-Za-z]{43}$`, "u"));
    expect(feeds).toEqual(["north.calls"]);
    const machine = server.client({ key: secret });
    expect((await machine.upload("north.calls", "date\n")).status).toBe(202);
    await server.redis.save();
    expect(await filesWith(id)).not.toBe("");
    expect(await filesWith(secret)).toBe("");
    expect(await filesWith(secret.slice(13))).toBe("");
    expect(server.logs.join("\n")).not.toContain(secret.slice(13));
    const provider = await signedIn(server, "provider");
    const listed = await provider.get("/api/v1/agreements/north/keys");
    expect(listed.text).not.toContain(secret.slice(13));
    expect(listed.as(z.array(KeyView)).find((key) => key.id === id)?.lastUsedAtMs).toBeGreaterThan(0);
  });

  it("works no more once it is revoked", async () => {
    const { id, secret } = await newKey();
    const provider = await signedIn(server, "provider");
    expect((await provider.delete(`/api/v1/agreements/north/keys/${id}`)).status).toBe(204);
    expect((await server.client({ key: secret }).upload("north.calls", "date\n")).status).toBe(401);
    expect((await provider.delete(`/api/v1/agreements/north/keys/${id}`)).status).toBe(404);
  });

  it("cannot be made for a feed that the agreement does not have", async () => {
    const provider = await signedIn(server, "provider");
    for (const feed of ["nofeed", "south.calls", "__proto__"]) {
      const reply = await provider.post("/api/v1/agreements/north/keys", { name: "k", feeds: [feed] });
      expect([reply.status, reply.error().remedy]).toEqual([400, "Choose among north.calls, north.chats."]);
    }
  });

  it("two keys live side by side, so that one can be replaced by the other", async () => {
    const [old, fresh] = [await newKey(), await newKey()];
    for (const { secret } of [old, fresh]) expect((await server.client({ key: secret }).upload("north.calls", "date\n")).status).toBe(200);
  });

  it("that is wrong is nobody, even beside a good session", async () => {
    const { secret } = await newKey();
    const provider = await signedIn(server, "provider");
    const wrong = secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A");
    for (const key of [wrong, "", "acc_", "x".repeat(5000)]) {
      expect((await server.client({ key, cookie: provider.cookie }).get("/api/v1/session")).status).toBe(401);
    }
  });
});

it("a password is kept only as its hash, and neither it nor an address reaches the log", async () => {
  await signedIn(server, "qa-lead");
  await server.client().signIn("qa-lead@example.com", "a wrong password");
  await server.redis.save();
  expect(await filesWith(PASSWORD)).toBe("");
  const log = server.logs.join("\n");
  for (const text of [PASSWORD, "a wrong password", "qa-lead@example.com"]) expect(log).not.toContain(text);
});
