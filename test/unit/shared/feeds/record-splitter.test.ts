import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecordSplitter, MAX_RECORD } from "../../../../shared/feeds/record-splitter.ts";
import { isBlank } from "../../../../shared/feeds/table-part.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";

function split(texts: readonly string[], delimiter = ","): { records: (readonly string[])[]; stopped: string | null; broken: number[] } {
  const splitter = createRecordSplitter(delimiter);
  const records = [...texts.flatMap((text) => splitter.push(text)), ...splitter.end()];
  return { records, stopped: splitter.stopped(), broken: records.flatMap((record, at) => (splitter.isBroken(record) ? [at] : [])) };
}

const cell = fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "\n", "\r", " ", "é", "😀"), maxLength: 8 });
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
const anyText = fc.string({ unit: fc.constantFrom("a", "b", ",", '"', "\n", "\r\n", "\r", " "), maxLength: 60 });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, text.length].map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end));
}

describe("splitting delimited text", () => {
  it.each([
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r1,2\r",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["a\r\nb\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
    ["a\n\nb", [["a"], [""], ["b"]]],
    [",\n", [["", ""]]],
    ['"a,b","c\nd"', [["a,b", "c\nd"]]],
    ['"say ""hi"""', [['say "hi"']]],
    ['6" pipe,x', [['6" pipe', "x"]]],
    ['"",""', [["", ""]]],
    ["", []],
  ])("%j", (text, records) => {
    expect(split([text])).toEqual({ records, stopped: null, broken: [] });
  });

  it("text behind a closing quote breaks that record only", () => {
    expect(split(['a\n"12"x,1\nb'])).toMatchObject({ broken: [1], stopped: null });
  });

  it("a quote open at the end stops, and its record is not handed out", () => {
    expect(split(['a,b\n1,"2\n3,4\n'])).toEqual({ records: [["a", "b"]], stopped: "unterminated-quote", broken: [] });
  });

  it.each([1000, 10_000, MAX_RECORD * 2])("a record one character too long stops, in pieces of %i characters too", (size) => {
    const text = `a\n${"x".repeat(MAX_RECORD + 1)}\nb\n`;
    const texts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
    expect(split(texts)).toEqual({ records: [["a"]], stopped: "record-too-long", broken: [] });
  });

  it("the longest record passes", () => {
    expect(split([`${"x".repeat(MAX_RECORD)}\r`, "\nb"]).records.map(([first = ""]) => first.length)).toEqual([MAX_RECORD, 1]);
  });

  it("gives the same records wherever the text is cut", () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(), { maxLength: 20 }), (text, places) => {
        expect(split(cut(text, places))).toEqual(split([text]));
      }),
      { numRuns: 1000 },
    );
  });

  it("finds what was written, with every cell in quotes", () => {
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n", "\r"), fc.constantFrom(",", ";", "\t", "|"), (rows, end, delimiter) => {
        expect(split([rows.map((row) => row.map(quoted).join(delimiter)).join(end)], delimiter).records).toEqual(rows);
      }),
    );
  });

  it("finds what was written, with quotes only where they are needed", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((text) => (/[",\r\n]/u.test(text) ? quoted(text) : text)).join(",")).join("\n");
        // A last line without text is the end of the line before it.
        const expected = rows.at(-1)?.join(",") === "" ? rows.slice(0, -1) : rows;
        expect(split([text]).records).toEqual(expected);
      }),
    );
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: csv-spectrum", () => {
  const folder = realDataFile("bad-input/csv-spectrum");
  const names = HAS_REAL_DATA ? readdirSync(`${folder}/csvs`).map((file) => file.replace(".csv", "")) : [];

  it("has eleven files", () => expect(names).toHaveLength(11));

  it.each(names)("%s is parsed as its author expects", (name) => {
    const { records } = split([readFileSync(`${folder}/csvs/${name}.csv`, "utf8")]);
    const [header = [], ...rows] = records.filter((record) => !isBlank(record));
    const objects = rows.map((row) => Object.fromEntries(header.map((column, at) => [column, row[at]])));
    expect(objects).toEqual(JSON.parse(readFileSync(`${folder}/json/${name}.json`, "utf8")));
  });
});
