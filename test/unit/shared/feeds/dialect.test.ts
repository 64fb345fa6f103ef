import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { errorsCsv } from "../../../../shared/feeds/errors-csv.ts";
import {
  buildContactFeed,
  buildIntervalFeed,
  CONTACT_HEADER,
  INTERVAL_HEADER,
  pieces,
  readWholeFile,
} from "../../../support/sample-feeds.ts";

const ROW = "sales,2026-06-01,9:00,10,9,1,8,900,90%";
const GOOD = `${INTERVAL_HEADER}\n${ROW}\n`;

async function read(definition: FeedDefinition, content: string) {
  const { rows, refused, noted } = await readWholeFile(definition, pieces(content, 7));
  return { good: rows.filter(({ row }) => row !== null).length, lines: rows.map(({ line }) => line), rows, refused, noted };
}

async function refusalOf(content: string, overrides: Record<string, unknown> = {}) {
  const { refused } = await read(buildIntervalFeed(overrides), content);
  return { rule: refused[0]?.rule, message: refused[0]?.message };
}

describe("names of columns", () => {
  it.each([
    ["in another case", "OFFERED"],
    ["with runs of spaces, where the definition has one", "Calls  offered"],
    ["in full-width letters", "ｏｆｆｅｒｅｄ"],
    ["composed another way", "re\u0301pondus"],
  ])("%s are the same", async (_, name) => {
    const column = name === "re\u0301pondus" ? "r\u00e9pondus" : name === "Calls  offered" ? "calls offered" : "offered";
    const definition = buildIntervalFeed({ counters: { offered: { column } }, claims: {} });
    expect(await read(definition, GOOD.replace("offered", name))).toMatchObject({ good: 1, refused: [] });
  });

  it("letter by letter comes first: another case beside it is another column", async () => {
    const { good, noted } = await read(buildIntervalFeed(), GOOD.replace("rate", "rate,OFFERED").replace("90%", "90%,5"));
    expect(good).toBe(1);
    expect(noted.map(({ message }) => message)).toEqual([expect.stringContaining('"OFFERED"')]);
  });

  it("which two columns fit, and none exactly, are refused", async () => {
    const content = GOOD.replace("offered", "OFFERED").replace("rate", "rate,Offered").replace("90%", "90%,5");
    expect(await refusalOf(content)).toMatchObject({ rule: "duplicate-columns" });
  });

  it.each([
    ["a Cyrillic letter", "\u043effered", 'character 1 is U+043E, a Cyrillic character that looks like "o"'],
    ["a Greek letter", "\u039fFFERED", 'character 1 is U+039F, a Greek character that looks like "O"'],
    ["a space without width", "off\u200bered", "character 4 is U+200B, which cannot be seen"],
    ["a mark of direction", "offered\u202e", "character 8 is U+202E, which cannot be seen"],
  ])("with %s are refused by name of the character", async (_, name, said) => {
    const alone = await refusalOf(GOOD.replace("offered", name));
    expect(alone.rule).toBe("look-alike-column");
    expect(alone.message).toContain(said);
    const beside = await refusalOf(GOOD.replace("rate", `rate,${name}`).replace("90%", "90%,5"));
    expect(beside.rule).toBe("look-alike-column");
  });

  it("that stand twice are told apart by their number", async () => {
    const definition = buildIntervalFeed({ counters: { offered: { column: "calls#1" }, answered: { column: "calls#2" } }, claims: {} });
    const { rows } = await read(definition, "queue,day,time,calls,calls\nsales,2026-06-01,9:00,10,9\n");
    expect(rows[0]?.row).toMatchObject({ counters: [10, 9] });
    expect(await refusalOf("queue,day,time,calls\nsales,2026-06-01,9:00,10\n")).toMatchObject({ rule: "missing-columns" });
  });

  const aliases = { aliases: { offered: ["calls in", "inbound"] } };

  it("may change, if the definition knows the others", async () => {
    const definition = buildIntervalFeed(aliases);
    for (const name of ["offered", "calls in", "Inbound"])
      expect(await read(definition, GOOD.replace("offered", name))).toMatchObject({ good: 1, refused: [], noted: [] });
  });

  it("both in one file are refused", async () => {
    const content = GOOD.replace("rate", "rate,inbound").replace("90%", "90%,5");
    expect(await refusalOf(content, aliases)).toEqual({
      rule: "both-names",
      message: 'The file has "offered", "inbound", which are names of one column',
    });
  });

  it("no text but the name itself, in any case or composition, is read as the column", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }), async (name) => {
        const { good } = await read(
          buildIntervalFeed(),
          GOOD.replace("offered", () => `"${name.replaceAll('"', '""')}"`),
        );
        expect(good > 0).toBe(name.normalize("NFKC").trim().toLowerCase() === "offered");
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});

