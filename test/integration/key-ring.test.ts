import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { areKnownKeys } from "../../shared/store/known-keys.ts";
import { startRedis } from "../support/redis.ts";

let stateDir: string;
beforeAll(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), "accord-keys-"));
});
afterAll(async () => await rm(stateDir, { recursive: true, force: true }));

describe("the key ring", () => {
  it("is the same for processes that start together", async () => {
    const rings = await Promise.all(Array.from({ length: 8 }, () => KeyRing.open(stateDir)));
    const secrets = rings.map((ring) => ring.secretFor("pseudonyms:north").toString("hex"));
    expect(new Set(secrets).size).toBe(1);
    expect(new Set(rings.map(({ publicKey }) => publicKey.export({ type: "spki", format: "pem" }))).size).toBe(1);
    expect((await readdir(path.join(stateDir, "keys"))).toSorted()).toEqual(["master.key", "operator.pem"]);
  });

  it("keeps its files to their owner", async () => {
    await KeyRing.open(stateDir);
    for (const name of ["master.key", "operator.pem"]) expect((await stat(path.join(stateDir, "keys", name))).mode & 0o777).toBe(0o600);
  });

  it("opens what it sealed, for the same purpose only", async () => {
    const ring = await KeyRing.open(stateDir);
    const sealed = ring.seal("pull:north.calls", Buffer.from("a secret"));
    expect(ring.unseal("pull:north.calls", sealed).toString()).toBe("a secret");
    expect(sealed.includes("a secret")).toBe(false);
    expect(() => ring.unseal("pull:south.calls", sealed)).toThrow();
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(14) ^ 1, 14);
    expect(() => ring.unseal("pull:north.calls", changed)).toThrow();
  });

  it("is told from another that was made because the folder was lost", async () => {
    const redisServer = await startRedis();
    const redis = redisServer.connect();
    const ring = await KeyRing.open(stateDir);
    expect(await areKnownKeys(redis, ring)).toBe(true);
    expect(await areKnownKeys(redis, await KeyRing.open(stateDir))).toBe(true);
    expect(await areKnownKeys(redis, await KeyRing.open(path.join(stateDir, "another")))).toBe(false);
    expect(await redis.get("{people}:key-ring")).not.toContain(ring.secretFor("pseudonyms:north").toString("hex"));
    redis.disconnect();
    await redisServer.stop();
  });
});
