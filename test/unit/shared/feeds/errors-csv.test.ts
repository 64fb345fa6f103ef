import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeCell, unescapeCell } from "../../../../shared/feeds/escaped-cell.ts";
import type { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { errorsCsv } from "../../../../shared/feeds/errors-csv.ts";
import { buildIntervalFeed, exampleFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

async function errorsOf(definition: FeedDefinition, content: string | Uint8Array, size?: number): Promise<string> {
  let text = "";
  for await (const piece of errorsCsv(definition, pieces(content, size))) text += piece;
  return text;
}

const GOOD = "sales,2026-06-01,9:00,10,9,1,8,900,90.00%";
const FILE = [
  INTERVAL_HEADER,
  GOOD,
  "sales,2026-06-01,9:15,x,-9,1,8,900,90.00%",
  GOOD,
  '"=cmd()|"" x",2026-06-99,9:30,10,9,1,8,900,90.00%',
].join("\n");

describe("errors.csv", () => {
  it("has the refused rows with their own columns and what is wrong", async () => {
    const text = await errorsOf(buildIntervalFeed(), FILE);
    const [header, first, second, end] = text.split("\r\n");
    expect(header).toBe(`\ufeff${INTERVAL_HEADER},error_line,error_column,error_code,error_message,error_remedy`);
    expect(first).toContain(
      'sales,2026-06-01,9:15,x,-9,1,8,900,90.00%,3,offered; answered,not-a-number; negative,"""offered"" is not a number;',
    );
    expect(second?.startsWith(`"'=cmd()|"" x",2026-06-99,9:30,`)).toBe(true);
    expect(end).toBe("");
  });

  it("is the same wherever the bytes are cut", async () => {
    expect(await errorsOf(buildIntervalFeed(), FILE, 3)).toBe(await errorsOf(buildIntervalFeed(), FILE));
  });

  it("mended and sent again it is read in full, escapes undone, without a word about the added columns", async () => {
    const mended = (await errorsOf(buildIntervalFeed(), FILE)).replace("x,-9,1", "10,9,1").replace("2026-06-99", "2026-06-09");
    const { rows, refused, noted } = await readWholeFile(buildIntervalFeed(), pieces(mended));
    expect({ refused, noted, problems: rows.flatMap(({ problems }) => problems) }).toEqual({ refused: [], noted: [], problems: [] });
    expect(rows.map(({ row }) => row?.queue)).toEqual(["sales", '=cmd()|" x']);
  });

  it("sent again unmended it names the same errors once, not twice", async () => {
    const definition = buildIntervalFeed();
    const text = await errorsOf(definition, FILE);
    const again = await errorsOf(definition, text);
    const withoutLines = (csv: string): string => csv.replaceAll(/,\d+,(?=offered|day)/gu, ",n,");
    expect(withoutLines(again)).toBe(withoutLines(text));
  });

  it("a row with too many cells keeps them all in its last one, so that it stays refused until mended", async () => {
    const definition = buildIntervalFeed();
    const text = await errorsOf(definition, `${INTERVAL_HEADER}\nsales,2026-06-01,9:00,10,9,1,8,900,90%,5\n`);
    expect(text).toContain('900,"90%,5",2,,too-many-cells');
    expect((await readWholeFile(definition, pieces(text))).rows.map(({ row }) => row)).toEqual([null]);
  });

  it("uses the dialect of the feed", async () => {
    const text = await errorsOf(
      exampleFeed("avaya-interval-feed"),
      "row_date;starttime;split;callsoffered;acdcalls;abncalls;acceptable;outflowcalls;anstime;abntime;acdtime;holdtime;acwtime;intrvl\n2026-06-01;0900;a;x;;;;;;;;;;30\n",
    );
    expect(text.split("\r\n")[1]).toMatch(/^2026-06-01;0900;a;x;{10}30;2;"?callsoffered; /u);
  });

  it("of a file that is no table is empty", async () => expect(await errorsOf(buildIntervalFeed(), "nothing\n")).toBe("\ufeff"));
});

describe("escaping against formulas", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["'=1", "''=1"],
    ["-5", "-5"],
    ["+3.5", "+3.5"],
    ["94.01%", "94.01%"],
    ["sales", "sales"],
    ["'s-Hertogenbosch", "'s-Hertogenbosch"],
  ])("%j is written %j", (text, written) => expect(escapeCell(text)).toBe(written));

  it("is undone exactly", () => {
    const risky = fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "1", "a", "%", ".") });
    fc.assert(
      fc.property(fc.oneof(risky, fc.string()), (text) => {
        expect(unescapeCell(escapeCell(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});
