import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NO_COUNTS, type Receipt } from "../../../../shared/protocol/receipt.ts";
import { runSimulator } from "../../../../workers/simulate/app.ts";
import type { HandIn } from "../../../../workers/simulate/hand-in.ts";
import { readProgress } from "../../../../workers/simulate/progress.ts";

const NOW_S = Date.UTC(2026, 10, 21, 6, 0, 20) / 1000;

function receiptOf({ feedId, key, filename, body }: HandIn): Receipt {
  const empty = { settledAtMs: null, attempts: 1, counts: NO_COUNTS, progressRows: 0, problems: [], fileProblems: [] };
  return {
    id: key,
    agreementId: "a",
    feedId,
    number: 1,
    state: "applied",
    sha256: "0",
    bytes: body.length,
    filename,
    acceptedAtMs: 0,
    acceptedFrom: "",
    ...empty,
  };
}

let folder = "";
beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), "accord-simulator-"))));
afterEach(() => rm(folder, { recursive: true }));

/** Runs until the n-th upload; that one fails as if the machine had stopped, or the signal aborts after it. */
async function run(uploads: number, end: "crash" | "stop", days = 15): Promise<HandIn[]> {
  const taken: HandIn[] = [];
  const stop = new AbortController();
  const upload = async (file: HandIn): Promise<Receipt> => {
    taken.push(file);
    if (taken.length >= uploads && end === "crash") throw new Error("the power went");
    if (taken.length >= uploads) stop.abort();
    return receiptOf(file);
  };
  const settled = new Map<string, Receipt>();
  const client = {
    upload,
    mayHandIn: (): boolean => true,
    receipt: async (_feed: string, id: string) => settled.get(id) ?? receiptOf({ feedId: "", key: id, filename: "", body: "" }),
  };
  const config = { progressFile: path.join(folder, "simulator.json"), seed: "test", historyDays: days };
  await expect(runSimulator({ config, client, log: pino({ level: "silent" }), signal: stop.signal, nowS: () => NOW_S })).rejects.toThrow();
  return taken;
}

const TIMEOUT_MS = 30_000;

describe("the simulator", { timeout: TIMEOUT_MS }, () => {
  it("hands in history by weeks and then the present", async () => {
    const taken = await run(12, "stop");
    const intervals = taken.filter(({ feedId }) => feedId === "manila-voice.acd-intervals");
    expect(intervals.map(({ body }) => body.split("\n").length - 2)).toEqual([7 * 96 * 3, 7 * 96 * 3, (96 + 24 + 1) * 3, 3]);
    expect((await readProgress(path.join(folder, "simulator.json")))?.course.live).toBe(true);
  });

  it("makes the files that were under way at a crash again, byte for byte, and goes on", async () => {
    const before = await run(5, "crash");
    const after = await run(9, "stop");
    const known = new Map(before.map((file) => [file.key, file.body]));
    const repeated = after.filter(({ key }) => known.has(key));
    expect(repeated.length).toBeGreaterThan(0);
    for (const { key, body } of repeated) expect(body).toBe(known.get(key));
    await rm(path.join(folder, "simulator.json"));
    const all = await run(12, "stop");
    expect(new Map([...before, ...after].map((file) => [file.key, file.body]))).toEqual(new Map(all.map((file) => [file.key, file.body])));
  });

  it("says which file cannot be read", async () => {
    await expect(readProgress(folder)).rejects.toThrow(folder);
  });
});
