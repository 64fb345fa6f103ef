import { createReadStream } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedDefinition } from "../../../../../shared/feeds/definition.ts";
import { plainNumber, styledNumber } from "../../../../../shared/feeds/formats/xlsx-number.ts";
import { inspectFile } from "../../../../../shared/feeds/inspect-file.ts";
import { readTable } from "../../../../../shared/feeds/table.ts";
import { NODE_OPENING } from "../../../../../shared/store/node-opening.ts";
import { makeWorkbook, sheetRows, type WorkbookOptions } from "../../../../support/make-workbook.ts";
import { makeZip } from "../../../../support/make-zip.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../../support/real-data.ts";
import { buildContactFeed, buildIntervalFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../../support/sample-feeds.ts";

interface Sheet {
  readonly names: readonly string[];
  readonly rows: readonly (readonly [line: number, ...cells: string[]])[];
  readonly refused: string | null;
}

/** Any header will do: what is tested here are the cells. */
const ANY = buildContactFeed({
  format: { type: "xlsx" },
  start: { instant: { column: "id", format: "iso-8601" } },
  queue: { constant: "all" },
  contactId: ["id"],
  outcome: [{ when: { id: "x" }, is: "answered" }],
  durations: {},
  csat: undefined,
});

async function read(content: Uint8Array, definition: FeedDefinition = ANY): Promise<Sheet> {
  let names: readonly string[] = [];
  const rows: [number, ...string[]][] = [];
  for await (const part of readTable(definition, pieces(content, 997), NODE_OPENING)) {
    if (part.kind === "header") ({ names } = part.header);
    if (part.kind === "rows") part.records.forEach((record, at) => rows.push([part.firstLine + at, ...record]));
    if (part.kind === "refused") return { names, rows, refused: part.problems[0]?.rule ?? "" };
  }
  return { names, rows, refused: null };
}

async function cellsOf(cells: string, options: Omit<WorkbookOptions, "sheets"> = {}): Promise<Sheet> {
  const header = `<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>`;
  return await read(makeWorkbook({ ...options, sheets: { One: `${header}<row r="2">${cells}</row>` } }));
}

async function firstCell(cell: string, options: Omit<WorkbookOptions, "sheets"> = {}): Promise<string | undefined> {
  return (await cellsOf(cell, options)).rows[0]?.[1];
}

describe("a cell of a workbook", () => {
  it.each([
    ["a shared text", '<c t="s"><v>0</v></c>', "a & b"],
    ["a text in pieces, without how it is spoken", '<c t="s"><v>1</v></c>', "東京 call"],
    ["a text with spaces and line ends", '<c t="inlineStr"><is><t xml:space="preserve"> a\r\nb </t></is></c>', " a\nb "],
    ["a text with an escaped character", '<c t="inlineStr"><is><t>a_x000A_b</t></is></c>', "a\nb"],
    ["a text with XML in it", '<c t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is></c>', "<b>&amp;"],
    ["the text of a formula", '<c t="str"><f>A1</f><v>x</v></c>', "x"],
    ["the number of a formula", "<c><f>1+1</f><v>2</v></c>", "2"],
    ["a formula that was never computed", "<c><f>1+1</f></c>", "#CALC!"],
    ["a formula that was never computed, with an empty value", "<c><f>1+1</f><v></v></c>", "#CALC!"],
    ["true", '<c t="b"><v>1</v></c>', "TRUE"],
    ["false", '<c t="b"><v>0</v></c>', "FALSE"],
    ["an error", '<c t="e"><v>#N/A</v></c>', "#N/A"],
    ["a date in ISO 8601", '<c t="d"><v>2026-06-01</v></c>', "2026-06-01"],
    ["a number with all 17 digits", "<c><v>0.10000000000000001</v></c>", "0.1"],
    ["a number with an exponent", "<c><v>1.6550925925925926E-3</v></c>", "0.0016550925925925926"],
    ["a long whole number", "<c><v>12345678901234567890</v></c>", "12345678901234567890"],
    ["a cell with a prefix", '<x:c t="str"><x:v>y</x:v></x:c>', "y"],
  ])("%s is read as it stands", async (_name, cell, expected) => {
    const strings = ["<t>a &amp; b</t>", "<r><t>東京</t></r><rPh><t>とうきょう</t></rPh><r><t> call</t></r>"];
    expect(await firstCell(cell, { strings })).toBe(expected);
  });

  it.each([
    ["yyyy-mm-dd", "44197", "2021-01-01"],
    ["dd/mm/yyyy hh:mm", "44197.5", "2021-01-01 12:00:00"],
    ["h:mm:ss", "0.38400462962962961", "9:12:58"],
    ["mm:ss", "0.0016550925925925926", "0:02:23"],
    ["[h]:mm:ss", "1.5", "36:00:00"],
    ["h:mm AM/PM", "0.75", "18:00:00"],
    ["[$-409]d mmm yyyy;@", "44197", "2021-01-01"],
    ['0.0 "days"', "3", "3"],
    ["[Red]0.00", "3", "3"],
    ["General", "44197", "44197"],
    ["0.00E+00", "44197", "44197"],
    ["yyyy-mm-dd", "-1", "-1"],
    ["h:mm:ss", "1.25", "1900-01-01 06:00:00"],
    ["yyyy-mm-dd", "44197.25", "2021-01-01 06:00:00"],
  ])("a number under %s is shown as its date or time: %s is %s", async (format, stored, expected) => {
    expect(await firstCell(`<c s="1"><v>${stored}</v></c>`, { formats: [format] })).toBe(expected);
  });

  it("counts its days from 1904 where the workbook says so", async () => {
    expect(await firstCell('<c s="1"><v>42735</v></c>', { formats: ["yyyy-mm-dd"], from1904: true })).toBe("2021-01-01");
  });
});

describe("dates and times of spreadsheets", () => {
  it.each([
    ["1", "1900-01-01"],
    ["59", "1900-02-28"],
    ["60", "1900-02-29"],
    ["61", "1900-03-01"],
    ["2958465", "9999-12-31"],
    ["2958466", "2958466"],
    ["0.9999999", "1900-01-01"],
  ])("day %s is %s, with the leap day of 1900 that never was", (stored, expected) => {
    expect(styledNumber(stored, "date", false)).toBe(expected);
  });

  it("every second of a day is read as that second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 61, max: 60_000 }), (second, day) => {
        const clock = new Date(second * 1000).toISOString().slice(11, 19);
        expect(styledNumber(String(second / 86_400), "time", false).padStart(8, "0")).toBe(clock);
        expect(styledNumber(String(day + second / 86_400), "date-time", false).slice(11)).toBe(clock);
      }),
    );
  });

  it("a number of more digits than a spreadsheet keeps does not look whole", () => {
    expect(plainNumber("1.2345678901234499E+18")).toBe("1.2345678901234499E+18");
    expect(plainNumber("1234567890123456789")).toBe("1234567890123456789");
  });

  it("a number in plain digits reads back as the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -999_999_999_999_999, max: 999_999_999_999_999 }), (number) => {
        const text = plainNumber(number.toExponential());
        expect(text).toMatch(/^-?\d+(?:\.\d+)?$/u);
        expect(Number(text) === number).toBe(true);
      }),
    );
  });
});

