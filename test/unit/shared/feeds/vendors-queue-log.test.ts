import { describe, expect, it } from "vitest";
import { exampleFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

async function asterisk(lines: readonly string[]) {
  const { rows, refused, noted } = await readWholeFile(exampleFeed("asterisk-queue-log-feed"), pieces(`${lines.join("\n")}\n`, 100));
  return {
    rows: rows.map(({ row }) => row).filter((row) => row !== null),
    problems: rows.flatMap(({ problems }) => problems.map(({ line, column, rule }) => ({ line, column, rule }))),
    refused: refused.map(({ rule }) => rule),
    noted: noted.map(({ rule }) => rule),
  };
}

const CALL = [
  "1000|c1|q|NONE|ENTERQUEUE||555|1",
  "1003|c1|q|SIP/1|RINGNOANSWER|3000",
  "1010|c1|q|SIP/2|CONNECT|10|c2|4",
  "1040|c1|q|SIP/2|COMPLETEAGENT|10|30|1",
];

describe("a queue_log", () => {
  it.each([
    ["BLINDTRANSFER|100|default|10|30|1", "answered", 30_000],
    ["TRANSFER|100|default|10|30|1", "answered", 30_000],
    ["ATTENDEDTRANSFER|BRIDGE|b1|b2|10|30|1", "answered", 30_000],
    ["COMPLETECALLER|10|30|1", "answered", 30_000],
  ])("ends a call that an agent took with %s", async (event, outcome, talkMs) => {
    const { rows } = await asterisk([...CALL.slice(0, 3), `1040|c1|q|SIP/2|${event}`]);
    expect(rows).toMatchObject([{ contactId: "c1|q|1040", startMs: 1_000_000, outcome, waitMs: 10_000, talkMs }]);
  });

  it.each([
    ["ABANDON|1|1|40", "abandoned"],
    ["EXITWITHTIMEOUT|1|1|40", "flowed-out"],
    ["EXITWITHKEY|1|1|1|40", "flowed-out"],
    ["EXITWITHKEY|1|1", "flowed-out"],
    ["EXITEMPTY|1|1|40", "flowed-out"],
  ])("ends a call that waits with %s", async (event, outcome) => {
    const { rows } = await asterisk([CALL[0] ?? "", `1040|c1|q|NONE|${event}`]);
    expect(rows).toMatchObject([{ startMs: 1_000_000, outcome, waitMs: 40_000, talkMs: null }]);
  });

  it("that is cut in two gives a call the same name as the whole, so that overlapping files count it once", async () => {
    const whole = await asterisk(CALL);
    for (const from of [1, 2, 3]) expect((await asterisk(CALL.slice(from))).rows).toEqual(whole.rows);
    for (const to of [1, 2, 3])
      expect(await asterisk(CALL.slice(0, to))).toMatchObject({ rows: [], refused: ["no-rows"], noted: ["no-end"] });
  });

  it("keeps the lines of its calls apart, and its numbers are those of the file", async () => {
    const other = CALL.map((line) => line.replaceAll("c1", "c9"));
    const mixed = CALL.flatMap((line, at) => [line, "", other[at] ?? "", "1001|NONE|NONE|NONE|QUEUESTART|"]);
    const { rows } = await readWholeFile(exampleFeed("asterisk-queue-log-feed"), pieces(mixed.join("\r\n"), 5));
    expect(rows.map(({ line, row }) => [line, row === null ? null : "ok"])).toEqual([
      [13, "ok"],
      [15, "ok"],
    ]);
  });

  it.each([
    ["an end before its call was taken", [CALL[0], CALL[3]], 2],
    ["a caller who gives up while talking", [...CALL.slice(0, 3), "1040|c1|q|NONE|ABANDON|1|1|40"], 4],
    ["an end that lies before its beginning", [CALL[0], "999|c1|q|NONE|ABANDON|1|1|40"], 2],
    ["a call that enters a queue in which it is", [CALL[0], CALL[0]?.replace("1000", "1005")], 2],
    ["a call that is taken twice", [CALL[0], CALL[2], CALL[2]], 3],
  ])("with %s refuses that line", async (_, lines, line) => {
    const { rows, problems } = await asterisk(lines.map((text) => text ?? ""));
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line, column: "", rule: "impossible-order" }]);
  });

  it.each(["hello", "x|c1|q|NONE|ENTERQUEUE", "1000|c1|q", "1000.5|c1|q|NONE|ABANDON|1|1|40"])("refuses the line %j", async (line) => {
    const { rows, problems } = await asterisk([line, ...CALL]);
    expect(rows).toHaveLength(1);
    expect(problems).toEqual([{ line: 1, column: "", rule: "not-an-event" }]);
  });

  it("names events that it does not know", async () => {
    expect((await asterisk([...CALL, "1041|c1|q|NONE|NEWTHING|"])).noted).toEqual(["unknown-events"]);
  });
});
