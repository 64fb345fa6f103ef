import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  intervalPlace,
  intervalStart,
  intervalStartOf,
  packInterval,
  unpackInterval,
  utcDay,
  utcDaysOf,
} from "../../../../shared/facts/interval.ts";
import type { Claim, Layout } from "../../../../shared/feeds/canonical.ts";
import { packFact } from "../../../../shared/facts/msgpack.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe("where an interval is stored", () => {
  it.each([
    ["1970-01-01T00:00:00Z", "19700101", "0"],
    ["1969-12-31T23:45:00Z", "19691231", "1425"],
    ["2000-02-29T12:30:00Z", "20000229", "750"],
    ["2100-03-01T00:00:00Z", "21000301", "0"],
    ["2026-03-29T01:00:00Z", "20260329", "60"],
    ["2199-12-31T23:59:00Z", "21991231", "1439"],
  ])("%s lies in day %s at minute %s", (instant, day, field) => {
    expect(intervalPlace(Date.parse(instant))).toEqual({ day, field });
    expect(intervalStartOf({ day, field })).toBe(Date.parse(instant));
  });

  it("is found again from its place, on any minute of four centuries", () => {
    const minutes = fc.integer({
      min: Date.parse("1800-01-01T00:00:00Z") / MINUTE_MS,
      max: Date.parse("2200-01-01T00:00:00Z") / MINUTE_MS,
    });
    fc.assert(
      fc.property(minutes, (minute) => {
        const startMs = minute * MINUTE_MS;
        const place = intervalPlace(startMs);
        expect(intervalStartOf(place)).toBe(startMs);
        expect(place.day).toBe(new Date(startMs).toISOString().slice(0, 10).replaceAll("-", ""));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("days of UTC have no changed clocks: every quarter of an hour around both changes of 2026 is a place of its own", () => {
    const from = Date.parse("2026-03-28T00:00:00Z");
    const places = Array.from({ length: 3 * 96 }, (_, i) => intervalPlace(from + i * 15 * MINUTE_MS)).map(
      ({ day, field }) => `${day}.${field}`,
    );
    expect(new Set(places).size).toBe(3 * 96);
  });

  it("an instant lies in the interval that starts at or before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -DAY_MS, max: 50 * 365 * DAY_MS }), fc.constantFrom(5, 15, 30, 60), (ms, length) => {
        const start = intervalStart(ms, length * MINUTE_MS);
        expect(start).toBeLessThanOrEqual(ms);
        expect(ms - start).toBeLessThan(length * MINUTE_MS);
        expect(intervalStart(start, length * MINUTE_MS)).toBe(start);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it("a range touches each of its UTC days once and none beyond its end", () => {
    const at = (iso: string): number => Date.parse(iso);
    expect(utcDaysOf(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"))).toEqual(["20260328", "20260329"]);
    expect(utcDaysOf(at("2026-03-28T00:00:00Z"), at("2026-03-29T00:00:00Z"))).toEqual(["20260328"]);
    expect(utcDaysOf(at("2026-03-28T00:00:00Z"), at("2026-03-28T00:00:00Z"))).toEqual([]);
    expect(utcDay(at("2026-12-31T23:59:59.999Z"))).toBe("20261231");
  });
});

describe("packed intervals", () => {
  const count = fc.oneof(fc.constant(null), fc.nat(1_000_000_000));
  const claim = fc.oneof(fc.constant(null), fc.record<Claim>({ mantissa: fc.nat(100_000), dp: fc.nat(6) }));
  const layout: Layout = { counters: ["offered", "answered", "abandoned"], claims: ["service-level", "asa"] };

  it("read back as they were packed, missing counts and claims included", () => {
    fc.assert(
      fc.property(fc.tuple(count, count, count), fc.tuple(claim, claim), fc.nat(), (counters, claims, revision) => {
        const startMs = 900_000;
        expect(unpackInterval(packInterval(revision, counters, claims), startMs, layout)).toEqual({ revision, startMs, counters, claims });
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("read with a longer layout lack what was not there when they were written", () => {
    const longer: Layout = { counters: ["offered", "answered", "abandoned", "flowed-out"], claims: [] };
    expect(unpackInterval(packInterval(1, [5, 4, 1], []), 0, longer).counters).toEqual([5, 4, 1, null]);
  });

  it("take two bytes less for a time in whole seconds, and read as before when an earlier release stored it in full", () => {
    const times = [3_800_000, 3_800_001, 0];
    const former = packFact(1, times);
    expect(unpackInterval(former, 0, layout).counters).toEqual(times);
    expect(unpackInterval(packInterval(1, times, []), 0, layout).counters).toEqual(times);
    expect(packInterval(1, times, []).length).toBe(former.length - 2);
  });

  it("12 counters of a busy quarter of an hour take at most 64 bytes, so that a day stays a listpack", () => {
    const counters = [400, 380, 20, 300, 10, 5, 6_000_000, 300_000, 70_000_000, 2_000_000, 9_000_000, 0];
    expect(packInterval(70_000, counters, []).length).toBeLessThanOrEqual(64);
  });
});
