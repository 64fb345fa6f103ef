import { describe, expect, it } from "vitest";
import { CoveredPeriod } from "../../../../shared/feeds/covered-period.ts";
import type { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { buildDailyFeed, buildIntervalFeed, exampleFeed } from "../../../support/sample-feeds.ts";

const row = (instant: string | null) => ({
  line: 2,
  cells: [],
  problems: [],
  row: instant === null ? null : { startMs: Date.parse(instant) },
});

function covered(feed: FeedDefinition, ...instants: (string | null)[]): CoveredPeriod {
  const period = new CoveredPeriod(feed);
  for (const instant of instants) period.take({ kind: "rows", rows: [row(instant)] });
  return period;
}

describe("the period of which a file says everything", () => {
  const quarters = buildIntervalFeed({ replaces: "period", timeZone: "Europe/Berlin" });

  it("is whole days on the feed's clock, from the first row to the last, in whatever order they stand", () => {
    const { days, notes } = covered(quarters, "2026-03-28T23:00:00Z", "2026-03-26T22:45:00Z", "2026-03-27T12:00:00Z");
    expect(days).toEqual({ from: "2026-03-26", to: "2026-03-29" });
    expect(notes).toEqual([]);
  });

  it("is whole months where rows are months", () => {
    const months = { ...exampleFeed("monthly-feed"), replaces: "period" as const };
    expect(covered(months, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z").days).toEqual({ from: "2026-01-01", to: "2026-02-28" });
  });

  it("is none where the file has no rows, or the feed replaces rows", () => {
    expect([covered(quarters).days, covered(quarters).notes]).toEqual([null, []]);
    const plain = covered(buildDailyFeed({}), "2026-03-28T23:00:00Z");
    expect([plain.days, plain.notes]).toEqual([null, []]);
  });

  it("is none where a row was refused, wherever it may have been, and the receipt says so", () => {
    const { days, notes } = covered(quarters, "2026-03-28T23:00:00Z", null, null);
    expect(days).toBeNull();
    expect(notes.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "nothing-withdrawn: 2 rows were refused, so this file adds and corrects rows, and takes away none that it does not contain",
    ]);
  });

  it("is none where a misread date would replace decades", () => {
    const { days, notes } = covered(quarters, "1926-03-28T12:00:00Z", "2026-03-28T12:00:00Z");
    expect([days, notes.map(({ rule }) => rule)]).toEqual([null, ["nothing-withdrawn"]]);
    expect(notes[0]?.message).toContain("more than 3660 days apart (1926-03-28 to 2026-03-28)");
  });
});
