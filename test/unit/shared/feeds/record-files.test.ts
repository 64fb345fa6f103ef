import { createReadStream } from "node:fs";
import { describe, expect, it } from "vitest";
import { QA_FACTS } from "../../../../shared/facts/qa-fact.ts";
import { RecordTable } from "../../../../shared/facts/fact-table.ts";
import { ROSTER_FACTS } from "../../../../shared/facts/roster-fact.ts";
import { SURVEY_FACTS } from "../../../../shared/facts/survey-fact.ts";
import type { FactCodec, KeyedFact } from "../../../../shared/facts/fact-codec.ts";
import type { FeedRow } from "../../../../shared/feeds/row-kinds.ts";
import type { QaRow, RosterRow, SurveyRow } from "../../../../shared/feeds/record-rows.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed, readWholeFile, type WholeFile } from "../../../support/sample-feeds.ts";

async function read(feed: string, file: string): Promise<WholeFile> {
  return await readWholeFile(exampleFeed(feed), createReadStream(realDataFile(file)));
}

function refusals({ rows, refused }: WholeFile): unknown[] {
  return [...refused, ...rows.flatMap(({ problems }) => problems)];
}

function counted<Row extends FeedRow, Fact extends KeyedFact>(
  rows: readonly Row[],
  codec: FactCodec<Row, Fact>,
  counters: readonly CounterId[],
): { facts: number; sums: Record<string, number> } {
  const table = new RecordTable(codec);
  for (const row of rows) table.add(row, 1);
  const sums: Record<string, number> = {};
  for (const { intervals } of table.count(counters, 900_000).queues)
    for (const { counters: own } of intervals) counters.forEach((id, i) => (sums[id] = (sums[id] ?? 0) + (own[i] ?? 0)));
  return { facts: [...table.values].length, sums };
}

const isSurvey = (row: FeedRow | null): row is SurveyRow => row !== null && "nps" in row;
const isRoster = (row: FeedRow | null): row is RosterRow => row !== null && "coveredDays" in row;
const isQa = (row: FeedRow | null): row is QaRow => row !== null && "form" in row;

describe.skipIf(!HAS_REAL_DATA)("real data: a survey with 22,194 empty rows behind its answers", () => {
  it("has 10,747 invitations, 3,980 scores of 1 to 10 as 1 to 5, and no row refused", async () => {
    const file = await read("messy-survey-feed", "messy-survey/messy-survey.csv");
    expect({ rows: file.rows.length, problems: refusals(file) }).toEqual({ rows: 10_747, problems: [] });
    const rows = file.rows.map(({ row }) => row).filter(isSurvey);
    const counters = ["survey-invited", "survey-responses", "csat-1", "csat-2", "csat-3", "csat-4", "csat-5"] as const;
    expect(counted(rows, SURVEY_FACTS, counters)).toEqual({
      facts: 10_747,
      sums: {
        "survey-invited": 10_747,
        "survey-responses": 3980,
        "csat-1": 372,
        "csat-2": 992,
        "csat-3": 1201,
        "csat-4": 862,
        "csat-5": 553,
      },
    });
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: employment records without names or dates", () => {
  it("has 571 who left of 1,129, and 1,067 of 1,089 starters still there after 90 days", async () => {
    const file = await read("turnover-feed", "turnover/turnover.csv");
    expect({ rows: file.rows.length, problems: refusals(file) }).toEqual({ rows: 1129, problems: [] });
    const rows = file.rows.map(({ row }) => row).filter(isRoster);
    const counters = [
      "headcount-days",
      "leavers",
      "starters-matured-90d",
      "survived-90d",
      "starters-matured-365d",
      "survived-365d",
    ] as const;
    expect(counted(rows, ROSTER_FACTS, counters)).toEqual({
      facts: 1129,
      sums: {
        "headcount-days": 558,
        leavers: 571,
        "starters-matured-90d": 1089,
        "survived-90d": 1067,
        "starters-matured-365d": 982,
        "survived-365d": 835,
      },
    });
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: 5,000 calls with their agents", () => {
  it("has 4,054 answered, 946 missed, the scores of its file and eight pseudonyms", async () => {
    const file = await read("contact-export-feed", "contact-export/Call-Center-Dataset.csv");
    expect({ rows: file.rows.length, problems: refusals(file) }).toEqual({ rows: 5000, problems: [] });
    const rows = file.rows.flatMap(({ row }) => (row !== null && "contactId" in row ? [row] : []));
    const scores = [1, 2, 3, 4, 5].map((score) => rows.filter(({ csat }) => csat === score).length);
    expect(rows.filter(({ outcome }) => outcome === "answered")).toHaveLength(4054);
    expect(rows.filter(({ outcome }) => outcome === "missed")).toHaveLength(946);
    expect(scores).toEqual([417, 396, 1218, 1180, 843]);
    expect(new Set(rows.map(({ agent }) => agent)).size).toBe(8);
  });
});

describe("evaluations of an example", () => {
  it("are read with the form's version in the name of the form", async () => {
    const header =
      "evaluation;day;queue;agent;evaluator;form;version;greeting;solution;solution (client);notes;identity check;identity check (client)";
    const bytes = new TextEncoder().encode(`${header}\ne1;2026-03-02;q;A;E;Sales Form;2.1;yes;yes;;n/a;yes;\n`);
    const { rows } = await readWholeFile(
      exampleFeed("qa-feed"),
      (async function* () {
        yield await Promise.resolve(bytes);
      })(),
    );
    const found = rows.map(({ row }) => row).filter(isQa);
    expect(found).toMatchObject([{ form: "sales-form-2.1", earned: 8000, possible: 8000, calibrationItems: null }]);
    expect(QA_FACTS.keyOf(found[0] ?? expect.fail("no row"))).toBe("e1");
  });
});
