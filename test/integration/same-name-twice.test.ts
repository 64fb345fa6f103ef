import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOf, SURVEY_FEED, SURVEY_HEADER } from "../support/record-files.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildIntervalFeed, INTERVAL_HEADER } from "../support/sample-feeds.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-06-10T12:00:00Z");
const INTERVALS = buildIntervalFeed({});
const SURVEY = FeedDefinition.parse(SURVEY_FEED);
const TARGETS = [
  { id: "calls", feed: INTERVALS.id, measure: { metric: "answer-rate", denominator: "offered" } },
  { id: "csat", feed: SURVEY.id, measure: { metric: "csat", method: "top-2-box" } },
].map((target) => ({
  ...target,
  name: target.id,
  queues: "all",
  direction: "at-least",
  expected: "80 %",
  windows: ["month"],
  minimumSample: 0,
}));
/** More rows than one chunk holds. */
const MANY = 600;

describe("a file that names one thing twice", () => {
  let stage: WorkerStage;
  let stored: StoredAgreement;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    const agreement = Agreement.parse({ ...buildAgreement(), id: "twice", timeZone: "Europe/Berlin", targets: TARGETS });
    stored = await putDocuments(stage.redis, { agreement, feeds: [INTERVALS, SURVEY], nowMs: NOW });
  });
  afterAll(async () => await stage?.stop());

  async function sum(feed: string, counter: string): Promise<number> {
    const layout = stored.layout(feed);
    const at = layout.counters.findIndex((one) => one === counter);
    const queues = await readIntervals(stage.redis, { agreementId: "twice", feed, layout, fromMs: NOW - 20 * 86_400_000, toMs: NOW });
    return queues.flatMap(({ intervals }) => intervals).reduce((total, { counters }) => total + (counters[at] ?? 0), 0);
  }

  const calls = (offered: number, time = "9:00"): string => `sales,2026-06-01,${time},${offered},9,1,8,900,`;
  const others = Array.from({ length: MANY }, (_, i) => `q${i},2026-06-01,9:00,1,1,0,1,1,`);
  const answer = (id: string, score: number): (string | number)[] => [id, "2026-06-01T09:00:00Z", "q", "Ana", score, "", "", "yes"];

  it.each([
    ["in one chunk", [calls(10), calls(20)], 2],
    ["in two", [calls(10, "9:30"), ...others, calls(20, "9:30")], MANY + 2],
  ])("says on its receipt that the last of two intervals counts, %s, and that is no restatement", async (_, lines, rows) => {
    const before = await sum(INTERVALS.id, "offered");
    const receipt = await stage.handIn("twice", INTERVALS.id, [INTERVAL_HEADER, ...lines, ""].join("\n"));
    expect(receipt.counts.rows).toBe(rows);
    expect(receipt.counts.applied + receipt.counts.rejected + receipt.counts.duplicate).toBe(rows);
    expect(receipt).toMatchObject({ counts: { restated: 0 }, fileProblems: [{ rule: "same-name-twice" }] });
    expect(receipt.fileProblems[0]?.message).toContain("1 row says something else");
    expect((await sum(INTERVALS.id, "offered")) - before).toBe(20 + (rows - 2));
  });

  it.each([
    ["in one chunk", [answer("a", 2), answer("a", 5)], 2],
    ["in two", [answer("b", 2), ...others.map((_, i) => answer(`o${i}`, 5)), answer("b", 5)], MANY + 2],
  ])("says so of two answers under one id, %s, and counts the last once", async (_, lines, rows) => {
    const before = await sum(SURVEY.id, "survey-responses");
    const receipt = await stage.handIn("twice", SURVEY.id, fileOf(SURVEY_HEADER, lines));
    expect(receipt.counts).toMatchObject({ rows, applied: rows - 1, restated: 0, duplicate: 1 });
    expect(receipt.fileProblems.map(({ rule }) => rule)).toEqual(["same-name-twice"]);
    expect((await sum(SURVEY.id, "survey-responses")) - before).toBe(rows - 1);
    expect(await sum(SURVEY.id, "csat-2")).toBe(0);
  });

  it("says nothing of rows that are repeated word for word, and the counters equal the facts", async () => {
    const receipt = await stage.handIn("twice", SURVEY.id, fileOf(SURVEY_HEADER, [answer("c", 5), answer("c", 5)]));
    expect(receipt).toMatchObject({ counts: { rows: 2, applied: 1, duplicate: 1 }, fileProblems: [] });
    expect((await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
    expect(await stage.redis.xlen(agreementKeys("twice").revisions)).toBe(0);
  });
});
