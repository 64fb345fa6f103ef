import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { answersFor } from "../../../../shared/facts/answerable.ts";
import { exportDefinition } from "../../../../shared/feeds/csv-out-definition.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { CounterId } from "../../../../shared/metrics/counter.ts";
import { exampleFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const EXAMPLES = resolve(import.meta.dirname, "../../../../docs/examples");
const feeds = globSync("**/*-feed.yaml", { cwd: EXAMPLES }).toSorted();

const COUNTERS = [
  "offered",
  "queued",
  "answered",
  "abandoned",
  "flowed-out",
  "missed",
  "blocked",
  "answered-within-20000",
  "abandoned-within-5000",
  "waited-over-60000",
  "answer-wait-ms",
  "abandon-wait-ms",
  "longest-wait-ms",
  "handle-ms",
  "talk-ms",
  "hold-ms",
  "acw-ms",
  "csat-1",
  "nps-promoters",
  "fcr-asked",
  "survey-invited",
  "survey-responses",
  "monitored",
  "without-customer-error",
  "without-business-error",
  "without-compliance-error",
  "non-critical-correct",
  "double-scored",
  "calibration-items",
  "headcount-days",
  "leavers",
  "survived-30d",
  "scheduled-ms",
  "paid-ms",
  "available-ms",
  "forecast-offered",
  "required-ms",
  "backlog-open",
  "backlog-snapshots",
].map((id) => CounterId.parse(id));

function answered(feed: FeedDefinition): string[] {
  return COUNTERS.filter((counter) => answersFor(feed, counter));
}

describe("the definition that reads exported facts again", () => {
  it.each(feeds)("of %s answers for what the original answers for, and for nothing else", (file) => {
    const feed = FeedDefinition.parse(parse(readFileSync(resolve(EXAMPLES, file), "utf8")));
    const again = exportDefinition(feed);
    expect({ id: again.id, kind: again.kind, timeZone: again.timeZone, expected: again.expected }).toEqual({
      id: feed.id,
      kind: feed.kind,
      timeZone: feed.timeZone,
      expected: feed.expected,
    });
    expect(answered(again)).toEqual(answered(feed));
    expect(exportDefinition(again)).toEqual(again);
  });

  it("reads as many points as an evaluation of items may have", async () => {
    const feed = exportDefinition(exampleFeed("qa-feed"));
    const header =
      "record,revision,start,queue,form,earned,possible,customer_error,business_error,compliance_error,calibration_items,calibration_matches,agent,evaluator,auto_fail";
    const row = "00,1,2026-03-02T09:00:00Z,q,sales-2,1500.25,200000,no,no,no,,,,,no";
    const { rows } = await readWholeFile(feed, pieces(`${header},non_critical_correct,non_critical_items\n${row},,\n`));
    expect(rows[0]?.problems).toEqual([]);
    expect(rows[0]?.row).toMatchObject({ earned: 150_025, possible: 20_000_000 });
  });
});
