import { beforeAll, describe, expect, it } from "vitest";
import { readColumn, readScores } from "../../../support/value-table.ts";

const timed = (unit: string) => ({ counters: { "handle-ms": { column: "value", required: false, unit } } });
const ratio = (unit: string) => ({ claims: { "answer-rate": { column: "value", unit } } });

/** Each kind of column, in the order of the words in the table. */
const KINDS = {
  count: (texts: readonly string[]) => readColumn({ counters: { offered: { column: "value", required: false } } }, texts),
  seconds: (texts: readonly string[]) => readColumn(timed("s"), texts),
  clock: (texts: readonly string[]) => readColumn(timed("h:mm:ss"), texts),
  auto: (texts: readonly string[]) => readColumn(timed("auto"), texts),
  percent: (texts: readonly string[]) => readColumn(ratio("percent"), texts),
  fraction: (texts: readonly string[]) => readColumn(ratio("fraction"), texts),
  "percent-or-fraction": (texts: readonly string[]) => readColumn(ratio("percent-or-fraction"), texts),
  points: (texts: readonly string[]) => readColumn({ claims: { nps: { column: "value", unit: "points" } } }, texts),
  score: (texts: readonly string[]) => readScores(texts),
};

/** What people and programs write where a number belongs, and what becomes of it: a value behind "=", "missing", or the rule that refuses the row. */
const TABLE: readonly (readonly [text: string, decided: string])[] = [
  ["", "missing missing missing missing missing missing missing missing missing"],
  [" ", "missing missing missing missing missing missing missing missing missing"],
  ["null", "not-a-number not-a-number not-a-duration not-a-duration not-a-number not-a-number not-a-number points-off-scale not-a-number"],
  ["NaN", "not-finite not-finite not-a-duration not-a-duration not-finite not-finite not-finite points-off-scale not-finite"],
  ["Infinity", "not-finite not-finite not-a-duration not-a-duration not-finite not-finite not-finite points-off-scale not-finite"],
  ["-0", "negative negative negative negative negative negative negative =0/10^0 negative"],
  ["-1", "negative negative negative negative negative negative negative =-1/10^0 negative"],
  ["+5", "plus-sign plus-sign not-a-duration not-a-duration plus-sign plus-sign plus-sign points-off-scale plus-sign"],
  ["(5)", "negative negative not-a-duration not-a-duration negative negative negative points-off-scale negative"],
  ["1e400", "exponent exponent not-a-duration not-a-duration exponent exponent exponent points-off-scale exponent"],
  ["1e-400", "exponent exponent not-a-duration not-a-duration exponent exponent exponent points-off-scale exponent"],
  ["0x10", "other-base other-base not-a-duration not-a-duration other-base other-base other-base points-off-scale other-base"],
  [
    "1_000",
    "digit-grouping digit-grouping not-a-duration not-a-duration digit-grouping digit-grouping digit-grouping points-off-scale digit-grouping",
  ],
  [
    "1,234",
    "comma-in-number comma-in-number not-a-duration not-a-duration comma-in-number comma-in-number comma-in-number points-off-scale comma-in-number",
  ],
  [
    "1.234,5",
    "comma-in-number comma-in-number not-a-duration not-a-duration comma-in-number comma-in-number comma-in-number points-off-scale comma-in-number",
  ],
  [
    "1 234",
    "digit-grouping digit-grouping not-a-duration not-a-duration digit-grouping digit-grouping digit-grouping points-off-scale digit-grouping",
  ],
  [
    "1'234",
    "digit-grouping digit-grouping not-a-duration not-a-duration digit-grouping digit-grouping digit-grouping points-off-scale digit-grouping",
  ],
  [
    "1.234.567",
    "digit-grouping digit-grouping not-a-duration not-a-duration digit-grouping digit-grouping digit-grouping points-off-scale digit-grouping",
  ],
  ["12", "=12 =12000 not-a-duration ambiguous-duration =12/10^2 ratio-above-one =12/10^2 =12/10^0 score-off-scale"],
  ["12.0", "=12 =12000 not-a-duration ambiguous-duration =120/10^3 ratio-above-one =120/10^3 =120/10^1 score-off-scale"],
  [
    "12.000",
    "ambiguous-number =12000 not-a-duration ambiguous-duration =12000/10^5 ratio-above-one =12000/10^5 =12000/10^3 ambiguous-number",
  ],
  ["12.5", "not-whole =12500 not-a-duration ambiguous-duration =125/10^3 ratio-above-one =125/10^3 =125/10^1 not-whole"],
  ["0.94", "not-whole =940 not-a-duration ambiguous-duration =94/10^4 =94/10^2 =94/10^2 =94/10^2 not-whole"],
  [
    "94.01%",
    "unit-in-number unit-in-number not-a-duration not-a-duration =9401/10^4 unit-in-number =9401/10^4 points-off-scale unit-in-number",
  ],
  [
    "94,01 %",
    "unit-in-number unit-in-number not-a-duration not-a-duration comma-in-number unit-in-number comma-in-number points-off-scale unit-in-number",
  ],
  ["1", "=1 =1000 not-a-duration ambiguous-duration =1/10^2 =1/10^0 ambiguous-ratio =1/10^0 =1"],
  [
    "101 %",
    "unit-in-number unit-in-number not-a-duration not-a-duration ratio-above-one unit-in-number ratio-above-one points-off-scale unit-in-number",
  ],
  [
    "١٢",
    "foreign-digits foreign-digits not-a-duration not-a-duration foreign-digits foreign-digits foreign-digits points-off-scale foreign-digits",
  ],
  ["½", "not-a-number not-a-number not-a-duration not-a-duration not-a-number not-a-number not-a-number points-off-scale not-a-number"],
  ["9007199254740993", "too-large too-large not-a-duration not-a-duration too-large too-large too-large points-off-scale too-large"],
  ["00:05:30", "not-a-number not-a-duration =330000 =330000 not-a-number not-a-number not-a-number points-off-scale not-a-number"],
  [
    "5:30",
    "not-a-number not-a-duration not-a-duration ambiguous-duration not-a-number not-a-number not-a-number points-off-scale not-a-number",
  ],
  ["−00:01", "negative negative negative negative negative negative negative points-off-scale negative"],
  ["5m30s", "not-a-number not-a-number not-a-duration =330000 not-a-number not-a-number not-a-number points-off-scale not-a-number"],
  [
    "12 s",
    "unit-in-number unit-in-number not-a-duration =12000 unit-in-number unit-in-number unit-in-number points-off-scale unit-in-number",
  ],
  ["PT5M30S", "not-a-number not-a-number not-a-duration =330000 not-a-number not-a-number not-a-number points-off-scale not-a-number"],
  [
    "#N/A",
    "spreadsheet-error spreadsheet-error spreadsheet-error spreadsheet-error spreadsheet-error spreadsheet-error spreadsheet-error points-off-scale spreadsheet-error",
  ],
  [
    "twelve",
    "not-a-number not-a-number not-a-duration not-a-duration not-a-number not-a-number not-a-number points-off-scale not-a-number",
  ],
  [
    "9".repeat(60_000),
    "not-a-number not-a-number not-a-duration not-a-duration not-a-number not-a-number not-a-number points-off-scale not-a-number",
  ],
];

