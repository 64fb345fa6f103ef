import { describe, expect, it } from "vitest";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { grainOf } from "../../../../shared/feeds/grain.ts";
import { createPseudonyms } from "../../../../shared/store/agent-names.ts";
import { QA_HEADER, ROSTER_HEADER, SCHEDULE_HEADER, SURVEY_FEED, SURVEY_HEADER } from "../../../support/record-files.ts";
import { exampleFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const SURVEY = FeedDefinition.parse(SURVEY_FEED);

/** The row, or the rules that refused it and the columns they are about. */
async function read(definition: FeedDefinition, header: string, line: string): Promise<unknown> {
  const { rows, refused } = await readWholeFile(definition, pieces(`${header}\n${line}\n`));
  expect(refused).toEqual([]);
  const [only] = rows;
  return only?.row ?? only?.problems.map(({ rule, column }) => `${rule} in ${column}`);
}

function issues(overrides: Record<string, unknown>, base: unknown = SURVEY_FEED): string[] {
  const result = FeedDefinition.safeParse(Object.assign({}, base, overrides));
  return result.success ? [] : result.error.issues.map(({ path }) => path.join("."));
}

describe("a survey's answers", () => {
  it.each([
    ["s1,2026-03-02T09:00:00Z,q,,5,11,yes,yes", ["score-off-scale in recommend"]],
    ["s1,2026-03-02T09:00:00Z,q,,6,10,yes,yes", ["score-off-scale in score"]],
    ["s1,2026-03-02T09:00:00Z,q,,5,10,maybe,yes", ["neither-yes-nor-no in solved"]],
    [",2026-03-02T09:00:00Z,q,,5,10,yes,yes", ["missing-value in id"]],
    ["s1,2026-03-02T09:00:00Z,q,,5,10,yes,", ["missing-value in asked"]],
  ])("%s is refused", async (line, expected) => {
    expect(await read(SURVEY, SURVEY_HEADER, line)).toEqual(expected);
  });

  it("a blank is no answer, and not the lowest one", async () => {
    expect(await read(SURVEY, SURVEY_HEADER, "s1,2026-03-02T09:00:00Z,q,,,,,yes")).toMatchObject({ csat: null, nps: null, resolved: null });
  });

  it.each([
    [0, 1],
    [2, 1],
    [3, 2],
    [10, 5],
  ])("a score of %i on a scale of 0 to 10 counts as %i of 5", async (score, expected) => {
    const wide = FeedDefinition.parse({ ...SURVEY_FEED, csat: { column: "score", lowest: 0, boxes: [2, 4, 6, 8, 10] } });
    expect(await read(wide, SURVEY_HEADER, `s1,2026-03-02T09:00:00Z,q,,${score},,,yes`)).toMatchObject({ csat: expected });
  });
});

describe("an evaluation", () => {
  const qa = exampleFeed("qa-feed");
  it.each([
    ["e1;2026-03-02;q;A;E;Sales;2;yes;;yes;no;yes;yes", ["missing-value in solution"]],
    ["e1;2026-03-02;q;A;E;Sales;2;yes;perhaps;yes;no;yes;yes", ["unknown-answer in solution"]],
    ["e1;2026-03-02;q;A;E;Verkauf (lang und breit);2;yes;yes;yes;no;yes;yes", ["form-name in form"]],
  ])("%s is refused", async (line, expected) => {
    expect(await read(qa, QA_HEADER, line)).toEqual(expected);
  });
});

describe("a roster's agent", () => {
  const roster = exampleFeed("roster-feed");
  it.each([
    ["2026-03-02,Ana,q,2026-03-03,no,,", ["after-snapshot in started"]],
    ["2026-03-02,,q,2026-03-01,no,,", ["missing-value in agent"]],
    ["2026-03-02,Ana,q,2026-03-01,,,", ["missing-value in left"]],
    ["2026-03-02,Ana,q,2026-02-01,no,2026-02-28,", ["last-day-without-leaving in last day"]],
  ])("%s is refused", async (line, expected) => {
    expect(await read(roster, ROSTER_HEADER, line)).toEqual(expected);
  });

  it("is still there where a blank says so by the definition", async () => {
    const spoken = FeedDefinition.parse({ ...roster, left: { column: "left", yes: ["yes"], no: ["no"], blank: "no" } });
    expect(await read(spoken, ROSTER_HEADER, "2026-03-02,Ana,q,2026-03-01,,,")).toMatchObject({ left: false });
  });

  it("is under one record on one day, whoever the file calls them", async () => {
    const agent = createPseudonyms(Buffer.alloc(32)).of("Ana");
    expect(await read(roster, ROSTER_HEADER, "2026-03-02,Ana,q,2026-02-20,yes,2026-02-28,other job")).toEqual({
      recordId: `2026-03-02|${agent}`,
      queue: "q",
      startMs: Date.parse("2026-03-02T00:00:00Z"),
      agent,
      coveredDays: 1,
      serviceDays: 8,
      left: true,
      leftDaysAgo: 2,
      reason: "other job",
      version: null,
    });
  });

  it("who nobody names keeps the line of the provider's own file in a mended errors.csv", async () => {
    const turnover = exampleFeed("turnover-feed");
    const columns =
      "stag,event,gender,age,industry,profession,traffic,coach,head_gender,greywage,way,extraversion,independ,selfcontrol,anxiety,novator";
    const header = `${columns},error_line,error_column,error_code,error_message,error_remedy`;
    expect(await read(turnover, header, "7.03,1,m,35,Banks,HR,x,no,f,white,bus,6,4,5,7,8,417,stag,not-a-number,m,r")).toMatchObject({
      recordId: "2020-01-01|row 417",
      serviceDays: 213,
    });
  });
});

describe("a scheduled activity", () => {
  const schedule = exampleFeed("schedule-feed");
  it.each([
    ["02/03/2026,9:00,25:00,Ana,q,phone", ["not-a-clock-time in to"]],
    ["02/03/2026,9:00,10:00,,q,phone", ["missing-value in agent"]],
    ["02/03/2026,9:00,10:00,Ana,q,tea", ["unknown-activity in activity"]],
    ["02/03/2026,9:00,9:00,Ana,q,lunch", ["ambiguous-duration in to"]],
    // The clock goes from 1:00 to 2:00 that night.
    ["28/03/2026,22:00,1:30,Ana,q,phone", ["not-one-instant in to"]],
  ])("%s is refused", async (line, expected) => {
    expect(await read(schedule, SCHEDULE_HEADER, line)).toEqual(expected);
  });

  it("that ends before its start ends on the next day", async () => {
    expect(await read(schedule, SCHEDULE_HEADER, "02/03/2026,9:00,8:45,Ana,q,lunch")).toMatchObject({
      startMs: Date.parse("2026-03-02T09:00:00Z"),
      endMs: Date.parse("2026-03-03T08:45:00Z"),
      counts: [],
    });
  });
});

describe("a definition contradicts itself", () => {
  it.each([
    [{ csat: undefined, nps: undefined, resolved: undefined }, ["csat"]],
    [{ csat: { column: "score", boxes: [1, 2, 2, 4, 5] } }, ["csat.boxes"]],
    [{ resolved: { column: "solved", yes: ["1"], no: ["1"] } }, ["resolved"]],
  ])("survey %j", (overrides, expected) => {
    expect(issues(overrides)).toEqual(expected);
  });

  it("a roster of one day covers all, and so does one without names", () => {
    expect(issues({ covers: "week" }, exampleFeed("turnover-feed"))).toEqual(["covers", "agent"]);
  });

  it("a forecast has forecasts only, a month has no time of day", () => {
    const column = { column: "calls", required: true };
    expect(issues({ counters: { offered: column } }, exampleFeed("forecast-feed"))).toEqual(["counters.offered"]);
    const start = { date: { column: "month", format: "yyyy-mm-dd" }, time: { column: "time", format: "h:mm" } };
    expect(issues({ start }, exampleFeed("monthly-feed"))).toEqual(["start.time"]);
  });
});

describe("grain", () => {
  it.each([
    ["messy-survey-feed", "day"],
    ["qa-feed", "day"],
    ["roster-feed", "day"],
    ["turnover-feed", "day"],
    ["daily-kpi-feed", "day"],
    ["monthly-feed", "month"],
    ["schedule-feed", "interval"],
    ["forecast-feed", "interval"],
    ["bank-feed", "interval"],
  ])("of %s is a %s", (name, expected) => {
    expect(grainOf(exampleFeed(name))).toBe(expected);
  });
});

describe("pseudonyms", () => {
  it("are the same for the same name and secret, and differ with either", () => {
    const [one, other] = [createPseudonyms(Buffer.alloc(32)), createPseudonyms(Buffer.alloc(32, 1))];
    expect(one.of("Ana")).toBe(createPseudonyms(Buffer.alloc(32)).of("Ana"));
    expect(new Set([one.of("Ana"), one.of("Rui"), other.of("Ana"), other.of("Rui")]).size).toBe(4);
    expect(one.of("Ana")).toMatch(/^[a-z2-7]{10}$/u);
    expect([...one.taken().values()]).toEqual(["Ana", "Rui"]);
    expect([...one.taken()]).toEqual([]);
  });

  it("ten thousand people have ten thousand of them", () => {
    const { of } = createPseudonyms(Buffer.alloc(32));
    expect(new Set(Array.from({ length: 10_000 }, (_, i) => of(`agent ${i}`))).size).toBe(10_000);
  });
});
