import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIntervals } from "../../shared/store/intervals.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { BENCH_FEED, benchAgreement } from "../bench/interval-file.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const HEADER = "queue,date,time,offered,answered,abandoned,in20,wait_s,handle_s,hold_s";
const GOOD = "q,2026-03-02,09:00,10,9,1,8,90,1700,0";
const ID = "bad-files";

function utf16(text: string): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return new Uint8Array(bytes);
}

describe("files that are not what they should be", () => {
  let stage: WorkerStage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-bad-"));
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement(ID));
    await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED.replace("timeZone: UTC", "timeZone: Europe/Berlin"));
    stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  });
  afterAll(async () => {
    await stage?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function known(): Promise<number> {
    const stored = await readAgreement(stage.redis, ID);
    if (stored === null) throw new Error("the agreement is gone");
    const range = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2027, 0, 1) };
    const queues = await readIntervals(stage.redis, { agreementId: ID, feed: "intervals", layout: stored.layout("intervals"), ...range });
    return queues.reduce((sum, { intervals }) => sum + intervals.length, 0);
  }

  const refusedFiles: readonly [name: string, content: string | Uint8Array, rule: string][] = [
    ["an empty file", "", "empty-file"],
    ["a file with a header only", `${HEADER}\n`, "no-rows"],
    ["the wrong delimiter", `${HEADER}\n${GOOD}\n`.replaceAll(",", ";"), "wrong-delimiter"],
    ["a PDF document", "%PDF-1.7", "binary"],
    ["a zip archive that is cut off", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2, 3]), "broken-archive"],
    [
      "bytes that are not UTF-8 far behind good rows",
      Buffer.concat([Buffer.from(`${HEADER}\n${`${GOOD}\n`.repeat(3000)}`), Buffer.from([0xff, 0xfe, 0x41])]),
      "invalid-utf-8",
    ],
    ["a mapped column twice", `${HEADER},offered\n${GOOD},10\n`, "duplicate-columns"],
    ["a mapped column missing", `${HEADER.replace(",in20", "")}\n${GOOD}\n`, "missing-columns"],
    ["a quotation mark that never closes", `${HEADER}\n${GOOD}\n"q,2026-03-02,09:15,1,1,0,1,1,1,0\n`, "unterminated-quote"],
  ];

  it.each(refusedFiles)("%s is refused as a whole and nothing of it is applied", async (_name, content, rule) => {
    const before = await known();
    const receipt = await stage.handIn(ID, "intervals", content);
    expect(receipt.state).toBe("rejected");
    expect(receipt.counts.applied).toBe(0);
    expect(receipt.fileProblems.map((problem) => problem.rule)).toContain(rule);
    expect(receipt.fileProblems.every(({ message, remedy }) => message.length > 10 && remedy.length > 10)).toBe(true);
    expect(await known()).toBe(before);
  });

  const refusedRows: readonly [name: string, row: string, column: string, rule: string][] = [
    ["a truncated line", "q,2026-03-02,09:15,10,9", "", "too-few-cells"],
    ["a line with too many cells", `${GOOD},surplus`, "", "too-many-cells"],
    ["a negative count", "q,2026-03-02,09:15,-10,9,1,8,90,1700,0", "offered", "negative"],
    ["an overflowing count", "q,2026-03-02,09:15,99999999999999999999,9,1,8,90,1700,0", "offered", "too-large"],
    ["a blank in a required column", "q,2026-03-02,09:15,10,,1,8,90,1700,0", "answered", "missing-value"],
    ["a clock time that the zone skipped", "q,2026-03-29,02:15,10,9,1,8,90,1700,0", "time", "impossible-local-time"],
    ["a clock time that the zone had twice", "q,2026-10-25,02:15,10,9,1,8,90,1700,0", "time", "ambiguous-local-time"],
    ["a day that does not exist", "q,2026-02-30,09:15,10,9,1,8,90,1700,0", "date", "no-such-day"],
    ["more answered than offered", "q,2026-03-02,09:15,5,9,1,8,90,1700,0", "", "more-than-offered"],
  ];

  it.each(refusedRows)("%s is refused with line, value, rule and remedy; the row beside it counts", async (_name, row, column, rule) => {
    const receipt = await stage.handIn(ID, "intervals", `${HEADER}\n${GOOD.replace("09:00", "10:00")}\n${row}\n`);
    expect(receipt.state).toBe("applied");
    expect(receipt.counts).toMatchObject({ rows: 2, rejected: 1 });
    const [problem] = receipt.problems;
    expect(problem).toMatchObject({ line: 3, severity: "error", rule });
    if (column !== "") expect(problem?.column).toBe(column);
    expect(problem?.remedy.length).toBeGreaterThan(5);
  });

  const accepted: readonly [name: string, content: string | Uint8Array][] = [
    ["a byte order mark", `\uFEFF${HEADER}\n${GOOD.replace("09:00", "11:00")}\n`],
    ["UTF-16 with its mark", utf16(`${HEADER}\n${GOOD.replace("09:00", "11:15")}\n`)],
    [
      "unknown columns, also those named like parts of JavaScript",
      `${HEADER},__proto__,constructor\n${GOOD.replace("09:00", "11:30")},x,y\n`,
    ],
    ["CRLF and no end of line at the end", `${HEADER}\r\n${GOOD.replace("09:00", "11:45")}`],
  ];

  it.each(accepted)("%s is accepted", async (_name, content) => {
    const before = await known();
    const receipt = await stage.handIn(ID, "intervals", content);
    expect(receipt).toMatchObject({ state: "applied", counts: { rows: 1, applied: 1, rejected: 0 } });
    expect(await known()).toBe(before + 1);
    expect(Object.prototype).not.toHaveProperty("x");
  });
});