describe("what becomes of each writing of a number, in each kind of column", () => {
  const texts = TABLE.map(([text]) => text);
  const found = new Map<string, readonly string[]>();
  beforeAll(async () => {
    for (const [kind, read] of Object.entries(KINDS)) found.set(kind, await read(texts));
  });

  it.each(TABLE.map(([text, decided], at) => [text.slice(0, 20), at, decided] as const))("%j", (_, at, decided) => {
    expect(Object.keys(KINDS).map((kind) => found.get(kind)?.[at])).toEqual(decided.split(" "));
  });
});

describe("numbers written as in other countries", () => {
  const texts = ["12,5", "1.234,5", "1.234", "1234", "12.5", "1.23", "0.123", "1.2345", "1.234.567", "1,2,3", "-5,0"];
  const counts = ["1.234", "12,0", "12,000", "1.2", "1 234", "0.123"];

  it("a comma parts decimals and a point thousands where the definition says so, and nowhere else", async () => {
    const german = { decimal: "comma", thousands: "point" };
    expect(await readColumn(timed("s"), texts, german)).toEqual([
      "=12500",
      "=1234500",
      "=1234000",
      "=1234000",
      ...Array.from({ length: 4 }, () => "other-number-style"),
      "=1234567000",
      "other-number-style",
      "negative",
    ]);
    expect(await readColumn(KIND_COUNT, counts, german)).toEqual([
      "=1234",
      "=12",
      "ambiguous-number",
      "other-number-style",
      "digit-grouping",
      "other-number-style",
    ]);
  });

  it("a decimal comma without a mark for thousands leaves no reading for a point", async () => {
    expect(await readColumn(timed("s"), ["12,5", "12.5", "1.234,5"], { decimal: "comma" })).toEqual([
      "=12500",
      "other-number-style",
      "other-number-style",
    ]);
  });

  it("either mark may part decimals, but three digits behind it may as well be thousands", async () => {
    expect(await readColumn(timed("s"), ["12,5", "12.5", "1,234", "1.234", "0,234", "0.234", "1234,567"], { decimal: "either" })).toEqual([
      "=12500",
      "=12500",
      "ambiguous-number",
      "ambiguous-number",
      "=234",
      "=234",
      "=1234567",
    ]);
  });

  it.each([
    ["space", ["1 234", "1\u00a0234", "1\u202f234"]],
    ["apostrophe", ["1'234", "1\u2019234"]],
    ["comma", ["1,234"]],
  ])("a %s parts thousands", async (thousands, grouped) => {
    expect(await readColumn(KIND_COUNT, grouped, { thousands })).toEqual(grouped.map(() => "=1234"));
    expect(
      await readColumn(
        KIND_COUNT,
        grouped.map((text) => `${text}5`),
        { thousands },
      ),
    ).toEqual(grouped.map(() => "other-number-style"));
  });

  it.each([
    ["94.01%", "=9401/10^4"],
    ["94,01 %", "=9401/10^4"],
    ["0.94", "=94/10^2"],
    ["0,94", "=94/10^2"],
    ["94,01", "=9401/10^4"],
    ["1", "ambiguous-ratio"],
    ["1,0", "ambiguous-ratio"],
    ["1%", "=1/10^2"],
    ["100 %", "=100/10^2"],
    ["0", "=0/10^0"],
    ["100,5", "ratio-above-one"],
  ])("one column of ratios mixes percent and fraction: %s", async (text, decided) => {
    expect(await readColumn(ratio("percent-or-fraction"), [text], { decimal: "either" })).toEqual([decided]);
  });
});

const KIND_COUNT = { counters: { offered: { column: "value", required: false } } };
