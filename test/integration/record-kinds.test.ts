import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { utcDay } from "../../shared/facts/interval.ts";
import { readAgentNames } from "../../shared/store/agent-names.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOf, QA_HEADER, ROSTER_HEADER, SCHEDULE_HEADER, SURVEY_FEED, SURVEY_HEADER } from "../support/record-files.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const DAY_MS = 86_400_000;
const FEEDS = [
  FeedDefinition.parse(SURVEY_FEED),
  ...["qa-feed", "roster-feed", "schedule-feed", "forecast-feed", "monthly-feed"].map(exampleFeed),
];

const TARGETS = [
  { id: "csat", feed: "survey", measure: { metric: "csat", method: "top-2-box" }, expected: "80 %" },
  { id: "nps", feed: "survey", measure: { metric: "nps" }, expected: "30" },
  { id: "fcr", feed: "survey", measure: { metric: "fcr", method: "survey" }, expected: "70 %" },
  { id: "response", feed: "survey", measure: { metric: "response-rate" }, expected: "10 %" },
  { id: "qa", feed: "qa", measure: { metric: "qa-score", form: "sales-2" }, expected: "85 %" },
  { id: "legal", feed: "qa", measure: { metric: "accuracy", errors: "compliance-critical" }, expected: "99 %" },
  { id: "calibration", feed: "qa", measure: { metric: "calibration" }, expected: "90 %" },
  { id: "attrition", feed: "roster", measure: { metric: "attrition", per: "month" }, direction: "at-most", expected: "3 %" },
  { id: "survival", feed: "roster", measure: { metric: "early-survival", days: 30 }, expected: "80 %" },
  { id: "shrinkage", feed: "schedule", measure: { metric: "shrinkage" }, direction: "at-most", expected: "30 %" },
  { id: "answers", feed: "months", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %" },
].map((target) => ({ name: target.id, queues: "all", direction: "at-least", windows: ["month"], minimumSample: 0, ...target }));

let nextId = 0;

describe("records, months and forecasts on their way to verdicts", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => {
    await stage.stop();
  });

  async function put(): Promise<StoredAgreement> {
    const agreement = Agreement.parse({ ...buildAgreement(), id: `records-${nextId++}`, timeZone: "Europe/Lisbon", targets: TARGETS });
    return await putDocuments(stage.redis, { agreement, feeds: FEEDS, nowMs: stage.nowMs });
  }

  /** Everything that the counters of a feed add up to. */
  async function sums(stored: StoredAgreement, feed: string): Promise<Record<string, number>> {
    const layout = stored.layout(feed);
    const range = { fromMs: NOW - 60 * DAY_MS, toMs: NOW + 60 * DAY_MS };
    const queues = await readIntervals(stage.redis, { agreementId: stored.agreement.id, feed, layout, ...range });
    const totals: Record<string, number> = {};
    for (const { counters } of queues.flatMap(({ intervals }) => intervals))
      layout.counters.forEach((id, i) => (totals[id] = (totals[id] ?? 0) + (counters[i] ?? 0)));
    return totals;
  }

  async function verdict(stored: StoredAgreement, targetId: string): Promise<unknown> {
    const found = (await readVerdicts(stage.redis, stored.agreement.id)).find((one) => one.targetId === targetId);
    return found === undefined ? null : { status: found.status, num: found.value?.num ?? null, den: found.value?.den ?? null };
  }

  async function expectCountersEqualFacts(stored: StoredAgreement): Promise<void> {
    const recounts = await recountAgreement(stage.redis, stored);
    expect(recounts.map(({ feed, differences }) => [feed, differences])).toEqual(FEEDS.map(({ id }) => [id, []]));
  }

  it("a survey answers for satisfaction, recommendation, resolution and response, and a corrected answer moves them by the difference", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    const rows = [
      ["s1", "2026-03-02T09:00:00Z", "sales", "Ana", 5, 10, "yes", "yes"],
      ["s2", "2026-03-02T09:10:00Z", "sales", "Rui", 2, 3, "no", "yes"],
      ["s3", "2026-03-02T10:00:00Z", "care", "", 4, 8, "", "yes"],
      ["s4", "2026-03-03T10:00:00Z", "care", "Ana", "", "", "", "yes"],
    ];
    expect((await stage.handIn(id, "survey", fileOf(SURVEY_HEADER, rows))).counts).toMatchObject({ rows: 4, applied: 4 });
    expect(await sums(stored, "survey")).toMatchObject({
      "csat-2": 1,
      "csat-4": 1,
      "csat-5": 1,
      "nps-promoters": 1,
      "nps-passives": 1,
      "nps-detractors": 1,
      "fcr-asked": 2,
      "fcr-resolved": 1,
      "survey-invited": 4,
      "survey-responses": 3,
    });
    expect(await verdict(stored, "csat")).toMatchObject({ num: 2, den: 3 });
    expect(await verdict(stored, "response")).toMatchObject({ num: 3, den: 4 });
    const mended = fileOf(SURVEY_HEADER, [["s2", "2026-03-03T09:10:00Z", "care", "Rui", 5, 9, "yes", "yes"]]);
    expect((await stage.handIn(id, "survey", mended)).counts).toMatchObject({ rows: 1, applied: 1, restated: 1 });
    expect(await verdict(stored, "csat")).toMatchObject({ num: 3, den: 3 });
    expect(await verdict(stored, "fcr")).toMatchObject({ num: 2, den: 2 });
    await expectCountersEqualFacts(stored);
  });

  it("a refused row leaves no name on its receipt: neither a person's cell nor the row around it", async () => {
    const stored = await put();
    const rows = [
      ["s1", "2026-03-02T09:00:00Z", "sales", `Ana${"x".repeat(120)}`, 5, 10, "perhaps", "yes"],
      ["s2", "Ana Silva"],
    ];
    const receipt = await stage.handIn(stored.agreement.id, "survey", fileOf(SURVEY_HEADER, rows));
    expect(receipt.problems.map(({ rule, value }) => [rule, value])).toEqual([
      ["too-long", ""],
      ["neither-yes-nor-no", "perhaps"],
      ["too-few-cells", ""],
    ]);
    const kept = await stage.redis.hvals(agreementKeys(stored.agreement.id).receipts);
    expect(kept.join()).not.toContain("Ana");
  });

  it("an evaluation counts its points, its critical errors and what both sides scored alike; an auto-fail earns nothing", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    const rows = [
      ["e1", "2026-03-02", "sales", "Ana", "Eva", "Sales", 2, "yes", "yes", "yes", "no", "yes", "yes"],
      ["e2", "2026-03-02", "sales", "Rui", "Eva", "Sales", 2, "yes", "yes", "no", "n/a", "no", "no"],
      ["e3", "2026-03-02", "sales", "Rui", "Eva", "Sales", 3, "yes", "yes", "", "yes", "yes", ""],
    ];
    expect((await stage.handIn(id, "qa", fileOf(QA_HEADER, rows, ";"))).counts).toMatchObject({ rows: 3, applied: 3 });
    expect(await sums(stored, "qa")).toMatchObject({
      monitored: 3,
      "qa-evaluations-sales-2": 2,
      "qa-points-earned-sales-2": 8000,
      "qa-points-possible-sales-2": 18_000,
      "without-compliance-error": 2,
      "double-scored": 2,
      "calibration-items": 4,
      "calibration-matches": 3,
    });
    expect(await verdict(stored, "qa")).toMatchObject({ num: 8000, den: 18_000 });
    await expectCountersEqualFacts(stored);
  });

  it("a roster counts heads, leavers on the day they left, and starters on the day their days are over", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    const day = (snapshot: string, rows: readonly string[]): string =>
      fileOf(
        ROSTER_HEADER,
        rows.map((row) => [snapshot, ...row.split(",")]),
      );
    // Ana reaches 30 days on 4 March; Rui left on 3 March after 20 days and would have reached them on 13 March.
    const ana = "Ana,sales,2026-02-02,no,,";
    await stage.handIn(id, "roster", day("2026-03-03", [ana, "Rui,sales,2026-02-11,yes,2026-03-03,other job"]));
    await stage.handIn(id, "roster", day("2026-03-04", [ana, "Rui,sales,2026-02-11,yes,2026-03-03,other job"]));
    await stage.handIn(id, "roster", day("2026-03-05", [ana]));
    expect(await sums(stored, "roster")).toMatchObject({ "headcount-days": 3, leavers: 1, "starters-matured-30d": 1, "survived-30d": 1 });
    expect(await verdict(stored, "survival")).toMatchObject({ num: 1, den: 1 });
    await expectCountersEqualFacts(stored);
  });

  it("a schedule is split over its intervals, over midnight too, and days ahead are judged when they come", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    const rows = [
      ["10/03/2026", "22:50", "1:10", "Ana", "sales", "phone"],
      ["10/03/2026", "20:00", "20:20", "Ana", "sales", "break"],
      ["12/03/2026", "9:00", "10:00", "Ana", "sales", "break"],
      ["12/03/2026", "12:00", "13:00", "Ana", "sales", "lunch"],
    ];
    expect((await stage.handIn(id, "schedule", fileOf(SCHEDULE_HEADER, rows))).counts).toMatchObject({ rows: 4, applied: 4 });
    const hour = 3_600_000;
    expect(await sums(stored, "schedule")).toEqual({
      "available-ms": (140 / 60) * hour,
      "paid-ms": (220 / 60) * hour,
      "scheduled-ms": (220 / 60) * hour,
    });
    const key = agreementKeys(id).interval("schedule", "sales", utcDay(NOW));
    expect((await stage.redis.hkeys(key)).map(Number).toSorted((a, b) => a - b)).toEqual([1200, 1215, 1365, 1380, 1395, 1410, 1425]);
    // The hour after midnight and the day after are still to come.
    expect(await verdict(stored, "shrinkage")).toMatchObject({ num: 20 * 60_000, den: 90 * 60_000 });
    for (const day of [1, 2]) {
      stage.nowMs = NOW + day * DAY_MS;
      await tick(stage.parts, id);
    }
    stage.nowMs = NOW;
    expect(await verdict(stored, "shrinkage")).toMatchObject({ num: 80 * 60_000, den: 220 * 60_000 });
    await expectCountersEqualFacts(stored);
  });

  it("a forecast is kept as it is, and rows more than 400 days ahead are refused", async () => {
    const stored = await put();
    const file = "day,time,queue,calls,handle time,staff hours\n2026-04-01,9:00,sales,40,9600,3:20:00\n2028-04-01,9:00,sales,1,1,0:00:01\n";
    expect((await stage.handIn(stored.agreement.id, "plan", file)).counts).toMatchObject({ rows: 2, applied: 1, rejected: 1 });
    expect(await sums(stored, "plan")).toEqual({ "forecast-offered": 40, "forecast-handle-ms": 9_600_000, "required-ms": 12_000_000 });
  });

  it("a month's row is the month, whatever day names it", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    await stage.handIn(id, "months", "month,offered,answered,abandoned,answer rate\n2026-02-01,1000,950,50,95 %\n".replace("95 %", "95%"));
    expect(await verdict(stored, "answers")).toMatchObject({ status: "met", num: 950, den: 1000 });
    await stage.handIn(id, "months", "month,offered,answered,abandoned,answer rate\n2026-02-28,1000,850,150,85%\n");
    expect(await verdict(stored, "answers")).toMatchObject({ status: "missed", num: 850, den: 1000 });
  });

  it("no name of an agent is in any fact, and who is meant can be read with the keys of the installation only", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    await stage.handIn(
      id,
      "survey",
      fileOf(SURVEY_HEADER, [["s1", "2026-03-02T09:00:00Z", "sales", "Ana Sofia Nunes", 5, 10, "yes", "yes"]]),
    );
    const keys = await stage.redis.keys(`{a:${id}}:*`);
    const dumps = await Promise.all(keys.map(async (key) => (await stage.redis.dumpBuffer(key))?.toString("latin1") ?? ""));
    expect(dumps.filter((dump) => dump.includes("Nunes"))).toEqual([]);
    const pseudonyms = await stage.redis.hkeys(agreementKeys(id).agentNames);
    expect(pseudonyms).toEqual([expect.stringMatching(/^[a-z2-7]{10}$/u)]);
    expect([...(await readAgentNames(stage.redis, stage.parts.keyRing, { agreementId: id, pseudonyms })).values()]).toEqual([
      "Ana Sofia Nunes",
    ]);
  });

  it("rows that come twice in a file change nothing, and counters equal facts after every file", async () => {
    const response = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      quarter: fc.nat(200),
      score: fc.integer({ min: 1, max: 5 }),
      queue: fc.constantFrom("x", "y"),
    });
    const file = (rows: readonly { id: string; quarter: number; score: number; queue: string }[]): string =>
      fileOf(
        SURVEY_HEADER,
        rows.map(({ id, quarter, score, queue }) => [
          id,
          new Date(NOW - DAY_MS - quarter * 900_000).toISOString(),
          queue,
          id,
          score,
          "",
          "",
          "yes",
        ]),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(response, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), async (files) => {
        const [one, other] = [await put(), await put()];
        for (const rows of files) await stage.handIn(one.agreement.id, "survey", file(rows));
        for (const rows of files) await stage.handIn(other.agreement.id, "survey", file([...rows, ...rows]));
        expect(await sums(other, "survey")).toEqual(await sums(one, "survey"));
        await expectCountersEqualFacts(one);
        await expectCountersEqualFacts(other);
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 60 : 3, seed: 1 },
    );
  });
});
