import { describe, expect, it } from "vitest";
import { createZone } from "../../../../shared/calendar/zone.ts";

const berlin = createZone("Europe/Berlin");
const shown = (ranges: readonly { fromMs: number; toMs: number }[]): string[] =>
  ranges.map(({ fromMs, toMs }) => [fromMs, toMs].map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString()).join(" to "));

const WEEK = [
  { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "12:00" },
  { days: ["mon", "tue"], from: "13:00", to: "18:00" },
] as const;
const NIGHT = [{ days: ["sun"], from: "00:00", to: "04:00" }] as const;

describe("service hours", () => {
  it("several blocks of a day are several ranges", () => {
    expect(shown(berlin.openRanges(WEEK, [], "2026-06-01"))).toEqual([
      "2026-06-01T06:00:00Z to 2026-06-01T10:00:00Z",
      "2026-06-01T11:00:00Z to 2026-06-01T16:00:00Z",
    ]);
  });

  it("a weekday without a block is closed", () => expect(berlin.openRanges(WEEK, [], "2026-06-06")).toEqual([]));

  it("a holiday is closed, whatever the hours", () => {
    expect(berlin.openRanges("always", ["2026-06-01"], "2026-06-01")).toEqual([]);
  });

  it("always is the whole day, of 23 hours too", () => {
    expect(berlin.openRanges("always", [], "2026-03-29")).toEqual([berlin.dayRange("2026-03-29")]);
  });

  it("a night with the spring jump is an hour shorter", () => {
    expect(shown(berlin.openRanges(NIGHT, [], "2026-03-29"))).toEqual(["2026-03-28T23:00:00Z to 2026-03-29T02:00:00Z"]);
  });

  it("a night in which the clock is set back is an hour longer", () => {
    expect(shown(berlin.openRanges(NIGHT, [], "2026-10-25"))).toEqual(["2026-10-24T22:00:00Z to 2026-10-25T03:00:00Z"]);
  });

  it("24:00 is the end of the day and blocks that touch become one", () => {
    const hours = [
      { days: ["mon"], from: "12:00", to: "24:00" },
      { days: ["mon"], from: "00:00", to: "12:00" },
    ] as const;
    expect(berlin.openRanges(hours, [], "2026-06-01")).toEqual([berlin.dayRange("2026-06-01")]);
  });

  it.each([
    ["18:00", "08:00"],
    ["08:00", "08:00"],
    ["08:00", "24:30"],
    ["8:00", "12:00"],
  ])("a block from %s to %s is a mistake", (from, to) => {
    expect(() => berlin.openRanges([{ days: ["mon"], from, to }], [], "2026-06-01")).toThrow(RangeError);
  });
});
