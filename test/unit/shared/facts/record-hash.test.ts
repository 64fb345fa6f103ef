import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descendants, FACTS_PER_HASH, hashesFor, hashOf, splitsBetween } from "../../../../shared/facts/record-hash.ts";

const NAMES = Array.from({ length: 20_000 }, (_, i) => createHash("sha256").update(`call-${i}`).digest().subarray(0, 12));
const hashes = fc.integer({ min: 1, max: 5000 });

describe("hashes of facts", () => {
  it("divide so that every fact lies where it is looked for, however many hashes come at once", () => {
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        const [before, after] = [Math.min(a, b), Math.max(a, b)];
        const places = NAMES.slice(0, 200).map((name) => hashOf(name, before));
        for (const { from, to, byte, worth } of splitsBetween(before, after))
          NAMES.slice(0, 200).forEach((name, i) => {
            if (places[i] === from && Math.floor((name[byte - 1] ?? 0) / worth) % 2 === 1) places[i] = to;
          });
        expect(places).toEqual(NAMES.slice(0, 200).map((name) => hashOf(name, after)));
      }),
      { numRuns: 60, seed: 14 },
    );
  });

  it("know where their facts went, each exactly once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 300 }), (before, more) => {
        const all = Array.from({ length: before }, (_, hash) => descendants(hash, before, before + more));
        expect(all.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: before + more }, (_, i) => i));
        for (const name of NAMES.slice(0, 50)) expect(all[hashOf(name, before)]).toContain(hashOf(name, before + more));
      }),
      { numRuns: 40, seed: 15 },
    );
  });

  it("follow the volume and never become fewer", () => {
    expect([0, 1, 100, 101, 31_599, 10_000_000].map((facts) => hashesFor(facts, 1))).toEqual([1, 1, 1, 2, 316, 100_000]);
    expect(hashesFor(10, 316)).toBe(316);
  });

  it("hold fewer facts than the 512 up to which Redis keeps a hash compact, at any volume", () => {
    for (const facts of [500, 3000, 6500, 12_000, 20_000]) {
      const count = hashesFor(facts, 1);
      const sizes = Map.groupBy(NAMES.slice(0, facts), (name) => hashOf(name, count));
      expect(Math.max(...[...sizes.values()].map(({ length }) => length))).toBeLessThan(3 * FACTS_PER_HASH);
    }
  });
});
