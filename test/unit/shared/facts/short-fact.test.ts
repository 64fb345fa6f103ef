import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_FACTS, contactFactOf } from "../../../../shared/facts/contact-fact.ts";
import { packFact } from "../../../../shared/facts/msgpack.ts";
import { lengthen, Shortener, Words } from "../../../../shared/facts/short-fact.ts";
import { anyContactFact, buildContact } from "../../../support/contacts.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** A pseudonym for each number. */
function agent(number: number): string {
  const digits = number.toString(32).padStart(9, "0");
  return `q${Array.from(digits, (digit) => LETTERS[Number.parseInt(digit, 32)] ?? "").join("")}`;
}

const CALL = buildContact({ queue: "cards", startMs: Date.parse("2026-03-02T09:00:07Z"), agent: agent(7) });

const item = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.constantFrom(2 ** 32, 2 ** 48 - 1, 2 ** 48, -(2 ** 47), -(2 ** 48), -(2 ** 48) - 1, 2 ** 50 - 1),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const anyFact = fc.oneof(
  anyContactFact.map((fact) => CONTACT_FACTS.pack(fact)),
  fc.tuple(fc.maxSafeInteger(), fc.array(item, { maxLength: 20 })).map(([revision, items]) => packFact(revision, items)),
);

describe("a stored fact", () => {
  it("reads as it was packed, whatever it holds and whichever words were there before", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyFact, { maxLength: 6 }), { maxLength: 4 }), (steps) => {
        let words = new Words();
        const stored: Uint8Array[] = [];
        for (const facts of steps) {
          const shortener = new Shortener(words);
          stored.push(...facts.map((fact) => shortener.shorten(fact)));
          words = new Words(Uint8Array.of(...words.stored, ...shortener.added));
        }
        expect(stored.map((bytes) => Array.from(lengthen(bytes, words)))).toEqual(steps.flat().map((bytes) => Array.from(bytes)));
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it("that a former release stored as packed reads as itself", () => {
    fc.assert(
      fc.property(anyFact, (packed) => {
        expect(lengthen(packed, new Words())).toBe(packed);
      }),
      { numRuns: 200, seed: 13 },
    );
  });

  it("of a call with an agent takes 13 bytes instead of 26, to the millisecond and under the source's version 21 instead of 38", () => {
    const lengths = (row: typeof CALL): number[] => {
      const packed = CONTACT_FACTS.pack(contactFactOf(row, 3));
      return [packed.length, new Shortener(new Words()).shorten(packed).length];
    };
    expect(lengths(CALL)).toEqual([26, 13]);
    expect(lengths({ ...CALL, startMs: CALL.startMs + 1, version: CALL.startMs + 90_007 })).toEqual([38, 21]);
  });

  it("names the same queue or agent by the same number, and a feed's list of them ends at 8,192", () => {
    const shortener = new Shortener(new Words());
    const packed = Array.from({ length: 10_000 }, (_, i) => CONTACT_FACTS.pack(contactFactOf({ ...CALL, agent: agent(i) }, 1)));
    const stored = packed.map((fact) => shortener.shorten(fact));
    expect([stored[0]?.length, stored[100]?.length, stored[8000]?.length, stored[9000]?.length]).toEqual([13, 14, 15, 21]);
    const words = new Words(shortener.added);
    expect(words.count).toBe(8192);
    expect(stored.every((bytes, i) => Buffer.compare(lengthen(bytes, words), packed[i] ?? Buffer.alloc(0)) === 0)).toBe(true);
  });

  it("that names a word which is not there is none, nor are bytes that nobody packs", () => {
    const stored = new Shortener(new Words()).shorten(CONTACT_FACTS.pack(contactFactOf(CALL, 1)));
    expect(() => lengthen(stored, new Words())).toThrow(RangeError);
    expect(() => lengthen(Uint8Array.of(1, 0x91, 0xc9), new Words())).toThrow(RangeError);
  });
});
