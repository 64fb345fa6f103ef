import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { formatFigure } from "../../../../shared/metrics/format.ts";
import { engineOf, rows } from "../../../support/engine-case.ts";
import { buildTarget, contextOf, intervalFeed, verdictOf } from "../../../support/target-case.ts";

type Variant = Extract<Target["measure"], { metric: "service-level" }>["variant"];

const COUNTERS = ["offered", "answered", "abandoned", "answered-within-20000", "abandoned-within-20000"] as const;

/** 70 answered within 20 s, 10 abandoned within 20 s, 20 answered later: Cisco's worked example. */
function cisco(variant: Variant): Verdict {
  const target = buildTarget({ measure: { metric: "service-level", variant, withinSeconds: 20 }, windows: ["day"] });
  const context = contextOf([target], {}, [intervalFeed(COUNTERS)]);
  return verdictOf(context, rows(["2026-03-02T10:00:00Z", [100, 90, 10, 70, 10]]), { now: "2026-05-01T00:00:00Z", window: "day" });
}

describe("Cisco's service level of 70 answered in time, 10 abandoned in time and 20 others (Cisco call type reports)", () => {
  it.each([
    ["negative", "70.0 %", "missed"],
    ["ignore-within", "77.8 %", "missed"],
    ["positive", "80.0 %", "met"],
  ] as const)("%s is %s, so 80/20 is %s", (variant, shown, status) => {
    const verdict = cisco(variant);
    expect(verdict.status).toBe(status);
    expect(formatFigure(verdict).replace("\u00a0", " ")).toBe(shown);
  });
});

describe("VitalPBX averages 66.46 % and 49.4 % to 57.93 % (forums.vitalpbx.org topic 5425)", () => {
  /** Two quarters that together answer 762 of 1,166 in time. */
  const quarters = [
    ["2026-03-02T10:00:00Z", [1091, 0, 725]],
    ["2026-03-02T10:15:00Z", [75, 0, 37]],
  ] as const;

  it("where all calls together are 762 of 1,166: 65.35 %", () => {
    const verdict = verdictOf(engineOf({ windows: ["day"] }), rows(...quarters), { now: "2026-05-01T00:00:00Z", window: "day" });
    expect(verdict.value).toEqual({ num: 762, den: 1166 });
    expect(verdict.trace.join("\n")).toContain("762 ÷ 1,166 = 65.352 %");
  });
});

describe("a mean of daily values only where the contract says so", () => {
  it("is what averaging averages is: 66.5 % of 1,091 and 49.3 % of 75 are 57.9 %", () => {
    const context = engineOf({ windows: ["month"], aggregation: { by: "mean-of-days", dp: 1 } });
    const days = rows(["2026-03-02T10:00:00Z", [1091, 0, 725]], ["2026-03-03T10:00:00Z", [75, 0, 37]]);
    expect(verdictOf(context, days, { now: "2026-05-01T00:00:00Z", window: "month" }).value).toEqual({ num: 665 + 493, den: 2000 });
  });
});
