import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColdDay, layMonth, openMonth } from "../../../../shared/facts/cold-month.ts";
import { packInterval } from "../../../../shared/facts/interval.ts";
import { packFact } from "../../../../shared/facts/msgpack.ts";

const counter = fc.oneof(
  fc.nat(100),
  fc.nat(5000).map((s) => s * 1000),
  fc.maxSafeNat(),
  fc.maxSafeInteger(),
  fc.constant(null),
);
const interval = fc
  .record({ revision: fc.oneof(fc.nat(9), fc.maxSafeNat()), items: fc.array(counter, { maxLength: 20 }) })
  .map(({ revision, items }) => packInterval(revision, items, []));
const strange = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string().map((text) => packFact(1, [text, 2])),
  // Not the shortest form, which a packed fact always has.
  fc.constant(Uint8Array.of(0xcc, 0x01, 0x91, 0x05)),
  // No text.
  fc.constant(Uint8Array.of(0x01, 0x91, 0xa1, 0xff)),
);
function month(value: fc.Arbitrary<Uint8Array>): fc.Arbitrary<ColdDay[]> {
  const fields = fc.uniqueArray(fc.record({ field: fc.nat(1439).map(String), value }), { maxLength: 12, selector: ({ field }) => field });
  return fc.uniqueArray(fc.record({ day: fc.integer({ min: 20240101, max: 20240131 }).map(String), fields }), {
    maxLength: 6,
    selector: ({ day }) => day,
  });
}

function expectReadBack(days: readonly ColdDay[]): void {
  const opened = openMonth(layMonth(days));
  expect(opened.days).toEqual(days.map(({ day }) => day));
  for (const { day, fields } of days) {
    const sorted = fields.toSorted((a, b) => Number(a.field) - Number(b.field));
    expect(opened.fieldsOf(day).map(({ field, value }) => [field, [...value]])).toEqual(
      sorted.map(({ field, value }) => [field, [...value]]),
    );
  }
}

describe("a laid-out month", () => {
  it("gives every interval back byte for byte, of any counters", () => {
    fc.assert(fc.property(month(interval), expectReadBack), { numRuns: 300, seed: 1 });
  });

  it("gives back what is no packed interval as well", () => {
    fc.assert(fc.property(month(fc.oneof(interval, strange)), expectReadBack), { numRuns: 300, seed: 2 });
  });

  it("has nothing on a day that it does not have", () => {
    expect(openMonth(layMonth([])).fieldsOf("20240101")).toEqual([]);
  });

  it("refuses a field that is not a minute", () => {
    expect(() => layMonth([{ day: "20240101", fields: [{ field: "07", value: Uint8Array.of(1) }] }])).toThrow("not a minute");
  });

  it("refuses bytes that end too early", () => {
    const bytes = layMonth([{ day: "20240101", fields: [{ field: "15", value: packInterval(1, [1, 2, 3], []) }] }]);
    for (let length = 0; length < bytes.length - 1; length++) expect(() => openMonth(bytes.subarray(0, length))).toThrow(RangeError);
  });
});
