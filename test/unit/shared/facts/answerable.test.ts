import { describe, expect, it } from "vitest";
import { answersFor } from "../../../../shared/facts/answerable.ts";
import { BASE_COUNTERS, type CounterId } from "../../../../shared/metrics/counter.ts";
import { countersOf, formulasOf } from "../../../../shared/metrics/formula.ts";
import { SERVICE_LEVEL_VARIANTS } from "../../../../shared/metrics/measure.ts";
import { contactFeed, intervalFeed } from "../../../support/target-case.ts";

/** Every outcome, with wait and handle time. */
const calls = contactFeed();
/** What contacts alone can tell: outcomes and times of each, never a workforce, a survey sent or a backlog. */
const OF_CONTACTS: readonly CounterId[] = [
  "offered",
  "answered",
  "abandoned",
  "flowed-out",
  "missed",
  "answer-wait-ms",
  "abandon-wait-ms",
  "handle-ms",
  "queued",
];

describe("what a feed of contacts answers for", () => {
  it("are the outcomes and times that it names, and nothing else", () => {
    expect(BASE_COUNTERS.filter((id) => answersFor(calls, id))).toEqual(OF_CONTACTS);
    const full = contactFeed({
      durations: {
        wait: { column: "wait", unit: "s" },
        handle: { column: "handle", unit: "s" },
        talk: { column: "talk", unit: "s" },
        hold: { column: "hold", unit: "s" },
        acw: { column: "acw", unit: "s" },
      },
      csat: { column: "score" },
    });
    const more = ["talk-ms", "hold-ms", "acw-ms", "csat-1", "csat-2", "csat-3", "csat-4", "csat-5"];
    expect(BASE_COUNTERS.filter((id) => answersFor(full, id)).toSorted()).toEqual([...OF_CONTACTS, ...more].toSorted());
  });

  it.each<[CounterId, boolean]>([
    ["answered-within-20000", true],
    ["waited-over-60000", true],
    ["longest-wait-ms", false],
    ["repeats-7d", false],
    ["handled-tenure-under-90d", false],
    ["qa-points-earned-v3", false],
  ])("%s: %s", (id, answers) => {
    expect(answersFor(calls, id)).toBe(answers);
  });

  it("waits beyond a limit need the wait, and both ways in which it ends", () => {
    expect(answersFor(contactFeed({ durations: {} }), "waited-over-60000")).toBe(false);
    expect(answersFor(contactFeed({ outcome: [{ when: {}, is: "answered" }] }), "waited-over-60000")).toBe(false);
  });

  it("is every variant of a service level, and the tail share", () => {
    const measures = SERVICE_LEVEL_VARIANTS.map(
      (variant) => ({ metric: "service-level", variant, withinSeconds: 20, shortAbandonSeconds: 5 }) as const,
    );
    const lacking = [...measures, { metric: "tail-share", overSeconds: 60 } as const]
      .flatMap((measure) => countersOf(formulasOf(measure)[0]))
      .filter((id) => !answersFor(calls, id));
    expect(lacking).toEqual([]);
  });
});

describe("what a feed of counts answers for", () => {
  it("are its columns, whatever they count", () => {
    const feed = intervalFeed(["repeats-7d", "repeat-base-7d", "adherent-ms", "longest-wait-ms"]);
    expect((["repeats-7d", "repeat-base-7d", "adherent-ms", "longest-wait-ms"] as const).every((id) => answersFor(feed, id))).toBe(true);
    expect(answersFor(feed, "repeats-30d")).toBe(false);
    expect(answersFor(feed, "scheduled-ms")).toBe(false);
  });
});
