import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadRow } from "../../../../shared/feeds/canonical.ts";
import { readFeed } from "../../../../shared/feeds/read-feed.ts";
import type { FeedRow } from "../../../../shared/feeds/row-kinds.ts";
import { buildDailyFeed, buildIntervalFeed, exampleFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

async function readOne(row: string, overrides: Record<string, unknown> = {}) {
  const { rows } = await readWholeFile(buildIntervalFeed(overrides), pieces(`${INTERVAL_HEADER}\n${row}\n`));
  const [read] = rows;
  if (read === undefined || rows.length !== 1) throw new Error("expected one row");
  return read;
}

describe("a row of an interval feed", () => {
  it("becomes counts, milliseconds and exact claims at a UTC instant", async () => {
    expect(await readOne("sales,2026-06-01,9:15,10,9,1,8,900.5,90.00%")).toEqual({
      line: 2,
      cells: ["sales", "2026-06-01", "9:15", "10", "9", "1", "8", "900.5", "90.00%"],
      row: {
        queue: "sales",
        startMs: Date.UTC(2026, 5, 1, 7, 15),
        lengthMs: 900_000,
        counters: [10, 9, 1, 8, 900_500],
        claims: [{ mantissa: 9000, dp: 4 }],
        version: null,
      },
      problems: [],
    });
  });

  it("may be one snapshot each, and print points below zero", async () => {
    const counters = { "backlog-open": { column: "offered" }, "backlog-snapshots": { constant: 1 } };
    const read = await readOne("sales,2026-06-01,9:15,412,,,,,-12.5", { counters, claims: { nps: { column: "rate", unit: "points" } } });
    expect(read.row).toMatchObject({ counters: [412, 1], claims: [{ mantissa: -125, dp: 1 }] });
  });

  it("a blank cell is missing, not zero", async () => {
    expect((await readOne("sales,2026-06-01,9:15,10,9,,  ,,")).row).toMatchObject({ counters: [10, 9, null, null, null], claims: [null] });
  });

  it("a text that the definition lists as missing is missing, even if it is a number", async () => {
    const { row } = await readOne("sales,2026-06-01,9:15,10,9,n/a,-1,0,-", { missing: ["n/a", "-1", "0", "-"] });
    expect(row).toMatchObject({ counters: [10, 9, null, null, null], claims: [null] });
  });

  it.each([
    [",2026-06-01,9:15,10,9,1,8,9,", "queue", "missing-value"],
    ["sa\u202eles,2026-06-01,9:15,10,9,1,8,9,", "queue", "control-character"],
    [`${"q".repeat(81)},2026-06-01,9:15,10,9,1,8,9,`, "queue", "too-long"],
    ["sales,,9:15,10,9,1,8,9,", "day", "missing-value"],
    ["sales,1.6.2026,9:15,10,9,1,8,9,", "day", "not-a-date"],
    ["sales,2026-06-01,9:20,10,9,1,8,9,", "time", "off-grid"],
    ["sales,2026-06-01,24:00,10,9,1,8,9,", "time", "not-a-clock-time"],
    ["sales,2026-03-29,2:15,10,9,1,8,9,", "time", "impossible-local-time"],
    ["sales,2026-10-25,2:15,10,9,1,8,9,", "time", "ambiguous-local-time"],
    ["sales,2026-06-01,9:15,,9,1,8,9,", "offered", "missing-value"],
    ["sales,2026-06-01,9:15,1000000001,9,1,8,9,", "offered", "too-large"],
    ["sales,2026-06-01,9:15,10,9,1,8,900000001,", "handle", "too-large"],
    ["sales,2026-06-01,9:15,-10,9,1,8,9,", "offered", "negative"],
    ["sales,2026-06-01,9:15,10,9,2,8,9,", "answered", "more-than-offered"],
    ["sales,2026-06-01,9:15,10,11,,8,9,", "answered", "more-than-offered"],
    ["sales,2026-06-01,9:15,10,7,1,8,9,", "within", "more-than-whole"],
    ["sales,2026-06-01,9:15,10,9,1,8,9,good", "rate", "not-a-number"],
    ["sales,2026-06-01,9:15,10,9", "", "too-few-cells"],
    ["sales,2026-06-01,9:15,10,9,1,8,9,90%,more", "", "too-many-cells"],
    ['"sales"x,2026-06-01,9:15,10,9,1,8,9,90%', "", "broken-quote"],
  ])("%s is refused at %j by the rule %s", async (text, column, rule) => {
    const { row, problems } = await readOne(text);
    expect(row).toBeNull();
    expect(problems.map((problem) => [problem.line, problem.severity, problem.column, problem.rule])).toEqual([[2, "error", column, rule]]);
    expect(problems[0]?.message.startsWith(column === "" ? "The row " : `"${column}" `)).toBe(true);
    expect(problems[0]?.remedy).not.toBe("");
  });

  it("every broken cell of a row is told, not only the first", async () => {
    const { problems } = await readOne("sales,2026-06-99,9:20,x,-9,1,8,9,90%");
    expect(problems.map(({ column, rule }) => `${column}: ${rule}`)).toEqual([
      "day: no-such-day",
      "time: off-grid",
      "offered: not-a-number",
      "answered: negative",
    ]);
  });

  it("a local time that is not one instant names the zone and both instants it may be", async () => {
    const [ambiguous] = (await readOne("sales,2026-10-25,2:15,10,9,1,8,9,")).problems;
    expect(ambiguous?.message).toContain("Europe/Berlin");
    expect(ambiguous?.remedy).toContain("2026-10-25T00:15:00Z or 2026-10-25T01:15:00Z");
    const [impossible] = (await readOne("sales,2026-03-29,2:15,10,9,1,8,9,")).problems;
    expect(impossible?.remedy).toContain("2026-03-29T00:15:00Z or 2026-03-29T01:15:00Z");
  });

  it.each([
    ["89.99%", 1],
    ["90.00%", 0],
    ["90%", 0],
    ["90.004%", 1],
    ["89.9999999%", 1],
  ])("a claim of %s beside 9 of 10 brings %i warnings, and the row stays", async (claim, warnings) => {
    const { row, problems } = await readOne(`sales,2026-06-01,9:15,10,9,1,8,9,${claim}`);
    expect(row).not.toBeNull();
    expect(problems.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(
      Array.from({ length: warnings }, () => "warning claim-mismatch"),
    );
  });

  it("a claim exactly half of its last digit away may have been rounded either way", async () => {
    for (const claim of ["12%", "13%"]) expect((await readOne(`sales,2026-06-01,9:15,8,1,1,1,9,${claim}`)).problems).toEqual([]);
  });

  it("a claim about no contacts is kept and compared with nothing", async () => {
    expect(await readOne("sales,2026-06-01,9:15,0,0,0,0,0,100%")).toMatchObject({
      row: { claims: [{ mantissa: 100, dp: 2 }] },
      problems: [],
    });
  });

  it.each([
    ["refuse", "error", null],
    ["keep-with-warning", "warning", { queue: "sales" }],
  ])("an unknown queue under %s is an %s", async (unknown, severity, row) => {
    const read = await readOne("sales,2026-06-01,9:15,10,9,1,8,9,", { queue: { column: "queue", known: ["service"], unknown } });
    expect(read.problems).toMatchObject([{ severity, rule: "unknown-queue" }]);
    if (row === null) expect(read.row).toBeNull();
    else expect(read.row).toMatchObject(row);
  });

  it("a version column orders versions of a row", async () => {
    const definition = buildIntervalFeed({ version: { column: "v", format: "iso-8601" } });
    const { rows } = await readWholeFile(
      definition,
      pieces(`${INTERVAL_HEADER},v\nsales,2026-06-01,9:15,10,9,1,8,9,,2026-06-02T00:00:00Z\nsales,2026-06-01,9:30,10,9,1,8,9,,\n`),
    );
    expect(rows.map(({ row, problems }) => row?.version ?? problems[0]?.rule)).toEqual([Date.UTC(2026, 5, 2), "missing-value"]);
  });

  it("a start given as an instant must lie on the grid of the wall clock", async () => {
    const definition = buildIntervalFeed({
      timeZone: "Asia/Kathmandu",
      intervalMinutes: 60,
      start: { instant: { column: "time", format: "iso-8601" } },
      ignore: ["day"],
    });
    const lines = ["2026-06-01T03:15:00Z", "2026-06-01T03:00:00Z"].map((start) => `sales,,${start},10,9,1,8,9,`);
    const { rows } = await readWholeFile(definition, pieces([INTERVAL_HEADER, ...lines].join("\n")));
    expect(rows.map(({ problems }) => problems.map(({ rule }) => rule))).toEqual([[], ["off-grid"]]);
  });
});

describe("a row of the switch in docs/examples", () => {
  it("starts at a time written without leading zeros and sums seconds as milliseconds", async () => {
    const header =
      "row_date;starttime;intrvl;acd;split;callsoffered;acdcalls;abncalls;acceptable;outflowcalls;anstime;abntime;acdtime;holdtime;acwtime";
    const lines = ["2026-06-01;0;30;1;Sales;12;11;1;9;;140;31;2400;;310", "2026-06-01;930;30;1;Sales;12;11;1;12;;140;31;2400;;310"];
    const { rows, noted } = await readWholeFile(exampleFeed("avaya-interval-feed"), pieces([header, ...lines].join("\r\n")));
    expect(noted).toEqual([]);
    expect(rows[0]?.row).toMatchObject({
      queue: "Sales",
      startMs: Date.UTC(2026, 4, 31, 22),
      lengthMs: 1_800_000,
      counters: [12, 11, 1, 9, null, 140_000, 31_000, 2_400_000, null, 310_000],
    });
    expect(rows[1]?.problems).toMatchObject([{ line: 3, column: "acceptable", value: "12", rule: "more-than-whole" }]);
  });
});

describe("a row of a daily feed", () => {
  const daily = (timeZone: string) => buildDailyFeed({ timeZone, ignore: ["time"] });

  it.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["UTC", "2026-03-29", 24],
  ])("in %s on %s lasts %i hours", async (timeZone, day, hours) => {
    const { rows } = await readWholeFile(daily(timeZone), pieces(`${INTERVAL_HEADER}\nsales,${day},,10,9,1,8,9,\n`));
    expect(rows[0]?.row).toMatchObject({ lengthMs: hours * 3_600_000 });
  });

  it("on a day that the zone skipped is refused", async () => {
    const { rows } = await readWholeFile(daily("Pacific/Apia"), pieces(`${INTERVAL_HEADER}\nsales,2011-12-30,,10,9,1,8,9,\n`));
    expect(rows[0]?.problems).toMatchObject([{ column: "day", rule: "impossible-local-time" }]);
  });
});

