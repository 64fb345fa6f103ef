import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRecordSplitter } from "../../../../shared/feeds/record-splitter.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { buildContactFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const FOLDER = "bad-input/csv-torture-rvl/tests/fixtures/corpus";
const READ = "read";

/** What the fixture's own notes say the delimiter is, where it is not a comma. */
function delimiterOf(file: string): string {
  if (/^(?:pipe|sep_pipe|utf8_bom_sep_pipe)/u.test(file)) return "|";
  if (/^(?:semicolon|sep_semicolon)/u.test(file)) return ";";
  if (/^(?:tab_|sep_tab)/u.test(file)) return "\t";
  if (/^(?:caret|sep_caret)/u.test(file)) return "^";
  if (file.startsWith("sep_equal")) return "=";
  if (file === "control_byte_header.csv") return "\u0001";
  return file === "delim_0x1f.csv" ? "\u001f" : ",";
}

/** A feed that reads every named column that the file has, as names. */
async function decide(file: string): Promise<string> {
  const bytes = readFileSync(realDataFile(`${FOLDER}/${file}`));
  const delimiter = delimiterOf(file);
  const records = createRecordSplitter(delimiter).push(`${bytes.toString("utf8").replace("\ufeff", "")}\n`);
  const header = records.find((record) => !record.join(delimiter).startsWith("sep=") && record.some((cell) => cell.trim() !== "")) ?? [];
  const columns = header.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const [first = "none"] = columns;
  const definition = buildContactFeed({
    format: { type: "delimited", delimiter },
    contactId: [first],
    queue: { constant: "q" },
    start: { instant: { column: first, format: "epoch-s" } },
    outcome: [{ when: {}, is: "answered" }],
    durations: {},
    csat: undefined,
    ignore: columns.slice(1, 30).filter((column) => column !== first),
  });
  const { rows, refused } = await readWholeFile(definition, pieces(bytes, 3));
  const shape = rows.flatMap(({ problems }) => problems.filter(({ column }) => column === "").map(({ rule }) => rule));
  return refused[0]?.rule ?? shape[0] ?? READ;
}

/** Every file of the corpus that we do not simply read: what we do, and why. `~` marks where its author decided otherwise. */
const DECIDED: Readonly<Record<string, readonly [decision: string, why: string]>> = {
  "ambiguous_delimiter.csv": [READ, "~ nothing is guessed: the definition names the delimiter"],
  "single_column.csv": [READ, "~ a definition may read one column; nothing is guessed from its width"],
  "backslash_escape.csv": ["broken-quote", "~ a backslash is a plain character, as in every spreadsheet"],
  "blank_only.csv": ["empty-file", "no header"],
  "only_blank_lines.csv": ["empty-file", "no header"],
  "empty_file.csv": ["empty-file", "no header"],
  "sep_only.csv": ["empty-file", "no header"],
  "header_only.csv": ["no-rows", "~ a file without rows is a mistake, not news"],
  "only_header.csv": ["no-rows", "~ a file without rows is a mistake, not news"],
  "duplicate_headers.csv": ["duplicate-columns", "which of two columns of one name counts cannot be told"],
  "encoding_nul_first8k.csv": ["binary", "a zero byte"],
  "nul_in_8k.csv": ["binary", "a zero byte"],
  "encoding_utf16le.csv": ["invalid-utf-16", "the mark of UTF-16 stands before single bytes"],
  "encoding_utf32be.csv": ["binary", "UTF-32 is not read"],
  "utf32be_bom.csv": ["binary", "UTF-32 is not read"],
  "utf16le_bom.csv": ["empty-file", "the mark of UTF-16 is understood, nothing follows it"],
  "extra_fields_non_empty.csv": ["too-many-cells", "the row is refused, not the file"],
  "extra_trailing_nonempty.csv": ["too-many-cells", "the row is refused, not the file"],
  "wide_row_extra_non_empty.csv": ["too-many-cells", "the row is refused, not the file"],
  "invalid_quote.csv": ["broken-quote", "the row is refused, not the file"],
  "unterminated_quote.csv": ["unterminated-quote", "what follows cannot be told from the cell"],
  "ragged_rows_short.csv": ["too-few-cells", "~ a short row may be the end of a file that was cut off"],
};

const FILES = HAS_REAL_DATA ? readdirSync(realDataFile(FOLDER)).filter((file) => file.endsWith(".csv")) : [];

describe.skipIf(!HAS_REAL_DATA)("real data: the CSV torture corpus", () => {
  it("has eighty-nine files, all that are decided among them", () => {
    expect(FILES).toHaveLength(89);
    expect(FILES).toEqual(expect.arrayContaining(Object.keys(DECIDED)));
  });

  it.each(FILES.map((file) => ({ file, decision: DECIDED[file]?.[0] ?? READ, why: DECIDED[file]?.[1] ?? "every cell is told apart" })))(
    "$file: $decision, because $why",
    async ({ file, decision }) => expect(await decide(file)).toBe(decision),
  );
});

/** The records of a file as objects, as the corpus states them. */
function objectsOf(text: string): unknown {
  const splitter = createRecordSplitter(",");
  const [header = [], ...records] = [...splitter.push(text), ...splitter.end()];
  return records.map((record) => Object.fromEntries(header.map((name, at) => [name, record[at]])));
}

const SPECTRUM = "bad-input/csv-spectrum";
const CASES = HAS_REAL_DATA ? readdirSync(realDataFile(`${SPECTRUM}/csvs`)).map((file) => file.replace(".csv", "")) : [];

describe.skipIf(!HAS_REAL_DATA)("real data: the CSV spectrum", () => {
  it("has eleven files", () => expect(CASES).toHaveLength(11));

  it.each(CASES)("%s gives the very cells that its author expects", (name) => {
    const text = readFileSync(realDataFile(`${SPECTRUM}/csvs/${name}.csv`), "utf8");
    const expected: unknown = JSON.parse(readFileSync(realDataFile(`${SPECTRUM}/json/${name}.json`), "utf8"));
    expect(objectsOf(text)).toEqual(expected);
  });
});
