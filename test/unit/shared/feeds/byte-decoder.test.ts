import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteDecoder, type Decoded } from "../../../../shared/feeds/byte-decoder.ts";
import { firstInvalidUtf8 } from "../../../../shared/feeds/utf8.ts";

function decode(pieces: readonly Uint8Array[], declared: "utf-8" | "windows-1252" = "utf-8"): Decoded {
  const decoder = createByteDecoder(declared);
  let text = "";
  for (const piece of pieces) {
    const part = decoder.push(piece);
    text += part.text;
    if (part.problem !== null) return { text, problem: part.problem };
  }
  const last = decoder.end();
  return { text: text + last.text, problem: last.problem };
}

const bytes = (...list: (number | string)[]): Uint8Array =>
  Buffer.concat(list.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
const singly = (whole: Uint8Array): Uint8Array[] => Array.from(whole, (byte) => Uint8Array.of(byte));

function strictText(whole: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(whole);
  } catch {
    return null;
  }
}

describe("decoding a file", () => {
  it("takes off a UTF-8 byte order mark", () => expect(decode([bytes(0xef, 0xbb, 0xbf, "é")])).toEqual({ text: "é", problem: null }));

  it.each(["utf-8", "windows-1252"] as const)("a byte order mark overrules the declared %s", (declared) => {
    expect(decode([bytes(0xff, 0xfe), Buffer.from("aé😀", "utf16le")], declared).text).toBe("aé😀");
    expect(decode([bytes(0xfe, 0xff), Buffer.from("aé", "utf16le").swap16()], declared).text).toBe("aé");
    expect(decode([bytes(0xef, 0xbb, 0xbf, "é")], declared).text).toBe("é");
  });

  it("reads windows-1252 where it is declared", () => expect(decode([bytes("caf", 0xe9, " ", 0x80)], "windows-1252").text).toBe("café €"));

  it.each([
    ["a stray byte", bytes("ok\nab", 0xff, "cd"), "invalid-utf-8", "byte 5 ", "ok\nab"],
    ["an overlong form", bytes("ab", 0xc0, 0xaf), "invalid-utf-8", "byte 2 ", "ab"],
    ["a surrogate", bytes("ab", 0xed, 0xa0, 0x80), "invalid-utf-8", "byte 2 ", "ab"],
    ["a character cut off at the end", bytes("abc", 0xe2, 0x82), "invalid-utf-8", "byte 3 ", "abc"],
    ["a broken byte behind a byte order mark", bytes(0xef, 0xbb, 0xbf, "a", 0x80), "invalid-utf-8", "byte 4 ", "a"],
    ["a zero byte", bytes("abcd", 0, "e"), "binary", "byte 4 ", "abcd"],
    ["UTF-16 without its mark", Buffer.from("abcd", "utf16le"), "binary", "byte 1 ", "a"],
    ["a zip archive", bytes("PK", 3, 4, "xl"), "binary", "Excel", ""],
    ["a gzip archive", bytes(0x1f, 0x8b, 8, 0), "binary", "gzip", ""],
    ["UTF-32", bytes(0xff, 0xfe, 0, 0, "a", 0, 0, 0), "binary", "UTF-32", ""],
    ["half a UTF-16 character", bytes(0xff, 0xfe, "a", 0, "b"), "invalid-utf-16", "character 1 ", "a"],
  ])("%s is refused, and the place is named", (_, whole, rule, words, before) => {
    for (const pieces of [[whole], singly(whole)]) {
      const { text, problem } = decode(pieces);
      expect({ text, rule: problem?.rule }).toEqual({ text: before, rule });
      expect(problem?.message).toContain(words);
    }
  });

  it("gives the same text and the same problem wherever the bytes are cut", () => {
    const piece = fc.oneof(
      fc.constantFrom(0x61, 0x0a, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xed, 0xa0),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), fc.constantFrom("utf-8", "windows-1252"), (list, declared) => {
        const whole = Uint8Array.from(list);
        expect(decode(singly(whole), declared)).toEqual(decode([whole], declared));
      }),
      { numRuns: 1000 },
    );
  });

  it("finds invalid UTF-8 exactly where the standard decoder refuses", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (whole) => {
        const at = firstInvalidUtf8(whole);
        expect(at < 0).toBe(strictText(whole) !== null);
        if (at >= 0) expect(strictText(whole.subarray(0, at))).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});