describe("the rows of a workbook", () => {
  it("have the numbers that Excel shows, gaps and blank cells where they are", async () => {
    const sheet = [
      '<row r="3"><c r="A3" t="str"><v>id</v></c><c r="B3" t="str"><v>n</v></c><c r="C3" t="str"><v>m</v></c></row>',
      '<row r="4"><c r="B4"><v>1</v></c></row><row r="7" ><c r="C7"><v>2</v></c><c r="D7" s="1"/></row>',
    ];
    expect(await read(makeWorkbook({ sheets: { One: sheet.join("") } }))).toEqual({
      names: ["id", "n", "m"],
      rows: [
        [4, "", "1", ""],
        [7, "", "", "2"],
      ],
      refused: null,
    });
  });

  it("are those of the sheet and below the header that the definition names", async () => {
    const content = makeWorkbook({ sheets: { Notes: sheetRows([["x"]]), Data: sheetRows([["Report"], ["id"], ["a"]]) } });
    const format = { type: "xlsx", sheet: "Data", headerRow: 2 };
    expect((await read(content, { ...ANY, format: { ...format, type: "xlsx" } })).rows).toEqual([[3, "a"]]);
    expect((await read(content, { ...ANY, format: { type: "xlsx", sheet: "Nothing" } })).refused).toBe("missing-sheet");
  });

  it("leave a note of the other sheets that have cells, where nobody said which sheet is meant", async () => {
    const rows = sheetRows([["id"], ["a"]]);
    const content = makeWorkbook({ sheets: { May: rows, June: rows, Sheet3: "" } });
    const notesOf = async (format: FeedDefinition["format"]) => (await inspectFile({ ...ANY, format }, pieces(content))).notes;
    expect((await notesOf({ type: "xlsx" })).map(({ message }) => message)).toEqual([
      "Only the first sheet of the workbook was read; 1 other has cells, too",
    ]);
    expect(await notesOf({ type: "xlsx", sheet: "June" })).toEqual([]);
  });

  it("are read from a workbook that lies in a zip archive", async () => {
    const content = makeZip([{ name: "a.xlsx", data: makeWorkbook({ sheets: { One: sheetRows([["id"], ["a"]]) } }) }]);
    expect((await read(content)).rows).toEqual([[2, "a"]]);
  });

  it("are the same rows as those of the same table as text", async () => {
    const cell = fc.oneof(fc.stringMatching(/^[ -~äß東]{0,12}$/u), fc.integer({ min: 0, max: 5000 }));
    const row = fc.tuple(...INTERVAL_HEADER.split(",").map(() => cell));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const book = makeWorkbook({ sheets: { One: sheetRows([INTERVAL_HEADER.split(","), ...rows]) } });
        const quoted = rows.map((cells) => cells.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(","));
        const [fromBook, fromText] = [
          await readWholeFile(buildIntervalFeed({ format: { type: "xlsx" } }), pieces(book)),
          await readWholeFile(buildIntervalFeed(), pieces(`${INTERVAL_HEADER}\n${quoted.join("\n")}\n`)),
        ];
        expect(fromBook.rows).toEqual(fromText.rows);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a workbook that cannot be read", () => {
  const data = (inside: string): { name: string; data: string } => ({ name: "xl/worksheets/sheet1.xml", data: inside });
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>';
  it.each<[what: string, content: Uint8Array, rule: string]>([
    ["text", Buffer.from("id\na\n"), "not-a-workbook"],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "binary"],
    ["a zip archive of text", makeZip([{ name: "a.csv", data: "id" }]), "not-a-workbook"],
    ["no rows", makeWorkbook({ sheets: { One: sheetRows([["id"]]) } }), "no-rows"],
    ["nothing at all", makeWorkbook({ sheets: { One: "" } }), "empty-file"],
    ["no sheet", makeWorkbook({ sheets: {} }), "missing-sheet"],
    ["a missing part", makeZip([{ name: "[Content_Types].xml", data: "" }]), "broken-workbook"],
    ["a document type", makeWorkbook({ sheets: { One: "" }, parts: [data(laughs)] }), "broken-workbook"],
    ["an unknown entity", makeWorkbook({ sheets: { One: "" }, parts: [data("<worksheet>&nbsp;</worksheet>")] }), "broken-workbook"],
    ["tags that are not nested", makeWorkbook({ sheets: { One: "<row></c>" } }), "broken-workbook"],
    ["a part cut off", makeWorkbook({ sheets: { One: "" }, parts: [data("<worksheet><sheetData>")] }), "broken-workbook"],
    ["rows out of order", makeWorkbook({ sheets: { One: '<row r="2"/><row r="2"/>' } }), "broken-workbook"],
    ["cells out of order", makeWorkbook({ sheets: { One: '<row r="1"><c r="B1"/><c r="A1"/></row>' } }), "broken-workbook"],
    ["a text that is not there", makeWorkbook({ sheets: { One: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' } }), "broken-workbook"],
    ["text in column 2001", makeWorkbook({ sheets: { One: '<row r="1"><c r="BXY1"><v>1</v></c></row>' } }), "too-large-to-open"],
    ["deep nesting", makeWorkbook({ sheets: { One: "<a>".repeat(70) } }), "broken-workbook"],
  ])("because it is or has %s is refused", async (_what, content, rule) => {
    expect((await read(content)).refused).toBe(rule);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: the contact export", () => {
  it("as a workbook and as its conversion to CSV gives the same 5,000 canonical rows", async () => {
    const definition = {
      timeZone: "Asia/Kolkata",
      start: { date: { column: "Date", format: "yyyy-mm-dd" }, time: { column: "Time", format: "h:mm:ss" } },
      queue: { column: "Topic", known: [], unknown: "keep-with-warning" },
      contactId: ["Call Id"],
      outcome: [
        { when: { "Answered (Y/N)": "Y" }, is: "answered" },
        { when: { "Answered (Y/N)": "N" }, is: "abandoned" },
      ],
      durations: { talk: { column: "AvgTalkDuration", unit: "h:mm:ss" } },
      csat: { column: "Satisfaction rating" },
      ignore: ["Agent", "Resolved", "Speed of answer in seconds"],
    };
    const read = async (format: unknown, file: string): ReturnType<typeof readWholeFile> =>
      await readWholeFile(buildContactFeed({ ...definition, format }), createReadStream(realDataFile(`contact-export/${file}`)));
    const book = await read({ type: "xlsx", sheet: "Call center data" }, "Call-Center-Dataset.xlsx");
    const text = await read({ type: "delimited", delimiter: "comma" }, "Call-Center-Dataset.csv");
    expect(book).toEqual(text);
    expect(book.rows).toHaveLength(5000);
    expect(book.rows.filter(({ row }) => row === null)).toEqual([]);
  });
});
