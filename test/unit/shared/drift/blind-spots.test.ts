import { describe, expect, it } from "vitest";
import { blindSpots, type SightedAgreement, type SightedTarget } from "../../../../shared/drift/blind-spots.ts";
import type { MetricId } from "../../../../shared/metrics/measure.ts";

function target(metric: MetricId, some: Partial<SightedTarget> = {}): SightedTarget {
  return { id: metric, name: metric, metric, bySurvey: false, feed: "calls", lacks: null, latest: "2026-09-20", ...some };
}

function spotsOf(targets: readonly SightedTarget[], some: Partial<SightedAgreement> = {}): string[] {
  const feeds = [{ id: "calls", name: "Calls", hasDelivered: true }];
  return blindSpots({ targets, feeds, isCalibrated: false, today: "2026-09-21", ...some }).map(({ id }) => id);
}

const QA = target("qa-score");

describe("blind spots", () => {
  it("are none where every figure has days and its companion", () => {
    const whole = (["service-level", "abandonment", "tail-share", "aht", "repeat-contact", "qa-score", "calibration", "csat"] as const).map(
      (metric) => target(metric, { bySurvey: metric === "csat" }),
    );
    expect(spotsOf([...whole, target("response-rate"), target("attrition"), target("tenure-mix")])).toEqual([]);
  });

  it("name what shows the price of a figure and is not agreed", () => {
    expect(spotsOf([QA])).toEqual(["without.calibration"]);
    expect(spotsOf([QA], { isCalibrated: true })).toEqual([]);
    const plain = [QA, target("calibration")];
    expect(spotsOf([...plain, target("csat", { bySurvey: true })])).toEqual(["without.response-rate"]);
    expect(spotsOf([...plain, target("aht")])).toEqual(["without.repeats"]);
    expect(spotsOf([...plain, target("aht"), target("fcr")])).toEqual([]);
    expect(spotsOf([...plain, target("service-level")])).toEqual(["without.abandonment", "without.tail"]);
    expect(spotsOf([...plain, target("service-level"), target("abandonment")])).toEqual(["without.tail"]);
    expect(spotsOf([...plain, target("attrition")])).toEqual(["without.tenure"]);
    expect(spotsOf([target("abandonment")])).toEqual(["without.qa"]);
  });

  it("name a feed that never came with what has no figure for it, and none of these twice", () => {
    const never = [{ id: "calls", name: "Calls", hasDelivered: false }];
    expect(spotsOf([target("abandonment", { latest: null })], { feeds: never })).toEqual(["feed.calls", "without.qa"]);
    const [spot] = blindSpots({
      targets: [target("abandonment", { latest: null })],
      feeds: never,
      isCalibrated: false,
      today: "2026-09-21",
    });
    expect(spot?.sentence).toBe('"Calls" is agreed as a feed and has never been handed in. abandonment has no figure without it.');
  });

  it("name targets that can never be measured, that have no day, or none for six weeks; nobody's look is no gap", () => {
    const spots = (some: Partial<SightedTarget>): string[] => spotsOf([QA, target("calibration"), target("abandonment", some)]);
    expect(spots({ lacks: "the feed has no count of abandoned contacts" })).toEqual(["target.abandonment"]);
    expect(spots({ latest: null })).toEqual(["target.abandonment"]);
    expect(spots({ latest: "2026-08-06" })).toEqual(["target.abandonment"]);
    expect(spots({ latest: "2026-08-07" })).toEqual([]);
    const unseen: SightedTarget = { id: "a", name: "a", metric: "abandonment", bySurvey: false, feed: "calls", lacks: null };
    expect(spotsOf([QA, target("calibration"), unseen])).toEqual([]);
  });

  it("each say what to ask the provider for", () => {
    const all = blindSpots({ targets: [target("aht"), target("service-level")], feeds: [], isCalibrated: false, today: "2026-09-21" });
    expect(all.map(({ kind }) => kind)).toEqual(["alone", "alone", "alone", "alone"]);
    expect(all.every(({ ask, sentence }) => ask.endsWith(".") && sentence.endsWith("."))).toBe(true);
  });
});
