import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rotateKey } from "../../server/cli/rotate-key.ts";
import { pseudonymSecret, readAllAgentNames } from "../../shared/store/agent-names.ts";
import { originOf } from "../../shared/store/checkpoints.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { areKnownKeys } from "../../shared/store/known-keys.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { rotateMasterKey } from "../../shared/store/master-rotation.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { listPulls, openSecret, putPull } from "../../shared/store/pulls.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { rotatingAlone } from "../../shared/store/rotation-lease.ts";
import { beat } from "../../shared/store/uptime.ts";
import { condenseMonths } from "../../workers/condense/condense.ts";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { rebuild } from "../../workers/rebuild/rebuild.ts";
import { PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { buildPull } from "../support/test-pull.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const ID = "north";
const JANUARY = Date.parse("2026-01-20T12:00:00Z");
const MARCH = Date.parse("2026-03-05T12:00:00Z");
let stage: WorkerStage;
let keys: string;

const file = (day: string) => `id,start,queue,outcome,wait,handle,agent\n${day},${day}T09:00:00Z,sales,answered,5,100,Zoë ${day}\n`;

beforeAll(async () => {
  stage = await startWorkerStage(JANUARY);
  keys = path.join(stage.parts.stateDir, "keys");
  const agreement = { ...buildAgreement({ id: ID }), timeZone: "UTC", targets: [buildTarget({ windows: ["day"] })] };
  await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ agent: { column: "agent" } })], nowMs: JANUARY });
  await stage.handIn(ID, "calls", file("2026-01-19"));
  stage.nowMs = MARCH;
  await stage.handIn(ID, "calls", file("2026-03-04"));
  const feedId = `${ID}.calls`;
  await putPull(stage.redis, { ...buildPull(), feedId, keyRing: stage.parts.keyRing, by: PROVIDER, nowMs: MARCH });
  await condenseMonths(stage.parts, ID, (month) => month === "2026-01");
  await createMirrorRound(stage.parts).catchUp();
  await areKnownKeys(stage.redis, stage.parts.keyRing);
  // As a rotation that was killed while it wrote would leave it.
  await writeFile(path.join(keys, "raw", ID, "2026-03.key.draft"), "half");
});
afterAll(() => stage.stop());

const openRing = async () => await KeyRing.open(stage.parts.stateDir);

/** Everything that a master key opens, and what must stay as it was. */
async function opened() {
  const ring = await openRing();
  const rawFiles = new RawFiles(stage.parts.stateDir, ring);
  const receipts = await latestReceipts(stage.redis, ID, 9);
  const mirror = await new Mirror(stage.parts.stateDir, ring, ID).read();
  const mirrored = mirror.records.filter(({ hash }) => hash === "agentNames");
  return {
    isKnown: await areKnownKeys(stage.redis, ring),
    pseudonyms: Buffer.from(pseudonymSecret(ring, ID)).toString("hex"),
    origin: originOf(ring, ID),
    names: await readAllAgentNames(stage.redis, ring, ID),
    mirroredNames: mirrored.map(({ value }) => ring.unseal(`pseudonyms:${ID}`, Buffer.from(value, "base64")).toString()),
    mirrored: mirror.records.length,
    secrets: (await listPulls(stage.redis, ID)).map((pull) => openSecret(ring, pull)),
    files: await Promise.all(receipts.map(async (receipt) => Buffer.concat(await Array.fromAsync(rawFiles.open(receipt))).toString())),
  };
}

/** Ends as a kill would: after the effect of so many steps, with nothing tidied up. */
async function rotateUntil(steps: number): Promise<string[]> {
  const told: string[] = [];
  for await (const step of rotateMasterKey(stage.redis, stage.parts.stateDir)) {
    told.push(step);
    if (told.length === steps) break;
  }
  return told;
}

