import { describe, expect, it } from "vitest";
import { buildContactFeed, CONTACT_HEADER, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

async function readRows(rows: readonly string[], overrides: Record<string, unknown> = {}, header = CONTACT_HEADER) {
  return (await readWholeFile(buildContactFeed(overrides), pieces([header, ...rows].join("\n")))).rows;
}

describe("a row of a contact feed", () => {
  it("becomes one contact with its times in milliseconds", async () => {
    const [read] = await readRows(["c1,2026-06-01T09:00:00+02:00,sales,done,12,0:03:00,5"]);
    expect(read).toMatchObject({
      row: {
        contactId: "c1",
        queue: "sales",
        startMs: Date.UTC(2026, 5, 1, 7),
        outcome: "answered",
        waitMs: 12_000,
        handleMs: 180_000,
        talkMs: null,
        holdMs: null,
        acwMs: null,
        csat: 5,
        version: null,
      },
      problems: [],
    });
  });

  it("blank measures are missing, not zero", async () => {
    expect((await readRows(["c1,2026-06-01T09:00:00Z,sales,lost,7,,"]))[0]?.row).toMatchObject({
      outcome: "abandoned",
      waitMs: 7000,
      handleMs: null,
      csat: null,
    });
  });

  it.each([
    [",2026-06-01T09:00:00Z,sales,done,1,0:00:01,", "id", "missing-value"],
    ["c1,2026-06-01T09:00:00,sales,done,1,0:00:01,", "at", "not-an-instant"],
    ["c1,,sales,done,1,0:00:01,", "at", "missing-value"],
    ["c1,2026-06-01T09:00:00Z,sales,done,,0:00:01,", "wait", "missing-value"],
    ["c1,2026-06-01T09:00:00Z,sales,done,1,,", "handle", "missing-value"],
    ["c1,2026-06-01T09:00:00Z,sales,lost,,,", "wait", "missing-value"],
    ["c1,2026-06-01T09:00:00Z,,done,1,0:00:01,", "queue", "missing-value"],
    ["c1,2026-06-01T09:00:00Z,sales,vanished,1,0:00:01,", "how", "unknown-outcome"],
    ["c1,2026-06-01T09:00:00Z,sales,done,-1,0:00:01,", "wait", "negative"],
    ["c1,2026-06-01T09:00:00Z,sales,done,2678401,0:00:01,", "wait", "too-large"],
    ["c1,2026-06-01T09:00:00Z,sales,done,1,1,", "handle", "not-a-duration"],
    ["c1,2026-06-01T09:00:00Z,sales,done,1,0:00:01,6", "score", "score-off-scale"],
    ["c1,2026-06-01T09:00:00Z,sales,done,1,0:00:01,0", "score", "score-off-scale"],
    ["c1,2026-06-01T09:00:00Z,sales,done,1,0:00:01,4.5", "score", "not-whole"],
  ])("%s is refused at %s by the rule %s", async (text, column, rule) => {
    const [read] = await readRows([text]);
    expect(read?.row).toBeNull();
    expect(read?.problems.map((problem) => [problem.column, problem.rule])).toEqual([[column, rule]]);
  });

  it("the first outcome rule that matches decides", async () => {
    const outcome = [
      { when: { how: "lost", wait: "never" }, is: "left-before-queue" },
      { when: { how: "lost" }, is: "abandoned" },
    ];
    const rows = await readRows(["c1,2026-06-01T09:00:00Z,sales,lost,0,,", "c2,2026-06-01T09:00:00Z,sales,lost,3,,"], {
      outcome,
      never: ["0"],
    });
    expect(rows.map(({ row }) => row)).toMatchObject([{ outcome: "left-before-queue", waitMs: 0 }, { outcome: "abandoned" }]);
  });

  it.each(["1.23457E+15", "1,23457E+15", "1E+15"])("a name that a spreadsheet has cut short is refused: %s", async (id) => {
    const rows = await readRows([`"${id}",2026-06-01T09:00:00Z,sales,done,1,0:00:01,`, "5e12,2026-06-01T09:00:00Z,sales,done,1,0:00:01,"]);
    const found = rows.map(({ row, problems }) => (row === null ? problems.map(({ rule }) => rule) : "contactId" in row && row.contactId));
    expect(found).toEqual([["shortened-number"], "5e12"]);
  });

  it("names built of several columns cannot collide", async () => {
    const header = `line,${CONTACT_HEADER}`;
    const rest = "2026-06-01T09:00:00Z,sales,done,1,0:00:01,";
    const rows = await readRows(
      [`a|b,c,${rest}`, `a,b|c,${rest}`, `a\\,|b,${rest}`, `a\\|,b,${rest}`],
      { contactId: ["line", "id"] },
      header,
    );
    const ids = rows.map(({ row }) => (row !== null && "contactId" in row ? row.contactId : null));
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe("a\\|b|c");
  });
});

describe("checks that a definition adds", () => {
  const clock = { rule: "duration-matches-clock", column: "wait", unit: "s", from: "in", to: "out", format: "h:mm:ss", severity: "error" };
  const header = `${CONTACT_HEADER},in,out,extra`;
  const check = async (severity: string, wait: string, from: string, to: string, extra = "") => {
    const overrides = { never: ["0:00:00"], checks: [clock, { rule: "not-negative", column: "extra", severity }] };
    const [read] = await readRows([`c1,2026-06-01T09:00:00Z,sales,done,${wait},0:00:01,,${from},${to},${extra}`], overrides, header);
    return { kept: read?.row !== null, rules: read?.problems.map(({ rule }) => rule) };
  };

  it.each([
    ["10", "9:00:00", "9:00:10", []],
    ["20", "23:59:50", "0:00:10", []],
    ["86410", "9:00:00", "9:00:10", []],
    ["11", "9:00:00", "9:00:10", ["duration-matches-clock"]],
    ["10", "9:00:10", "9:00:00", ["duration-matches-clock"]],
    ["10", "9:00", "9:00:10", ["duration-matches-clock"]],
    ["7", "0:00:00", "9:00:10", []],
    ["7", "9:00:10", "0:00:00", []],
  ])("%s s between %s and %s breaks %j", async (wait, from, to, rules) => {
    expect(await check("error", wait, from, to)).toEqual({ kept: rules.length === 0, rules });
  });

  it("a warning keeps the row, an error refuses it", async () => {
    expect(await check("warning", "10", "9:00:00", "9:00:10", "-3")).toEqual({ kept: true, rules: ["not-negative"] });
    expect(await check("error", "10", "9:00:00", "9:00:10", "-3")).toEqual({ kept: false, rules: ["not-negative"] });
    expect(await check("warning", "10", "9:00:00", "9:00:10", "many")).toEqual({ kept: true, rules: ["not-a-number"] });
  });
});