describe("lines around the rows", () => {
  const titled = `Report of June;;\n\n"Made by ""ACD"""\n${GOOD}`;

  it("above the column names are left out where the definition says which line has the names", async () => {
    const definition = buildIntervalFeed({ format: { type: "delimited", delimiter: "comma", headerLine: 4 } });
    expect(await read(definition, titled)).toMatchObject({ good: 1, lines: [5], refused: [] });
  });

  it("above the column names are refused by naming the line that has them", async () => {
    expect(await refusalOf(titled)).toEqual({
      rule: "header-below",
      message: "Line 1 does not have the column names; line 4 does",
    });
  });

  it("may be without names, if the definition has them", async () => {
    const definition = buildIntervalFeed({ format: { type: "delimited", delimiter: "comma", columns: INTERVAL_HEADER.split(",") } });
    expect(await read(definition, `\n${ROW}\n${ROW.replace("9:00", "9:15")}\n`)).toMatchObject({ good: 2, lines: [2, 3], refused: [] });
  });

  const skip = [{ column: "queue", text: ["Total", "Sum"] }, { column: "queue", begins: "Printed" }, { after: "blank-line" }];

  it("that are totals or footers are left out, counted and noted; the others keep their numbers", async () => {
    const total = "Total,,,10,9,1,8,900,90%";
    const content = `${GOOD}${total}\n${ROW.replace("9:00", "9:15")}\nPrinted on Monday\n\nlegend,a,b\n${ROW}\n`;
    const { good, lines, refused, noted } = await read(buildIntervalFeed({ skip }), content);
    expect({ good, lines, refused }).toEqual({ good: 2, lines: [2, 4], refused: [] });
    expect(noted.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'rows-skipped: 1 row was left out because "queue" is "Total" or "Sum"',
      'rows-skipped: 1 row was left out because "queue" begins with "Printed"',
      "rows-skipped: 2 rows were left out because they stand behind a blank line",
    ]);
  });

  it("that are all left out refuse the file", async () => {
    expect(await refusalOf(`${INTERVAL_HEADER}\nTotal,,,10,9,1,8,900,90%\n`, { skip })).toMatchObject({ rule: "no-rows" });
  });

  it("never hide what a rule does not name", async () => {
    const { rows } = await read(buildIntervalFeed({ skip }), `${GOOD}total,,,10,9,1,8,900,90%\n`);
    expect(rows.map(({ problems }) => problems.length > 0)).toEqual([false, true]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a header far down", { format: { type: "delimited", delimiter: "comma", headerLine: 4 } }, titled.replace(",10,", ",x,")],
    [
      "no header",
      { format: { type: "delimited", delimiter: "comma", columns: INTERVAL_HEADER.split(",") } },
      `${ROW.replace(",10,", ",x,")}\n`,
    ],
  ])("of a file with %s do not come back in errors.csv, which is read again when mended", async (_, overrides, content) => {
    const definition = buildIntervalFeed(overrides);
    let text = "";
    for await (const piece of errorsCsv(definition, pieces(content))) text += piece;
    expect(await read(definition, text.replace(",x,", ",10,"))).toMatchObject({ good: 1, refused: [] });
  });
});

describe("delimiters", () => {
  it.each(["^", "\u001f", "~", "=", "\u0001", ":", "\u00a6"])("may be %j", async (delimiter) => {
    const definition = buildIntervalFeed({
      format: { type: "delimited", delimiter },
      start: { date: { column: "day", format: "yyyy-mm-dd" }, time: { column: "time", format: "hhmm" } },
    });
    const content = GOOD.replace("9:00", "900").replaceAll(",", delimiter);
    expect(await read(definition, content)).toMatchObject({ good: 1, refused: [] });
  });

  it.each(["a", "5", '"', "\n", "\r", " ", "||", "", "\ufeff", "\ud83d"])("may not be %j", (delimiter) => {
    expect(() => buildIntervalFeed({ format: { type: "delimited", delimiter } })).toThrow("one character that is no letter");
  });

  it("may have spaces around them", async () => {
    expect(await read(buildIntervalFeed(), GOOD.replaceAll(",", " , "))).toMatchObject({ good: 1, refused: [] });
  });
});