describe("a master key that gives way to another", () => {
  it("opens what was sealed under the one before, and the one before opens nothing any more", async () => {
    const before = await opened();
    expect([before.names.size, before.mirroredNames.length, before.secrets, before.files.length]).toEqual([2, 2, ["CANARY-SECRET"], 2]);
    const former = await openRing();
    const told = await rotateUntil(Infinity);
    expect(told).toHaveLength(9);
    expect(await opened()).toEqual(before);
    await expect(readAllAgentNames(stage.redis, former, ID)).rejects.toThrow();
    const [pull] = await listPulls(stage.redis, ID);
    expect(() => pull && openSecret(former, pull)).toThrow();
    await expect(new Mirror(stage.parts.stateDir, former, ID).read()).rejects.toThrow();
    expect(former.fingerprint).not.toBe((await openRing()).fingerprint);
    expect((await readdir(keys)).filter((name) => name.startsWith("kept.") || name.includes("next"))).toHaveLength(1);
  });

  it("is finished by a second run, wherever the first was killed, and nothing starts before", async () => {
    const before = await opened();
    const steps = (await rotateUntil(Infinity)).length;
    for (let killedAfter = 1; killedAfter < steps; killedAfter++) {
      const [last] = (await rotateUntil(killedAfter)).slice(-1);
      await expect(openRing(), last).rejects.toThrow("rotation of the master key was interrupted");
      const made = await readFile(path.join(keys, "master.next.key"));
      await rotateUntil(Infinity);
      expect(await opened(), last).toEqual(before);
      expect((await readFile(path.join(keys, "master.key"))).equals(made), last).toBe(true);
    }
    await rotateUntil(steps);
    expect(await opened()).toEqual(before);
  });

  it("changes nothing when something is sealed under a key that is not there, and names it; a part of keys/ is not all of them", async () => {
    const before = await readFile(path.join(keys, "raw", ID, "2026-03.key"));
    await writeFile(path.join(keys, "raw", ID, "2026-03.key"), Buffer.alloc(60, 1));
    await expect(rotateUntil(Infinity)).rejects.toThrow('"raw:north/2026-03" is sealed under another master key');
    await writeFile(path.join(keys, "raw", ID, "2026-03.key"), before);
    expect((await opened()).isKnown).toBe(true);
    // Whatever a killed rotation left is gone after the next whole one.
    await rotateUntil(Infinity);
    const [kept = "", ...others] = (await readdir(keys)).filter((name) => name.startsWith("kept."));
    expect(others).toEqual([]);
    await rename(path.join(keys, kept), path.join(keys, "lost"));
    expect((await opened()).isKnown).toBe(false);
    await rename(path.join(keys, "lost"), path.join(keys, kept));
    const known = (await stage.redis.get("{people}:key-ring")) ?? "";
    await stage.redis.set("{people}:key-ring", "another");
    await expect(rotateUntil(Infinity)).rejects.toThrow("does not hold the keys");
    await stage.redis.set("{people}:key-ring", known);
  });

  it("is a command that waits for no other rotation and for no server, and has Redis forget the former seals", async () => {
    const sealed = Buffer.from(JSON.stringify((await listPulls(stage.redis, ID))[0]?.settings.sealedSecret).slice(1, -1));
    const printed: string[] = [];
    const env = { REDIS_URL: stage.redisServer.target.path, ACCORD_STATE_DIR: stage.parts.stateDir };
    const command = async () => await rotateKey({ args: ["--master"], env, now: MARCH, print: (line) => printed.push(line) });
    await rotatingAlone(stage.redis, async () => await expect(command()).rejects.toThrow("Keys are being rotated elsewhere"));
    await beat(stage.redis, "workers", MARCH - 5000);
    await expect(command()).rejects.toThrow("A worker is at work on this Redis");
    await stage.redis.del("{people}:pulse");
    expect(await command()).toBe(0);
    expect(printed).toEqual([expect.stringContaining("sealed under a new master key, in 9 steps")]);
    expect((await stage.redis.hvals(agreementKeys(ID).pullSettings)).join("")).not.toContain(sealed.toString());
    const folder = path.join(stage.redisServer.dir, "appendonlydir");
    for (const name of await readdir(folder)) expect((await readFile(path.join(folder, name))).includes(sealed), name).toBe(false);
    expect((await opened()).isKnown).toBe(true);
  });

  it("makes a lost Redis anew from the files that it sealed: the same names behind the same pseudonyms", async () => {
    await rotateUntil(Infinity);
    const { names } = await opened();
    const ring = await openRing();
    await stage.redis.flushall();
    const [report] = await rebuild({ ...stage.parts, keyRing: ring, rawFiles: new RawFiles(stage.parts.stateDir, ring) }, () => undefined);
    expect(report).toMatchObject({ receipts: 2, rows: 2, lost: [], otherVerdicts: [] });
    expect((await opened()).names).toEqual(names);
  });
});
