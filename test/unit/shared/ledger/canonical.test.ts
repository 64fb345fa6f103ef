import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBytes, canonicalText } from "../../../../shared/ledger/canonical.ts";

describe("canonical JSON (RFC 8785)", () => {
  /** Section 3.2.3 of the RFC: keys are sorted by their UTF-16 code units, so the surrogates of U+1F600 stand before U+FB33. */
  it("sorts keys as the RFC's own example does", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\u{1f600}": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    const order = Object.keys(JSON.parse(canonicalText(value))).filter((key) => key !== "1");
    expect(order).toEqual(["\r", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"]);
    expect(canonicalText(value).startsWith('{"\\r":"Carriage Return","1":"One",')).toBe(true);
  });

  /** Section 3.2.2.2: only what must be escaped is, in its shortest form. */
  it("escapes what the RFC escapes and nothing else", () => {
    expect(canonicalText('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonicalText("\b\t\n\f\r\u0000\u001f\u007f\u2028")).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028"');
  });

  it.each([
    [null, "null"],
    [true, "true"],
    [0, "0"],
    [-0, "0"],
    [-1, "-1"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [[], "[]"],
    [{}, "{}"],
    [{ b: [1, { d: null, c: "x" }], a: false }, '{"a":false,"b":[1,{"c":"x","d":null}]}'],
  ])("%j is %s", (value, text) => {
    expect(canonicalText(value)).toBe(text);
  });

  it.each([0.5, NaN, Infinity, 2 ** 53, -(2 ** 53), 1e21])("%d has no place in it: two programs may print it differently", (value) => {
    expect(() => canonicalText({ value })).toThrow(RangeError);
  });

  it("a lone surrogate is refused, in a value and in a key", () => {
    expect(() => canonicalText("\ud83d")).toThrow(RangeError);
    expect(() => canonicalText({ "\udc00": 1 })).toThrow(RangeError);
  });

  it("is the same for equal values, whatever the order in which they were built", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "grapheme" }), fc.oneof(fc.maxSafeInteger(), fc.string({ unit: "grapheme" }))),
        (value) => {
          const turned = Object.fromEntries(Object.entries(value).toReversed());
          expect(canonicalText(turned)).toBe(canonicalText(value));
          expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it("is UTF-8", () => {
    expect(Buffer.from(canonicalBytes("€😀")).toString("hex")).toBe("22e282acf09f988022");
  });
});