describe("names of queues", () => {
  const queue = { column: "queue", known: ["Verkauf", "Gesch\u00e4ft"], renamed: { Sales: "Verkauf" } };
  const queueOf = async (name: string, overrides: Record<string, unknown> = {}) => {
    const { rows } = await read(buildIntervalFeed({ queue: { ...queue, ...overrides } }), GOOD.replace("sales", name));
    return rows[0]?.row?.queue ?? rows[0]?.problems[0]?.rule;
  };

  it.each([
    ["their own", "Verkauf", "Verkauf"],
    ["their former one", " Sales ", "Verkauf"],
    ["composed another way", "Gescha\u0308ft", "Gesch\u00e4ft"],
    ["unknown", "Support", "unknown-queue"],
    ["drawn alike", "Verk\u0430uf", "look-alike-queue"],
    ["with something that cannot be seen", "Ver\u00adkauf", "look-alike-queue"],
    ["blank", "", "missing-value"],
  ])("that are %s", async (_, name, queueOrRule) => expect(await queueOf(name)).toBe(queueOrRule));

  it("that are drawn alike are refused even where unknown ones are kept", async () =>
    expect(await queueOf("Verk\u0430uf", { unknown: "keep-with-warning" })).toBe("look-alike-queue"));

  it.each([
    ["where none are listed", { known: [], renamed: {} }],
    ["where unknown ones are kept", { unknown: "keep-with-warning" }],
    ["where the definition spells them the other way", { known: ["Cafe\u0301"], renamed: {} }],
  ])("that are composed in two ways are one, %s", async (_, overrides) => {
    const definition = FeedDefinition.parse(buildIntervalFeed({ queue: { ...queue, ...overrides } }));
    const both = await Promise.all(["Caf\u00e9", "Cafe\u0301"].map((name) => read(definition, GOOD.replace("sales", name))));
    expect(both.map(({ rows }) => rows[0]?.row?.queue)).toEqual(["Caf\u00e9", "Caf\u00e9"]);
  });

  it("that are blank may have a name of their own", async () => expect(await queueOf("", { blank: "(none)" })).toBe("(none)"));
});

describe("outcomes and handle times of contacts", () => {
  const outcome = [
    { when: { how: { cell: "absent" } }, is: "abandoned" },
    { when: { how: { cell: "present" } }, is: "answered" },
  ];
  const rowOf = async (row: string, overrides: Record<string, unknown> = {}) =>
    (await read(buildContactFeed({ outcome, ...overrides }), `${CONTACT_HEADER},t,a\n${row}\n`)).rows[0];

  it("may depend on whether there is a value at all", async () => {
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,0,5,0:01:00,,,"))?.row).toMatchObject({ outcome: "answered" });
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,,5,,,,"))?.row).toMatchObject({ outcome: "abandoned" });
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,-,5,,,,", { missing: ["-"] }))?.row).toMatchObject({ outcome: "abandoned" });
  });

  const durations = { talk: { column: "t", unit: "s" }, acw: { column: "a", unit: "s" }, handle: { sum: ["talk", "acw"] } };

  it("may be the sum of their parts, and is missing where one of them is", async () => {
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,x,,,,30,12", { durations }))?.row).toMatchObject({ handleMs: 42_000 });
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,,,,,30,", { durations }))?.row).toMatchObject({ handleMs: null });
    expect((await rowOf("1,2026-06-01T09:00:00Z,q,x,,,,30,", { durations }))?.problems).toMatchObject([
      { column: "a", rule: "missing-value" },
    ]);
  });
});

describe("what a dialect cannot mean", () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      "a line of names in a file without",
      { format: { type: "delimited", delimiter: "comma", headerLine: 2, columns: ["a"] } },
      "does not have",
    ],
    ["other names of a column that is not read", { aliases: { nothing: ["a"] } }, "is no column that the definition reads"],
    ["one name for two columns", { aliases: { offered: ["x"], answered: ["x"] } }, "already"],
    ["a former name that is known", { queue: { column: "queue", known: ["a", "b"], renamed: { a: "b" } } }, "is a known queue"],
    ["a new name that is unknown", { queue: { column: "queue", known: ["a"], renamed: { b: "c" } } }, "is not among the known queues"],
  ])("%s is refused", (_, overrides, message) => expect(() => buildIntervalFeed(overrides)).toThrow(message));

  it("a sum of a time that is not read is refused", () =>
    expect(() => buildContactFeed({ durations: { talk: { column: "wait", unit: "s" }, handle: { sum: ["talk", "acw"] } } })).toThrow(
      "needs acw",
    ));
});
