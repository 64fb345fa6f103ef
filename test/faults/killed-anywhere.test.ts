import { setTimeout as pause } from "node:timers/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { bundleOf } from "../../server/http/bundle.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "../bench/interval-file.ts";
import { startSystem, type System } from "../support/system.ts";
import { verifyBytes } from "../support/verify-bytes.ts";

const KILLS = process.env["ACCORD_TESTS"] === "full" ? 10 : 1;
const ROWS = 6000;
const ID = "anywhere";

let system: System;
beforeAll(async () => {
  system = await startSystem({ workers: 1 });
  await system.addAgreement(benchAgreement(ID), [BENCH_FEED]);
});
afterAll(async () => await system?.stop());

/** Condenses everything that it can; killed after so many milliseconds, or left to end. */
async function condense(killAfterMs: number | null): Promise<number | null> {
  const env = { PATH: process.env["PATH"], ACCORD_STATE_DIR: system.stateDir, ACCORD_REDIS_SOCKET: system.redisServer.target.path };
  const args = ["workers/condense/main.ts", "retain", "--agreement", ID, "--before", "9999-12"];
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  const ended = once(child, "exit");
  if (killAfterMs !== null) {
    await pause(killAfterMs);
    child.kill("SIGKILL");
  }
  await ended;
  return child.exitCode;
}

describe("server and worker killed at any moment between hand-in, application, mirror and condensing", () => {
  it(`leave every row counted once, a mirror equal to the ledger and a record that is whole, after ${KILLS} kills of each`, async () => {
    const redis = system.redisServer.connect();
    const key = await system.addKey(ID, ["intervals"]);
    const from = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i * 4)).toISOString().slice(0, 10);
    const file = (i: number): string => intervalFile({ rows: ROWS, seed: i, queues: 20, from: from(i) });
    const handIn = async (i: number) => await system.upload(key, `${ID}.intervals`, file(i), `file-${i}`);
    for (let i = 0; i < KILLS; i++) {
      const sent = handIn(i).catch(() => null);
      await pause((i * 37) % 90);
      await system.server.kill("SIGKILL");
      await pause((i * 53) % 110);
      await system.workers.at(-1)?.kill("SIGKILL");
      await sent;
      await Promise.all([system.restartServer(), system.startWorker()]);
      const receipt = (await handIn(i)).as(Receipt);
      expect((await system.settled(key, receipt.id, 60_000)).counts).toMatchObject({ rows: ROWS, applied: ROWS, duplicate: 0 });
    }
    expect(await redis.get(agreementKeys(ID).receiptCount)).toBe(String(KILLS));
    // A program takes about half a second to start; then it writes for some tens of milliseconds.
    for (let i = 0; i < KILLS + 2; i++) await condense(350 + ((i * 97) % 400));
    let code = await condense(null);
    for (let again = 0; code === 75 && again < 20; again++) {
      await pause(500);
      code = await condense(null);
    }
    expect(code).toBe(0);
    const [keyRing, stored] = [await KeyRing.open(system.stateDir), await readAgreement(redis, ID)];
    // A worker that was killed goes on being the mirror's writer for a quarter of a minute; then the one that lives follows it.
    const entriesMirrored = async (): Promise<number> => (await new Mirror(system.stateDir, keyRing, ID).read()).ledger.length;
    await expect.poll(entriesMirrored, { timeout: 30_000 }).toBeGreaterThanOrEqual(await redis.llen(agreementKeys(ID).ledger));
    await Promise.all([system.server.kill("SIGTERM"), ...system.workers.map((worker) => worker.kill("SIGTERM"))]);

    for (const { differences } of stored === null ? [] : await recountAgreement(redis, stored)) expect(differences).toEqual([]);
    const ledger = await redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1);
    const mirrored = await new Mirror(system.stateDir, keyRing, ID).read();
    expect(mirrored.ledger.map((item) => Buffer.from(item).toString("hex"))).toEqual(ledger.map((item) => item.toString("hex")));
    const parts = { redis, keyRing, rawFiles: new RawFiles(system.stateDir, keyRing) };
    const verified = await verifyBytes(Buffer.concat(await Array.fromAsync(bundleOf(parts, ID))));
    expect(verified.findings).toEqual([]);
    expect(verified.replayed?.rows).toBe(KILLS * ROWS);
  }, 180_000);
});