const someRow = fc
  .record({
    day: fc.integer({ min: 1, max: 30 }),
    quarter: fc.nat(95),
    answered: fc.nat(50),
    abandoned: fc.nat(5),
    bad: fc.constantFrom("", "", "", "x"),
  })
  .map(({ day, quarter, answered, abandoned, bad }) =>
    [
      "sales",
      `2026-06-${String(day).padStart(2, "0")}`,
      `${Math.floor(quarter / 4)}:${String((quarter % 4) * 15).padStart(2, "0")}`,
      `${answered + abandoned}${bad}`,
      answered,
      abandoned,
      "",
      answered * 90,
      "",
    ].join(","),
  );
const someRows = fc
  .array(fc.oneof({ weight: 6, arbitrary: someRow }, { weight: 1, arbitrary: fc.constant("") }), { minLength: 1, maxLength: 40 })
  .filter((rows) => rows.some((row) => row !== ""));

describe("reading a whole file", () => {
  it("gives the same batches wherever the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 9 }), async (rows, size, batchRows) => {
        const text = [INTERVAL_HEADER, ...rows].join("\n");
        const whole = await readWholeFile(buildIntervalFeed(), pieces(text), batchRows);
        expect(await readWholeFile(buildIntervalFeed(), pieces(text, size), batchRows)).toEqual(whole);
        expect(whole.batches.slice(0, -1).every((count) => count === batchRows)).toBe(true);
        expect(whole.rows).toHaveLength(rows.filter((row) => row !== "").length);
      }),
    );
  });

  it("gives the same rows in whatever order they stand", async () => {
    const read = async (rows: readonly string[]): Promise<string[]> => {
      const { rows: found } = await readWholeFile(buildIntervalFeed(), pieces([INTERVAL_HEADER, ...rows].join("\n")));
      return found.map(({ cells, row, problems }) => JSON.stringify([cells, row, problems.map(({ rule }) => rule)])).toSorted();
    };
    await fc.assert(
      fc.asyncProperty(
        someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        async ([rows, shuffled]) => {
          expect(await read(shuffled)).toEqual(await read(rows));
        },
      ),
    );
  });

  it("finds the counts that were written", async () => {
    const counts = fc.record({ answered: fc.nat(1_000_000), abandoned: fc.nat(1_000_000), ms: fc.nat(10 ** 9) });
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { minLength: 1, maxLength: 20 }), async (list) => {
        const rows = list.map(
          ({ answered, abandoned, ms }) => `sales,2026-06-01,9:15,${answered + abandoned},${answered},${abandoned},,${ms / 1000},`,
        );
        const { rows: read } = await readWholeFile(buildIntervalFeed(), pieces([INTERVAL_HEADER, ...rows].join("\n")));
        expect(read.map(({ row }) => (row !== null && "counters" in row ? row.counters : null))).toEqual(
          list.map(({ answered, abandoned, ms }) => [answered + abandoned, answered, abandoned, null, ms]),
        );
      }),
    );
  });

  it("a batch of no rows is a mistake of the caller", async () => {
    const definition = buildIntervalFeed();
    if (definition.kind !== "interval") throw new Error("expected an interval feed");
    const rows: ReadRow<FeedRow>[] = [];
    const drain = async (): Promise<void> => {
      for await (const batch of readFeed(definition, pieces(INTERVAL_HEADER), { batchRows: 0 }))
        if (batch.kind === "rows") rows.push(...batch.rows);
    };
    await expect(drain()).rejects.toThrow(RangeError);
  });
});
