import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DELIMITER_NAMES, DELIMITERS } from "../../../../shared/feeds/delimiter.ts";
import { createRecordSplitter } from "../../../../shared/feeds/record-splitter.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { buildContactFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const FOLDER = "bad-input/csv-torture-rvl/tests/fixtures/corpus";

interface Fixture {
  readonly file: string;
  readonly expected: string;
  readonly delimiter: string;
}

/** The author's table. `|` as a delimiter breaks its own cell in two. */
function fixtures(): Fixture[] {
  return readFileSync(realDataFile(`${FOLDER}/README.md`), "utf8")
    .split("\n")
    .flatMap((line) => {
      const match = /^\| `([^`]+\.csv)` \| \w+ \| `?(\w+)`? \| `?(.*?)`? \| /u.exec(line);
      return match === null
        ? []
        : [{ file: match[1] ?? "", expected: match[2] ?? "", delimiter: (match[3] ?? "").replace("\\t", "\t").replace(/^$/u, "|") }];
    });
}

/** Where we decide differently than the corpus: our rule, and why. */
const OURS: Readonly<Record<string, readonly [rule: string, why: string]>> = {
  "header_only.csv": ["no-rows", "a file without rows is a mistake, not news"],
  "only_header.csv": ["no-rows", "a file without rows is a mistake, not news"],
  "utf16le_bom.csv": ["empty-file", "the mark of UTF-16 is understood, nothing follows it"],
  "encoding_utf16le.csv": ["invalid-utf-16", "the mark of UTF-16 stands before single bytes"],
  "backslash_escape.csv": ["broken-quote", "a backslash is a plain character"],
  "ragged_rows_short.csv": ["too-few-cells", "a short row may be the end of a file cut off"],
};

const list = HAS_REAL_DATA ? fixtures() : [];
const declarable = new Set<string>(Object.values(DELIMITERS));

/** A feed that reads every column that the file has, as names. */
async function outcomeOf({ file, delimiter }: Fixture): Promise<string> {
  const bytes = readFileSync(realDataFile(`${FOLDER}/${file}`));
  const name = DELIMITER_NAMES.find((candidate) => DELIMITERS[candidate] === delimiter) ?? "comma";
  const records = createRecordSplitter(DELIMITERS[name]).push(`${bytes.toString("utf8").replace("\ufeff", "")}\n`);
  const header = records.find((record) => !(record[0] ?? "").startsWith("sep=") && record.some((cell) => cell.trim() !== "")) ?? [];
  const columns = header.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const definition = buildContactFeed({
    format: { type: "delimited", delimiter: name },
    contactId: [columns[0] ?? "none"],
    queue: { constant: "q" },
    start: { instant: { column: columns[0] ?? "none", format: "epoch-s" } },
    outcome: [{ when: {}, is: "answered" }],
    durations: {},
    csat: undefined,
    ignore: columns.slice(1, 30).filter((column) => column !== columns[0]),
  });
  const { rows, refused } = await readWholeFile(definition, pieces(bytes, 3));
  const shape = rows.flatMap(({ problems }) => problems.filter(({ column }) => column === "").map(({ rule }) => rule));
  return refused[0]?.rule ?? shape[0] ?? "read";
}

describe.skipIf(!HAS_REAL_DATA)("real data: the CSV torture corpus", () => {
  it("has more than eighty fixtures with an expected outcome", () => expect(list.length).toBeGreaterThan(80));

  it.each(list.filter(({ expected, delimiter, file }) => expected === "parse_ok" && declarable.has(delimiter) && !(file in OURS)))(
    "$file is read",
    async (fixture) => expect(await outcomeOf(fixture)).toBe("read"),
  );

  it.each(list.filter(({ expected }) => expected === "E_ENCODING" || expected === "E_CSV_PARSE"))("$file is refused", async (fixture) => {
    expect(await outcomeOf(fixture)).not.toBe("read");
  });

  it.each(Object.entries(OURS).map(([file, [rule, why]]) => ({ file, rule, why })))(
    "$file is refused by the rule $rule: $why",
    async ({ file, rule }) => {
      const fixture = list.find((candidate) => candidate.file === file);
      if (fixture === undefined) throw new Error(`${file} is not in the corpus`);
      expect(await outcomeOf(fixture)).toBe(rule);
    },
  );
});
