import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealEntry } from "../../shared/ledger/entry.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { MirrorError } from "../../shared/store/mirror-line.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { buildAgreement, buildFeed, FEED_HEADER, ON_PAPER } from "../support/sample-agreement.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const ID = "north";
let stage: WorkerStage;

beforeEach(async () => {
  stage = await startWorkerStage(NOW);
  const agreement = buildAgreement();
  await putAgreement(stage.redis, {
    agreement,
    feeds: [buildFeed()],
    agreementText: JSON.stringify(agreement),
    feedTexts: [JSON.stringify(buildFeed())],
    by: { id: "person:test", name: "Test", party: "client" },
    signedOnPaper: ON_PAPER,
    nowMs: NOW,
  });
});
afterEach(() => stage.stop());

const file = (row: number) => `${FEED_HEADER}2026-11-20,08:00,${row},${row},0,${row}\n`;
const mirror = () => new Mirror(stage.parts.stateDir, stage.parts.keyRing, ID);
const mirrorFile = () => path.join(stage.parts.stateDir, "mirror", `${ID}.ndjson`);
const ledger = async () => (await stage.redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1)).map((item) => item.toString("hex"));
const ERASED = { v: 1, kind: "erased", agreement: ID, atMs: 1, actor: "accord", what: "name", subject: "x" } as const;
const mirrored = async () => (await mirror().read()).ledger.map((item) => Buffer.from(item).toString("hex"));

describe("a ledger's mirror", () => {
  it("holds every entry byte by byte, however often and by how many workers it is caught up", async () => {
    const [one, two] = [createMirrorRound(stage.parts), createMirrorRound({ ...stage.anotherWorker(), owner: "two" })];
    await one.catchUp();
    await stage.handIn(ID, "calls", file(1));
    await Promise.all([one.catchUp(), two.catchUp()]);
    await one.release();
    await stage.handIn(ID, "calls", file(2));
    await two.catchUp();
    await two.catchUp();
    expect(await mirrored()).toEqual(await ledger());
    const lines = (await readFile(mirrorFile(), "utf8")).trimEnd().split("\n");
    expect(lines.length).toBe((await ledger()).length);
  });

  it("goes on after a crash in the middle of a line, without a gap or a repeat", async () => {
    await mirror().catchUp(stage.redis);
    await appendFile(mirrorFile(), '{"entry":{"actor":"per');
    await stage.handIn(ID, "calls", file(1));
    expect((await mirror().catchUp(stage.redis)).kind).toBe("done");
    expect(await mirrored()).toEqual(await ledger());
  });

  it("counts entries that two processes wrote at once only once", async () => {
    await mirror().catchUp(stage.redis);
    const text = await readFile(mirrorFile(), "utf8");
    await appendFile(mirrorFile(), text);
    expect(await mirrored()).toEqual(await ledger());
  });

  it.each([
    [
      "changed in the middle",
      async (key: string) => void (await stage.redis.lset(key, 1, (await stage.redis.lrangeBuffer(key, 0, 0))[0] ?? "")),
    ],
    ["cut at its end", async (key: string) => void (await stage.redis.rpop(key))],
    ["lost", async (key: string) => void (await stage.redis.del(key))],
  ])("notices a ledger that was %s, and writes nothing over what it has", async (_what, tamper) => {
    await mirror().catchUp(stage.redis);
    const before = await readFile(mirrorFile(), "utf8");
    await tamper(agreementKeys(ID).ledger);
    expect((await mirror().catchUp(stage.redis)).kind).toBe("mismatch");
    expect(await readFile(mirrorFile(), "utf8")).toBe(before);
  });

  it("is held against the whole ledger within a minute of rounds, so that a change in the middle is noticed while a worker runs", async () => {
    const running = mirror();
    for (let i = 0; i < 250; i++) await stage.redis.rpush(agreementKeys(ID).ledger, Buffer.from(sealEntry({ ...ERASED, atMs: i }, sha256)));
    expect((await running.catchUp(stage.redis)).kind).toBe("done");
    for (const index of [0, 99, 100, 187]) {
      const key = agreementKeys(ID).ledger;
      const item = (await stage.redis.lrangeBuffer(key, index, index))[0] ?? "";
      await stage.redis.lset(key, index, Buffer.from(sealEntry({ ...ERASED, subject: "another" }, sha256)));
      let found = await running.catchUp(stage.redis);
      for (let round = 1; round < 60 && found.kind === "done"; round++) found = await running.catchUp(stage.redis);
      expect(found).toMatchObject({ kind: "mismatch", index });
      await stage.redis.lset(key, index, item);
      expect((await running.catchUp(stage.redis)).kind).toBe("done");
    }
  });

  it("that was changed itself is refused with the line that is wrong", async () => {
    await mirror().catchUp(stage.redis);
    const lines = (await readFile(mirrorFile(), "utf8")).split("\n");
    await writeFile(mirrorFile(), [lines[0], ...lines.slice(2)].join("\n"));
    await expect(mirror().read()).rejects.toThrow(MirrorError);
    await expect(mirror().read()).rejects.toThrow("line 2: entry 1 is missing");
  });

  it("has no name and no cell of a file in the open", async () => {
    await stage.handIn(ID, "calls", `${FEED_HEADER}2026-11-20,08:00,CANARY,1,0,1\n`);
    await mirror().catchUp(stage.redis);
    const records = await readFile(mirrorFile().replace(".ndjson", ".records"), "utf8");
    for (const text of [await readFile(mirrorFile(), "utf8"), records, Buffer.from(records, "base64").toString("latin1")]) {
      expect(text).not.toContain("CANARY");
      expect(text).not.toContain(ON_PAPER.client);
    }
    expect(JSON.stringify((await mirror().read()).records)).toContain("CANARY");
  });
});
