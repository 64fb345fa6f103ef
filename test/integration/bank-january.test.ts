import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "../../server/cli/evaluate.ts";
import { Verdict } from "../../shared/agreement/verdict.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { HAS_REAL_DATA, realDataFile } from "../support/real-data.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const AGREEMENT = "docs/examples/bank-agreement.yaml";
const FEED = "docs/examples/bank-feed.yaml";
const NOW = Date.parse("1999-02-15T12:00:00Z");

async function offline(file: string): Promise<{ files: { rows: number; refused: number; problems: unknown[] }[]; verdicts: Verdict[] }> {
  const lines: string[] = [];
  const code = await evaluate({
    args: ["--agreement", AGREEMENT, "--feed", FEED, "--json", file],
    env: {},
    now: NOW,
    print: (line) => lines.push(line),
  });
  expect(code).toBe(0);
  return JSON.parse(lines.join("\n"));
}

function order(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.toSorted(
    (a, b) => a.window.fromMs - b.window.fromMs || a.window.toMs - b.window.toMs || (a.targetId < b.targetId ? -1 : 1),
  );
}

describe.skipIf(!HAS_REAL_DATA)("real data: the bank's January 1999, call by call", () => {
  let stage: WorkerStage;
  let receipt: Receipt;
  let published: Verdict[];
  const file = realDataFile("anonymous-bank-1999/january.txt");

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    await stage.putAgreement(AGREEMENT, [FEED]);
    receipt = await stage.handIn("bank-voice", "bank-calls", { file });
    published = await readVerdicts(stage.redis, "bank-voice");
  });
  afterAll(async () => await stage?.stop());

  const month = (targetId: string): Verdict | undefined =>
    published.find((verdict) => verdict.targetId === targetId && verdict.window.kind === "month");

  it("takes all 31,599 rows in and warns of the 33 negative VRU times and the 2 rows of an undocumented type", () => {
    expect(receipt.state).toBe("applied");
    expect(receipt.counts).toEqual({ rows: 31_599, applied: 31_599, restated: 0, rejected: 0, duplicate: 0, warnings: 35 });
  });

  it("finds 16,402 of 30,161 answered within 20 s: 54.381 %, missed", () => {
    expect(month("service-level")).toMatchObject({ status: "missed", value: { num: 16_402, den: 30_161 } });
    expect(((16_402 / 30_161) * 100).toFixed(3)).toBe("54.381");
  });

  it("finds 3,101 of 30,161 abandoned: 10.281 %", () => {
    expect(month("abandonment")).toMatchObject({ status: "missed", value: { num: 3101, den: 30_161 } });
  });

  it("finds a mean service time of 183.45 s over 27,060 answered", () => {
    const value = month("handle-time")?.value;
    expect(value?.den).toBe(27_060);
    expect(((value?.num ?? 0) / 27_060 / 1000).toFixed(2)).toBe("183.45");
  });

  it("says no data for 11 and 12 January, which the file lacks", () => {
    const missing = published.filter(({ window }) => window.kind === "day" && ["1999-01-11", "1999-01-12"].includes(window.start));
    expect(missing.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => "no-data"));
  });

  it("gives the same verdicts offline and live, to the last line of their trace", async () => {
    const { verdicts, files } = await offline(file);
    expect(files[0]?.rows).toBe(31_599);
    expect(verdicts.length).toBe(4 * (31 + 1));
    expect(order(published)).toEqual(order(verdicts));
  });

  it("stores counters that equal a recomputation from the facts", async () => {
    const stored = await readAgreement(stage.redis, "bank-voice");
    if (stored === null) throw new Error("the agreement is gone");
    const [result] = await recountAgreement(stage.redis, stored);
    expect(result).toMatchObject({ facts: 31_599, differences: [] });
  });

  it("returns the old receipt for the same bytes", async () => {
    const again = await stage.handIn("bank-voice", "bank-calls", { file });
    expect(again.number).toBe(receipt.number);
  });
});
