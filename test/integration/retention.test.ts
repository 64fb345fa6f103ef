import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEntry } from "../../shared/ledger/entry.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { condenseMonths } from "../../workers/condense/condense.ts";
import { forgetAgent } from "../../workers/condense/forget.ts";
import { writeRawKeepMonths } from "../../shared/store/retention.ts";
import { retainRawFiles } from "../../workers/deadlines/retention-round.ts";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { rebuild } from "../../workers/rebuild/rebuild.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { wholeBundle } from "../support/record-history.ts";
import { putTogether, takeApart } from "../support/tamper.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const JANUARY = Date.parse("2026-01-20T12:00:00Z");
const MARCH = Date.parse("2026-03-05T12:00:00Z");
const ID = "north";
const CANARY = "Martha Canary-Müller";
let stage: WorkerStage;

const contacts = (day: string, agents: readonly string[]) =>
  [
    "id,start,queue,outcome,wait,handle,agent",
    ...agents.map((agent, i) => `${day}-${i},${day}T09:0${i}:00Z,sales\u2028 ☎,answered,${i * 9},100,${agent}`),
    `${day}-x,${CANARY},sales,answered,1,1,Bo`,
    "",
  ].join("\n");

beforeEach(async () => {
  stage = await startWorkerStage(JANUARY);
  const agreement = { ...buildAgreement({ id: ID }), timeZone: "UTC", targets: [buildTarget({ windows: ["day", "month"] })] };
  await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ agent: { column: "agent" } })], nowMs: JANUARY });
  await stage.handIn(ID, "calls", contacts("2026-01-19", [CANARY, "Bo", CANARY]));
  await stage.handIn(ID, "calls", "no columns\nof ours\n");
  stage.nowMs = MARCH;
  await stage.handIn(ID, "calls", contacts("2026-03-04", ["Bo", "Cy"]));
});
afterEach(() => stage.stop());

const mirrorNow = async (): Promise<void> => await createMirrorRound(stage.parts).catchUp();

/** Facts, counters and verdicts, as one hash. */
async function figures(): Promise<string> {
  const hash = createHash("sha256");
  for (const key of (await stage.redis.keys(`{a:${ID}}:[IF]:*`)).toSorted())
    for (const [field, value] of Object.entries(await stage.redis.hgetallBuffer(key)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(`${key}\0${field}\0`).update(value);
  for (const verdict of await readVerdicts(stage.redis, ID)) if (!verdict.window.open) hash.update(verdict.hash);
  return hash.digest("hex");
}

async function filesWith(text: string): Promise<string[]> {
  const folders = [stage.parts.stateDir, stage.redisServer.dir];
  const entries = (await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))).flat();
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    if ((await readFile(file)).includes(text)) found.push(file);
  }
  return found;
}

async function kinds(): Promise<string[]> {
  return (await stage.redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1)).map((item) => openEntry(item, sha256).kind);
}

describe("raw files whose time is over", () => {
  it("give way to rows under pseudonyms, and their key is destroyed", async () => {
    const before = await figures();
    expect(await condenseMonths(stage.parts, ID, (month) => month < "2026-02")).toEqual([{ month: "2026-01", receipts: 2, rows: 3 }]);
    expect(await stage.rawFiles.keys.months(ID)).toEqual(["2026-03"]);
    expect((await kinds()).slice(-3)).toEqual(["raw-condensed", "raw-condensed", "erased"]);
    const first = await readReceipt(stage.redis, `${ID}.r1`);
    expect(first).toMatchObject({ counts: { rows: 4, applied: 3, rejected: 1 }, problems: [], condensed: { rows: 3 } });
    const text = first === null ? "" : Buffer.concat(await Array.fromAsync(stage.rawFiles.open(first))).toString();
    expect(text).toContain("sales");
    expect(text).not.toContain("Martha");
    expect(createHash("sha256").update(text).digest("hex")).toBe(first?.condensed?.sha256);
    expect(await figures()).toBe(before);
    expect(await condenseMonths(stage.parts, ID, (month) => month < "2026-02")).toEqual([]);
  });

  it("are condensed once, whenever a worker died in between", async () => {
    const dying = { ...stage.parts, rawFiles: stage.rawFiles };
    const erase = stage.rawFiles.erase.bind(stage.rawFiles);
    stage.rawFiles.erase = () => Promise.reject(new Error("killed"));
    await expect(condenseMonths(dying, ID, () => true)).rejects.toThrow("killed");
    stage.rawFiles.erase = erase;
    const written = await kinds();
    expect(await condenseMonths(stage.parts, ID, (month) => month < "2026-02")).toEqual([{ month: "2026-01", receipts: 0, rows: 0 }]);
    expect(await kinds()).toEqual(written);
    expect(await stage.rawFiles.keys.months(ID)).toEqual(["2026-03"]);
  });

  it("are not needed for a rebuild: it begins with the rows and comes to the same figures", async () => {
    const before = await figures();
    await condenseMonths(stage.parts, ID, (month) => month < "2026-02");
    await mirrorNow();
    await stage.redis.flushall();
    const [report] = await rebuild(stage.parts, () => undefined);
    expect(report).toMatchObject({ receipts: 3, rows: 6, lost: [], otherVerdicts: [] });
    expect(await figures()).toBe(before);
  });
});

