import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestKey, PASSWORD, setStage } from "../support/stage.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    publicUrl: "https://accord.example",
    limits: {
      signIn: {
        address: { name: "sign-in-address", free: 12, capSeconds: 60 },
        accountFromAddress: { name: "sign-in-account-address", free: 3, capSeconds: 60 },
        account: { name: "sign-in-account", free: 1000, capSeconds: 5 },
      },
      setup: { name: "setup", free: 3, capSeconds: 60 },
      uploadsPerMinute: 3,
    },
  });
  await setStage(server);
});
afterAll(() => server.stop());

/** A sign-in from an address, as the proxy on this machine reports it. */
function attempt(address: string, email: string, password: string) {
  return server.client().send("POST", "/api/v1/session", { body: { email, password }, headers: { "X-Forwarded-For": address } });
}

async function failures(address: string, email: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i += 1) statuses.push((await attempt(address, email, `wrong ${i}`)).status);
  return statuses;
}

describe("guessing passwords", () => {
  it("slows down with every failure and says how long to wait", async () => {
    expect(await failures("198.51.100.1", "provider@example.com", 4)).toEqual([401, 401, 401, 429]);
    const refused = await attempt("198.51.100.1", "provider@example.com", PASSWORD);
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThanOrEqual(1);
    const statusOf = async () => (await attempt("198.51.100.1", "provider@example.com", "wrong again")).status;
    await expect.poll(statusOf, { timeout: 5000, interval: 100 }).toBe(401);
    expect(Number((await attempt("198.51.100.1", "provider@example.com", "x")).headers.get("retry-after"))).toBeGreaterThanOrEqual(wait);
  });

  it("from elsewhere does not keep the owner of the account out", async () => {
    await failures("198.51.101.1", "qa-lead@example.com", 5);
    expect((await attempt("203.0.113.9", "qa-lead@example.com", PASSWORD)).status).toBe(200);
  });

  it("of many accounts from one address block slows the block down", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 14; i += 1) statuses.push((await attempt(`198.51.102.${i}`, `person-${i}@example.com`, "wrong")).status);
    expect(statuses.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 401));
    expect(statuses.slice(12)).toEqual([429, 429]);
  });

  it("is counted across a restart of the server", async () => {
    await failures("198.51.103.1", "client-manager@example.com", 4);
    const keys = await server.redis.keys("{people}:limit:sign-in-account-address-failures:*");
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain("client-manager");
  });

  it("of a set-up token slows down too", async () => {
    const guess = () =>
      server.client().post("/api/v1/setup", { token: "guess", workspace: "W", email: "a@example.com", name: "A", password: PASSWORD });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([403, 403, 403, 429, 429]);
  });
});

describe("uploads", () => {
  it("beyond the rate are refused with the time to wait", async () => {
    const { secret } = await addTestKey(server, "north", ["north.calls"]);
    const machine = server.client({ key: secret });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await machine.upload("north.calls", `file ${i}`)).status);
    expect(statuses).toEqual([202, 202, 202, 429]);
    const refused = await machine.upload("north.calls", "one more");
    expect(refused.error().code).toBe("too-many");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  });

  it("beyond the rate are neither kept nor counted, whichever server counted the others", async () => {
    const kept = async () =>
      (await readdir(path.join(server.stateDir, "raw"), { recursive: true })).filter((name) => /[0-9a-f]{64}$|\.part$/u.test(name));
    const { secret } = await addTestKey(server, "north", ["north.calls"]);
    const machine = server.client({ key: secret });
    const [before, others] = [await kept(), await server.redis.keys("*limit:uploads*")];
    expect((await machine.upload("north.calls", "first")).status).toBe(202);
    const [counter = ""] = (await server.redis.keys("*limit:uploads*")).filter((key) => !others.includes(key));
    await server.redis.set(counter, 3, "KEEPTTL");
    for (let i = 0; i < 3; i += 1) expect((await machine.upload("north.calls", `file beyond ${i}`)).status).toBe(429);
    expect(await kept()).toHaveLength(before.length + 1);
    expect(await server.redis.get(counter)).toBe("4");
  });
});
