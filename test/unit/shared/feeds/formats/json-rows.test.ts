import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorsCsv } from "../../../../../shared/feeds/errors-csv.ts";
import type { FeedDefinition } from "../../../../../shared/feeds/definition.ts";
import { JsonFault } from "../../../../../shared/feeds/formats/json-fault.ts";
import { parseJson } from "../../../../../shared/feeds/formats/json-parser.ts";
import { createJsonRecords, type JsonRecord } from "../../../../../shared/feeds/formats/json-records.ts";
import { JsonNumber, type JsonValue } from "../../../../../shared/feeds/formats/json-value.ts";
import { inspectFile } from "../../../../../shared/feeds/inspect-file.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../../support/sample-feeds.ts";

const JSON_FEED = buildIntervalFeed({ format: { type: "json" } });
const LINES_FEED = buildIntervalFeed({ format: { type: "json-lines" } });
const ROW = {
  queue: "sales",
  day: "2026-06-01",
  time: "9:00",
  offered: 10,
  answered: 9,
  abandoned: 1,
  within: 8,
  handle: 900,
  rate: "90.00%",
};
const TEXT = `${INTERVAL_HEADER}\n${Object.values(ROW).join(",")}\n`;

async function rowsOf(definition: FeedDefinition, content: string | Uint8Array, size?: number): Promise<unknown[]> {
  const { rows, refused } = await readWholeFile(definition, pieces(content, size));
  expect(refused).toEqual([]);
  return rows.map(({ row }) => row);
}

async function ruleOf(definition: FeedDefinition, content: string): Promise<string | undefined> {
  const { refusals } = await inspectFile(definition, pieces(content));
  return refusals[0]?.rule;
}

async function errorsOf(definition: FeedDefinition, content: string): Promise<string> {
  let text = "";
  for await (const piece of errorsCsv(definition, pieces(content))) text += piece;
  return text;
}