describe("a record whose files gave way to rows", () => {
  it("is checked whole from the rows, every sealed verdict derived anew", async () => {
    const before = await verifyBytes(await wholeBundle(stage, ID));
    expect(before.findings).toEqual([]);
    await condenseMonths(stage.parts, ID, (month) => month < "2026-02");
    // What is sent again and what comes later names the same people.
    await stage.handIn(ID, "calls", contacts("2026-01-19", ["Bo", CANARY, CANARY, "Di"]));
    const after = await verifyBytes(await wholeBundle(stage, ID));
    expect(after.findings).toEqual([]);
    expect(after.replayed?.derived).toBeGreaterThan(before.replayed?.derived ?? 0);
  });

  it("says of rows that were changed which receipt's they are", async () => {
    await condenseMonths(stage.parts, ID, (month) => month < "2026-02");
    const parts = await takeApart(await wholeBundle(stage, ID));
    const rows = [...parts.files.keys()].find((name) => name.startsWith("rows/") && (parts.files.get(name)?.length ?? 0) > 0) ?? "";
    const text = Buffer.from(parts.files.get(rows) ?? []).toString();
    parts.files.set(rows, Buffer.from(text.replace('"waitMs":0', '"waitMs":9')));
    const { findings } = await verifyBytes(putTogether(parts));
    expect(findings[0]).toMatchObject({ severity: "tampered", kind: "raw-condensed", basis: "itself" });
    parts.files.delete(rows);
    const missing = await verifyBytes(putTogether(parts));
    expect(new Set(missing.findings.map(({ severity }) => severity))).toEqual(new Set(["incomplete"]));
    expect(missing.replayed?.underived).toBeGreaterThan(0);
  });
});

describe("an agreement's own setting", () => {
  it("erases raw files once their months are over, and by default none", async () => {
    await retainRawFiles(stage.parts, ID);
    expect(await stage.rawFiles.keys.months(ID)).toEqual(["2026-01", "2026-03"]);
    await writeRawKeepMonths(stage.redis, ID, 2);
    await retainRawFiles(stage.parts, ID);
    expect(await stage.rawFiles.keys.months(ID)).toEqual(["2026-01", "2026-03"]);
    stage.nowMs = Date.parse("2026-04-01T00:00:00Z");
    await retainRawFiles(stage.parts, ID);
    expect(await stage.rawFiles.keys.months(ID)).toEqual(["2026-03"]);
  });
});

describe("a forgotten agent", () => {
  it("is named nowhere: not in Redis, its files, raw files, mirror; and every figure stays", async () => {
    await mirrorNow();
    const [before, ledger] = [await figures(), await kinds()];
    expect(await filesWith(CANARY)).not.toEqual([]);
    expect(await forgetAgent(stage.parts, ID, "Nobody")).toMatchObject({ unknown: true });
    expect(await kinds()).toEqual(ledger);
    const forgotten = await forgetAgent(stage.parts, ID, CANARY);
    expect(forgotten?.months.map(({ month }) => month)).toEqual(["2026-01", "2026-03"]);
    await mirrorNow();
    expect(await filesWith(CANARY)).toEqual([]);
    expect(await stage.redis.hkeys(agreementKeys(ID).agentNames)).toHaveLength(2);
    const { records } = await new Mirror(stage.parts.stateDir, stage.parts.keyRing, ID).read();
    expect(JSON.stringify(records)).not.toContain("Martha");
    for (const { receipt } of [{ receipt: 1 }, { receipt: 3 }]) {
      const found = await readReceipt(stage.redis, `${ID}.r${receipt}`);
      if (found === null) throw new Error("no receipt");
      expect(Buffer.concat(await Array.fromAsync(stage.rawFiles.open(found))).includes("Martha")).toBe(false);
    }
    const after = await kinds();
    expect(after.slice(0, ledger.length)).toEqual(ledger);
    expect(after.at(-1)).toBe("erased");
    expect(await figures()).toBe(before);
    const bundle = await wholeBundle(stage, ID);
    expect(Buffer.from(bundle).includes("Martha")).toBe(false);
    expect((await verifyBytes(bundle)).findings).toEqual([]);
    const stored = await readAgreement(stage.redis, ID, MARCH);
    for (const { differences } of stored === null ? [] : await recountAgreement(stage.redis, stored)) expect(differences).toEqual([]);
  });

  it("may be called as a field of a record is, and nothing but the quoted name is touched", async () => {
    await stage.handIn(ID, "calls", contacts("2026-03-03", ["applied", "r"]));
    for (const agent of ["applied", "r"]) {
      expect(await forgetAgent(stage.parts, ID, agent)).toMatchObject({ unknown: false });
      expect(await readReceipt(stage.redis, `${ID}.r4`)).toMatchObject({ state: "applied", number: 4, counts: { applied: 2 } });
    }
    expect((await verifyBytes(await wholeBundle(stage, ID))).findings).toEqual([]);
  });
});
