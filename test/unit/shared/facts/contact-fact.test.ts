import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactFactOf, packContactFact, unpackContactFact } from "../../../../shared/facts/contact-fact.ts";
import { packFact } from "../../../../shared/facts/msgpack.ts";
import { anyContactFact, buildContact } from "../../../support/contacts.ts";

describe("contact facts", () => {
  it("read back as they were packed", () => {
    fc.assert(
      fc.property(anyContactFact, (fact) => {
        expect(unpackContactFact(packContactFact(fact))).toEqual(fact);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it("a missing time stays missing and zero stays zero", () => {
    const fact = contactFactOf(buildContact({ waitMs: 0, handleMs: null, talkMs: 0, csat: 3 }), 4);
    expect(unpackContactFact(packContactFact(fact))).toMatchObject({ waitMs: 0, handleMs: null, talkMs: 0, holdMs: null, csat: 3 });
  });

  it("a millisecond is kept, at the border of a second too", () => {
    for (const waitMs of [1, 999, 1000, 1001, 19_999, 20_000, 20_001]) {
      expect(unpackContactFact(packContactFact(contactFactOf(buildContact({ waitMs }), 1))).waitMs).toBe(waitMs);
    }
  });

  it("a bank call takes at most 24 bytes", () => {
    const call = buildContact({ queue: "PS", startMs: Date.parse("1999-01-31T21:59:59Z"), waitMs: 3_599_000, handleMs: 3_599_000 });
    expect(packContactFact(contactFactOf(call, 60_000)).length).toBeLessThanOrEqual(24);
  });

  it("a contact with every time to the millisecond takes at most 64 bytes", () => {
    const times = { waitMs: 59_999, handleMs: 3_599_999, talkMs: 3_500_001, holdMs: 99_001, acwMs: 12_345 };
    const call = buildContact({
      queue: "BasicQueue",
      startMs: Date.parse("2026-11-20T10:11:12.345Z"),
      csat: 5,
      version: Date.parse("2026-11-20T10:15:12.345Z"),
      ...times,
    });
    expect(packContactFact(contactFactOf(call, 7)).length).toBeLessThanOrEqual(64);
  });

  it("the source's own version is the revision, else the receipt's number", () => {
    expect(contactFactOf(buildContact({ version: 99 }), 7).revision).toBe(99);
    expect(contactFactOf(buildContact({ version: null }), 7).revision).toBe(7);
  });

  it.each([
    ["no queue", [1, 2, 0]],
    ["no start", ["main", null, 0]],
    ["an outcome that nobody knows", ["main", 1, 6]],
    ["nothing", []],
  ])("bytes with %s are none", (_, items) => {
    expect(() => unpackContactFact(packFact(1, items))).toThrow(RangeError);
  });
});
