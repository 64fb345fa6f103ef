import { describe, expect, it } from "vitest";
import { inspectFile } from "../../../../shared/feeds/inspect-file.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const ROW = "sales,2026-06-01,9:00,10,9,1,8,900,90.00%";
const GOOD = `${INTERVAL_HEADER}\n${ROW}\n`;
const semicolons = (text: string): string => text.replaceAll(",", ";");
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");

/** Files that are refused as a whole: what is wrong, the bytes, the rule, words of the message or the remedy. */
const REFUSED = [
  ["no bytes", "", "empty-file", "empty"],
  ["blank lines only", "\n  \n\t\n", "empty-file", "empty"],
  ["a byte order mark only", "\ufeff", "empty-file", "empty"],
  ["sep= and nothing else", "sep=,\n", "empty-file", "empty"],
  ["a header only", `${INTERVAL_HEADER}\n`, "no-rows", "nothing below"],
  ["a header and blank lines", `${INTERVAL_HEADER}\n\n,,\n`, "no-rows", "nothing below"],
  ["another delimiter", semicolons(GOOD), "wrong-delimiter", "semicolon fits"],
  ["another delimiter, in quotes", semicolons(GOOD).replaceAll(/[a-z]+/gu, '"$&"'), "wrong-delimiter", "semicolon fits"],
  ["another delimiter announced", `sep=;\n${semicolons(GOOD)}`, "wrong-delimiter", "semicolon fits"],
  ["a mapped column missing", GOOD.replace("answered,", "answerd,"), "missing-columns", '"answered"'],
  ["a mapped column under another name", GOOD.replace("answered,", "an-swered,"), "missing-columns", '"an-swered" for "answered"'],
  ["a mapped column twice", `${GOOD.replace("\n", ",offered\n").trimEnd()},1\n`, "duplicate-columns", '"offered"'],
  ["no header", `${ROW}\n${ROW}\n`, "missing-columns", '"queue"'],
  [
    "a broken byte in the last row",
    Buffer.concat([Buffer.from(GOOD), Buffer.from([0x61, 0xff])]),
    "invalid-utf-8",
    `byte ${GOOD.length + 1} `,
  ],
  ["a zero byte in the last row", `${GOOD}a\0`, "binary", "not text"],
  ["a zip archive that is cut off", Buffer.from("504b0304140000", "hex"), "broken-archive", "send it unpacked"],
  ["a quote that is never closed", `${GOOD}"sales,2026-06-01\n${ROW}\n`, "unterminated-quote", "Row 3 "],
  ["a quote that swallows thousands of rows", `${GOOD}"${`${ROW}\n`.repeat(30_000)}`, "record-too-long", "Row 3 "],
] as const;

describe("a file that cannot be read", () => {
  it.each(REFUSED)("with %s is refused by the rule, and inspection finds the same", async (_, content, rule, words) => {
    const definition = buildIntervalFeed();
    const { refused } = await readWholeFile(definition, pieces(content, 777));
    expect(refused.map((problem) => problem.rule)).toEqual([rule]);
    expect(`${refused[0]?.message} ${refused[0]?.remedy}`).toContain(words);
    expect((await inspectFile(definition, pieces(content, 10_000))).refusals).toEqual(refused);
  });

  it("names both when a column is missing and another is there twice", async () => {
    const { refusals } = await inspectFile(buildIntervalFeed(), pieces(GOOD.replace("answered", "offered")));
    expect(refusals.map(({ rule }) => rule)).toEqual(["missing-columns", "duplicate-columns"]);
  });
});

describe("a file that is unusual and readable", () => {
  it.each([
    ["a byte order mark", `\ufeff${GOOD}`],
    ["UTF-16 with its mark", utf16(GOOD)],
    ["blank lines before the header", `\n  \n${GOOD}`],
    ["an announced delimiter", `sep=,\n${GOOD}`],
    ["no line end at the end", GOOD.trimEnd()],
    ["old line ends", GOOD.replaceAll("\n", "\r")],
    ["mixed line ends", GOOD.replace("\n", "\r\n")],
    ["spaces around names and values", GOOD.replaceAll(",", " ,\t")],
    ["blank cells behind the last column", GOOD.replace(/%\n/u, "%,, \n")],
    ["every cell in quotes", GOOD.replaceAll(/[^,\n]+/gu, '"$&"')],
  ])("with %s gives the same row", async (_, content) => {
    const plain = await readWholeFile(buildIntervalFeed(), pieces(GOOD));
    const { rows, refused, noted } = await readWholeFile(buildIntervalFeed(), pieces(content, 5));
    expect({ refused, noted }).toEqual({ refused: [], noted: [] });
    expect(rows.map(({ row, problems }) => ({ row, problems }))).toEqual(plain.rows.map(({ row }) => ({ row, problems: [] })));
  });

  it("numbers its rows as a spreadsheet does: blank lines and quoted line ends do not shift what follows", async () => {
    const broken = `${INTERVAL_HEADER}\n\n${ROW}\n,,,\n"sa\nles",2026-06-01,9:15,x,9,1,8,900,\nsales,2026-06-01,9:30,x,9,1,8,900,\n`;
    const { rows } = await readWholeFile(buildIntervalFeed(), pieces(broken));
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 6]);
  });

  it("columns that nobody names are noted by name, not read and not refused", async () => {
    const { rows, noted } = await readWholeFile(
      buildIntervalFeed({ ignore: ["site"] }),
      pieces(`${INTERVAL_HEADER},site,agent,\n${ROW},x,y,z\n`),
    );
    expect(noted.map(({ rule }) => rule)).toEqual(["unknown-columns"]);
    expect(noted[0]?.message).toContain('"agent", "(column 12, without a name)"');
    expect(rows[0]?.row).not.toBeNull();
  });

  it("column names that are special in JavaScript are names like any other", async () => {
    const definition = buildIntervalFeed({ queue: { column: "__proto__" }, counters: { offered: { column: "constructor" } }, claims: {} });
    const { rows, noted } = await readWholeFile(definition, pieces("__proto__,day,time,constructor,toString\nsales,2026-06-01,9:00,7,x\n"));
    expect(rows[0]?.row).toMatchObject({ queue: "sales", counters: [7] });
    expect(noted[0]?.message).toContain('"toString"');
    const { refused } = await readWholeFile(definition, pieces("day,time,toString\n2026-06-01,9:00,x\n"));
    expect(refused[0]?.message).toContain('"__proto__", "constructor"');
  });
});
