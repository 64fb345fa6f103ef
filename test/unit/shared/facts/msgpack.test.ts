import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Packed, Packer, packFact, unpackFact } from "../../../../shared/facts/msgpack.ts";

const revision = fc.maxSafeNat();
const text = fc.string({ unit: "grapheme", maxLength: 120 }).filter((value) => value.isWellFormed());
const item = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -200, max: 70_000 }), fc.constant(null), text);
const items = fc.array(item, { maxLength: 40 });

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** What follows the revision 0 and the header of a list of one. */
function encoded(value: Packed): string {
  return hex(packFact(0, [value])).slice(4);
}

describe("packed facts", () => {
  it("read back as they were written", () => {
    fc.assert(
      fc.property(revision, items, (number, list) => {
        expect(unpackFact(packFact(number, list))).toEqual({ revision: number, items: list });
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("are equal bytes exactly where they are equal facts", () => {
    fc.assert(
      fc.property(revision, items, items, (number, a, b) => {
        const sameItems = a.length === b.length && a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
        expect(hex(packFact(number, a)) === hex(packFact(number, b))).toBe(sameItems);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  /** Borders of the formats in the MessagePack specification: the shortest one that holds the value. */
  it.each([
    [0, "00"],
    [127, "7f"],
    [128, "cc80"],
    [255, "ccff"],
    [256, "cd0100"],
    [65_535, "cdffff"],
    [65_536, "ce00010000"],
    [4_294_967_295, "ceffffffff"],
    [4_294_967_296, "cf0000000100000000"],
    [Number.MAX_SAFE_INTEGER, "cf001fffffffffffff"],
    [-1, "ff"],
    [-32, "e0"],
    [-33, "d0df"],
    [-128, "d080"],
    [-129, "d1ff7f"],
    [-32_768, "d18000"],
    [-32_769, "d2ffff7fff"],
    [-2_147_483_648, "d280000000"],
    [-2_147_483_649, "d3ffffffff7fffffff"],
    [Number.MIN_SAFE_INTEGER, "d3ffe0000000000001"],
    [null, "c0"],
    ["", "a0"],
    ["é", "a2c3a9"],
    ["a".repeat(31), `bf${"61".repeat(31)}`],
    ["a".repeat(32), `d920${"61".repeat(32)}`],
    ["a".repeat(255), `d9ff${"61".repeat(255)}`],
    ["a".repeat(256), `da0100${"61".repeat(256)}`],
  ] as const)("%j has its shortest form", (value, expected) => {
    expect(encoded(value)).toBe(expected);
    expect(unpackFact(packFact(0, [value])).items).toEqual([value]);
  });

  it.each([
    [15, "9f"],
    [16, "dc0010"],
  ])("a list of %i items has the header %s", (length, header) => {
    expect(
      hex(
        packFact(
          0,
          Array.from({ length }, () => 0),
        ),
      ),
    ).toBe(`00${header}${"00".repeat(length)}`);
  });

  it("are refused when they end too early, wherever they are cut", () => {
    fc.assert(
      fc.property(revision, items, fc.nat(), (number, list, cut) => {
        const bytes = packFact(number, list);
        expect(() => unpackFact(bytes.subarray(0, cut % bytes.length))).toThrow(RangeError);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it.each(["a161", "0001", "0091c1", "009180", "0091cb3ff0000000000000"])("0x%s is none", (bytes) => {
    expect(() => unpackFact(Buffer.from(bytes, "hex"))).toThrow(RangeError);
  });

  it("lie in one growing buffer as they lie alone", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ revision, items }), { maxLength: 30 }), fc.nat(20), (facts, capacity) => {
        const packer = new Packer(capacity);
        for (const fact of facts) packer.fact(fact.revision, fact.items);
        expect(hex(packer.take())).toBe(facts.map((fact) => hex(packFact(fact.revision, fact.items))).join(""));
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});
