import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../../shared/agreement/agreement.ts";
import { createContext } from "../../../../../shared/agreement/context.ts";
import { checkAgreement } from "../../../../../shared/agreement/lint/check.ts";
import type { FeedDefinition } from "../../../../../shared/feeds/definition.ts";
import { buildAgreement } from "../../../../support/sample-agreement.ts";
import { exampleFeed } from "../../../../support/sample-feeds.ts";

function agreementOn(target: Record<string, unknown>, timeZone = "Europe/Lisbon"): Agreement {
  const whole = { id: "t", name: "T", queues: "all", direction: "at-least", minimumSample: 0, ...target };
  return Agreement.parse({ ...buildAgreement(), timeZone, targets: [whole] });
}

const ANSWERS = { feed: "months", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %" };
const SURVIVAL = { feed: "roster", measure: { metric: "early-survival", days: 90 }, expected: "80 %", windows: ["month"] };

function errors(agreement: Agreement, feed: FeedDefinition): string[] {
  return checkAgreement(agreement, [feed]).flatMap(({ severity, path }) => (severity === "error" ? [path] : []));
}

function lacks(agreement: Agreement, feed: FeedDefinition): string | null | undefined {
  return createContext(agreement, [feed]).targets[0]?.lacks;
}

describe("a feed of whole months", () => {
  const months = exampleFeed("monthly-feed");

  it.each([["month"], ["quarter"], ["rolling-3m"]])("answers for a %s", (kind) => {
    const agreement = agreementOn({ ...ANSWERS, windows: [kind] });
    expect([errors(agreement, months), lacks(agreement, months)]).toEqual([[], null]);
  });

  it.each([["day"], ["week"], ["rolling-28d"]])("does not answer for a %s, and the check says so", (kind) => {
    const agreement = agreementOn({ ...ANSWERS, windows: [kind] });
    expect(errors(agreement, months)).toEqual(["targets.t.windows"]);
    expect(lacks(agreement, months)).toBe(`the feed gives whole months, and no month says what was in a window of ${kind}`);
  });

  it("is not judged by its days", () => {
    const agreement = agreementOn({ ...ANSWERS, windows: ["month"], aggregation: { by: "days-met", level: "90 %" } });
    expect(errors(agreement, months)).toEqual(["targets.t.aggregation"]);
  });
});

describe("feeds of days and months in another zone than the agreement", () => {
  it.each([
    [SURVIVAL, "roster-feed", "day"],
    [{ ...ANSWERS, windows: ["month"] }, "monthly-feed", "month"],
  ])("%j cannot be judged by %s", (target, name, grain) => {
    const agreement = agreementOn(target, "Asia/Manila");
    expect(errors(agreement, exampleFeed(name))).toEqual(["targets.t.feed"]);
    expect(lacks(agreement, exampleFeed(name))).toContain(`${grain}s are never re-cut`);
  });
});
