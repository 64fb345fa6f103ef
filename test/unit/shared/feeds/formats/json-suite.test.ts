import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createByteDecoder } from "../../../../../shared/feeds/byte-decoder.ts";
import { JsonFault } from "../../../../../shared/feeds/formats/json-fault.ts";
import { parseJson } from "../../../../../shared/feeds/formats/json-parser.ts";
import { createJsonRecords } from "../../../../../shared/feeds/formats/json-records.ts";
import { RefusedFile } from "../../../../../shared/feeds/refused-file.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../../support/real-data.ts";

const FOLDER = realDataFile("bad-input/JSONTestSuite/test_parsing");
const NAMES = HAS_REAL_DATA ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : [];

/** What the standard leaves open: numbers are kept as text, so none is too large; text must be Unicode; nesting ends at 64. */
const DECIDED: Readonly<Record<string, string>> = {
  "i_number_double_huge_neg_exp.json": "accepted",
  "i_number_huge_exp.json": "accepted",
  "i_number_neg_int_huge_exp.json": "accepted",
  "i_number_pos_double_huge_exp.json": "accepted",
  "i_number_real_neg_overflow.json": "accepted",
  "i_number_real_pos_overflow.json": "accepted",
  "i_number_real_underflow.json": "accepted",
  "i_number_too_big_neg_int.json": "accepted",
  "i_number_too_big_pos_int.json": "accepted",
  "i_number_very_big_negative_int.json": "accepted",
  "i_object_key_lone_2nd_surrogate.json": "lone-surrogate",
  "i_string_1st_surrogate_but_2nd_missing.json": "lone-surrogate",
  "i_string_1st_valid_surrogate_2nd_invalid.json": "lone-surrogate",
  "i_string_UTF-16LE_with_BOM.json": "accepted",
  "i_string_UTF-8_invalid_sequence.json": "invalid-utf-8",
  "i_string_UTF8_surrogate_U+D800.json": "invalid-utf-8",
  "i_string_incomplete_surrogate_and_escape_valid.json": "lone-surrogate",
  "i_string_incomplete_surrogate_pair.json": "lone-surrogate",
  "i_string_incomplete_surrogates_escape_valid.json": "lone-surrogate",
  "i_string_invalid_lonely_surrogate.json": "lone-surrogate",
  "i_string_invalid_surrogate.json": "lone-surrogate",
  "i_string_invalid_utf-8.json": "invalid-utf-8",
  "i_string_inverted_surrogates_U+1D11E.json": "lone-surrogate",
  "i_string_iso_latin_1.json": "invalid-utf-8",
  "i_string_lone_second_surrogate.json": "lone-surrogate",
  "i_string_lone_utf8_continuation_byte.json": "invalid-utf-8",
  "i_string_not_in_unicode_range.json": "invalid-utf-8",
  "i_string_overlong_sequence_2_bytes.json": "invalid-utf-8",
  "i_string_overlong_sequence_6_bytes.json": "invalid-utf-8",
  "i_string_overlong_sequence_6_bytes_null.json": "invalid-utf-8",
  "i_string_truncated-utf-8.json": "invalid-utf-8",
  "i_string_utf16BE_no_BOM.json": "binary",
  "i_string_utf16LE_no_BOM.json": "binary",
  "i_structure_500_nested_arrays.json": "too-deep",
  "i_structure_UTF-8_BOM_empty_object.json": "accepted",
};

/** Well-formed, and still no row: which of the two values counts cannot be told. */
const TWICE: ReadonlySet<string> = new Set(["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]);

function textOf(name: string): { text: string; rule: string | null } {
  const decoder = createByteDecoder("utf-8");
  const first = decoder.push(readFileSync(`${FOLDER}/${name}`));
  if (first.problem !== null) return { text: "", rule: first.problem.rule };
  const last = decoder.end();
  return { text: first.text + last.text, rule: last.problem?.rule ?? null };
}

function verdict(name: string): string {
  const { text, rule } = textOf(name);
  if (rule !== null) return rule;
  try {
    parseJson(text);
    return "accepted";
  } catch (thrown) {
    if (thrown instanceof JsonFault) return thrown.fault.rule;
    throw thrown;
  }
}

/** Reads the text as a file of rows, character by character. */
function streamed(text: string): string {
  const records = createJsonRecords({});
  try {
    const found = text.split("").flatMap((letter) => records.push(letter));
    found.push(...records.end());
    const faults = found.flatMap((record) => ("fault" in record ? [record.fault.rule] : []));
    return faults[0] ?? (text.trim() === "" ? "empty" : "accepted");
  } catch (thrown) {
    if (thrown instanceof RefusedFile) return thrown.problem.rule;
    throw thrown;
  }
}

describe.skipIf(!HAS_REAL_DATA)("JSONTestSuite", () => {
  it("has 95 texts that are JSON, all read; 2 of them are refused as rows because a name stands twice", () => {
    const must = NAMES.filter((name) => name.startsWith("y_"));
    expect(must).toHaveLength(95);
    for (const name of must) expect([name, verdict(name)]).toEqual([name, TWICE.has(name) ? "duplicate-name" : "accepted"]);
  });

  it("has 188 texts that are no JSON, all refused", () => {
    const never = NAMES.filter((name) => name.startsWith("n_"));
    expect(never).toHaveLength(188);
    expect(never.filter((name) => verdict(name) === "accepted")).toEqual([]);
  });

  it("has 35 texts that the standard leaves open, each decided", () => {
    const open = NAMES.filter((name) => name.startsWith("i_"));
    expect(Object.fromEntries(open.map((name) => [name, verdict(name)]))).toEqual(DECIDED);
  });

  it("is judged alike as one text and as a file of rows cut after every character", () => {
    const texts = NAMES.map((name) => ({ name, ...textOf(name) })).filter(({ rule, text }) => rule === null && text.length < 10_000);
    expect(texts.length).toBeGreaterThan(280);
    for (const { name, text } of texts) {
      const whole = verdict(name);
      expect([name, streamed(text)]).toEqual([name, text.trim() === "" ? "empty" : whole]);
    }
  });
});