/** What JSON.parse would say of the same text, numbers aside. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe("JSON", () => {
  it.each([JSON_FEED, LINES_FEED])(
    "a record that says one name twice, nested and with a dot, is a refused row among others",
    async (feed) => {
      const twice = JSON.stringify({ ...ROW, "site.name": "Faro", site: { name: "Porto" } });
      const content = feed === JSON_FEED ? `[${JSON.stringify(ROW)},${twice}]` : `${JSON.stringify(ROW)}\n${twice}\n`;
      const { rows } = await readWholeFile(feed, pieces(content));
      expect(rows.map(({ row, problems }) => (row === null ? problems.map(({ rule }) => rule) : "row"))).toEqual([
        "row",
        ["duplicate-name"],
      ]);
    },
  );

  it("is read as every JSON reader reads it", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat({ max: 3 }), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(plain(parseJson(spaced))).toEqual(JSON.parse(spaced));
      }),
      { numRuns: 40 },
    );
  });

  it("gives the same records wherever the text is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (values, size) => {
        const text = JSON.stringify({ meta: { a: [1] }, data: { rows: values }, after: "x" }, null, 1);
        const records = createJsonRecords({ rows: "data.rows" });
        const found: JsonRecord[] = [];
        for (let at = 0; at < text.length; at += size) found.push(...records.push(text.slice(at, at + size)));
        found.push(...records.end());
        expect(found.map((record) => ("value" in record ? plain(record.value) : record.fault))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("keeps the digits of a number, and a name like __proto__", () => {
    const value = parseJson('{"__proto__": 12345678901234567890.10, "n": 1e400}');
    expect(value).toEqual(
      new Map([
        ["__proto__", new JsonNumber("12345678901234567890.10")],
        ["n", new JsonNumber("1e400")],
      ]),
    );
  });

  it("is refused beyond 64 levels and 100,000 values", () => {
    expect(() => parseJson("[".repeat(64) + "]".repeat(64))).not.toThrow();
    expect(() => parseJson("[".repeat(65) + "]".repeat(65))).toThrow(JsonFault);
    expect(() => parseJson(`[${"1,".repeat(100_000)}1]`)).toThrow("more than 100000 values");
  });
});

describe("a feed of JSON", () => {
  it.each([
    ["a list of objects", buildIntervalFeed({ format: { type: "json" } }), JSON.stringify([ROW, ROW])],
    [
      "a list under a name",
      buildIntervalFeed({ format: { type: "json", rows: "data.rows" } }),
      JSON.stringify({ n: 2, data: { rows: [ROW, ROW] } }),
    ],
    ["an object a line", LINES_FEED, `${JSON.stringify(ROW)}\r\n${JSON.stringify(ROW)}`],
  ])("of %s gives the same rows as the same table as text", async (_name, definition, content) => {
    const [expected] = await rowsOf(buildIntervalFeed(), TEXT);
    expect(await rowsOf(definition, content, 7)).toEqual([expected, expected]);
  });

  it("of one object is one row; UTF-16 with its mark is read", async () => {
    const expected = await rowsOf(buildIntervalFeed(), TEXT);
    expect(await rowsOf(JSON_FEED, JSON.stringify(ROW))).toEqual(expected);
    expect(await rowsOf(JSON_FEED, Buffer.from(`\ufeff${JSON.stringify([ROW])}`, "utf16le"))).toEqual(expected);
  });

  it("reads null and an absent name as blank, and says which names it did not read or no record had", async () => {
    const { abandoned: _, ...without } = ROW;
    const { rows, noted } = await readWholeFile(
      JSON_FEED,
      pieces(
        JSON.stringify([
          { ...without, rate: null },
          { ...without, late: 1 },
        ]),
      ),
    );
    expect(rows.map(({ row, problems }) => [row === null, problems])).toEqual([
      [false, []],
      [false, []],
    ]);
    expect(noted.map(({ rule, message }) => [rule, /"(?:late|abandoned)"/u.exec(message)?.[0]])).toEqual([
      ["unknown-columns", '"late"'],
      ["absent-columns", '"abandoned"'],
    ]);
  });

  it("refuses a record whose name stands twice, and goes on with the next", async () => {
    const twice = `[${JSON.stringify(ROW)}, {"queue": "sales", "queue": "other"}, ${JSON.stringify(ROW)}]`;
    const { rows } = await readWholeFile(JSON_FEED, pieces(twice));
    expect(rows.map(({ line, row, problems }) => [line, row === null, problems[0]?.rule])).toEqual([
      [1, false, undefined],
      [2, true, "duplicate-name"],
      [3, false, undefined],
    ]);
  });

  it.each([
    ["is cut off", JSON_FEED, JSON.stringify([ROW]).slice(0, -1), "broken-json"],
    ["has a comma too many", JSON_FEED, `[${JSON.stringify(ROW)},]`, "broken-json"],
    ["has text behind its end", JSON_FEED, `${JSON.stringify([ROW])}x`, "broken-json"],
    ["has no such list", buildIntervalFeed({ format: { type: "json", rows: "rows" } }), JSON.stringify({ data: [ROW] }), "missing-rows"],
    ["has an empty list", JSON_FEED, "[]", "no-rows"],
    ["is empty", JSON_FEED, "", "no-rows"],
    ["has a record that never ends", JSON_FEED, `[{"a": "${"x".repeat(1_000_001)}`, "record-too-long"],
    ["has a line that never ends", LINES_FEED, "x".repeat(1_000_001), "record-too-long"],
    ["is a workbook", JSON_FEED, "PK\u0003\u0004", "broken-archive"],
  ])("that %s is refused whole", async (_what, definition, content, rule) => {
    expect(await ruleOf(definition, content)).toBe(rule);
  });
});

describe("lines of JSON", () => {
  const good = JSON.stringify(ROW);
  const FILE = [`{"queue": broken`, good, "", "[1]", `${good}x`, good.replace("10", '"ten"')].join("\n");

  it("that are broken are refused rows under their own line, and the others are read", async () => {
    const { rows, refused } = await readWholeFile(LINES_FEED, pieces(FILE, 11));
    expect(refused).toEqual([]);
    expect(rows.map(({ line, row, problems }) => [line, row === null, problems[0]?.rule])).toEqual([
      [1, true, "broken-json"],
      [2, false, undefined],
      [4, true, "not-an-object"],
      [5, true, "broken-json"],
      [6, true, "not-a-number"],
    ]);
  });

  it("come back as errors.csv with their own names, which is read when it is mended", async () => {
    const errors = await errorsOf(LINES_FEED, FILE);
    expect(errors.split("\r\n")[0]).toBe(`\ufeff${INTERVAL_HEADER},error_line,error_column,error_code,error_message,error_remedy`);
    const mended = errors
      .split("\r\n")
      .filter((line) => !/broken-json|not-an-object/u.test(line))
      .join("\r\n")
      .replace(",ten,", ",10,");
    expect(await rowsOf(LINES_FEED, mended)).toEqual(await rowsOf(buildIntervalFeed(), TEXT));
    expect(await rowsOf(buildIntervalFeed({ format: { type: "xlsx" } }), mended)).toHaveLength(1);
  });

  it("all broken are all refused, and the file is not", async () => {
    const { rows, refused } = await readWholeFile(LINES_FEED, pieces("a\nb\n"));
    expect([refused, rows.map(({ line, row }) => [line, row])]).toEqual([
      [],
      [
        [1, null],
        [2, null],
      ],
    ]);
  });
});
