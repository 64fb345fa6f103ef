import { describe, expect, it } from "vitest";
import { outlookFacts, outlookFinding, reliedOn } from "../../../client/features/target/outlook-facts.ts";
import { fromSnapshot, withEntry } from "../../../client/live/agreement-state.ts";
import { chanceShort, chanceWords, fateWords, neededWords, rateWords } from "../../../client/live/outlook-words.ts";
import { outlookOf, rowVerdict } from "../../../client/live/windows.ts";
import { buildSnapshot, buildTargetView } from "../../support/client-fixture.ts";
import { buildOutlook } from "../../support/client-outlook.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const plain = (text: string | null) => (text ?? "").replaceAll("\u00a0", " ");
const target = buildTargetView({ id: "service-level", name: "Service level" });

describe("how a window will probably end", () => {
  it.each([
    { pMiss: 0.83, says: "will probably be missed: 83 in 100" },
    { pMiss: 0.999, says: "will almost surely be missed: over 99 in 100" },
    { pMiss: 0.5, says: "may end either way: missed in 50 in 100" },
    { pMiss: 0.11, says: "will probably be met: missed in 11 in 100" },
    { pMiss: 0.001, says: "will almost surely be met: missed in under 1 in 100" },
  ])("P(miss) $pMiss reads: $says", ({ pMiss, says }) => {
    expect(fateWords(buildOutlook({ pMiss }))).toBe(says);
  });

  it("arithmetic goes before probability, and too few days say nothing", () => {
    expect(fateWords(buildOutlook({ reach: "lost", pMiss: 0.4 }))).toBe("can no longer be met");
    expect(fateWords(buildOutlook({ reach: "safe", pMiss: 0.4 }))).toBe("can no longer be missed");
    expect(fateWords(buildOutlook({ pMiss: null }))).toBeNull();
  });

  it("an estimate is never certain and never more exact than one decimal", () => {
    expect([0, 0.004, 0.834, 1].map(chanceWords)).toEqual(["under 1 in 100", "under 1 in 100", "83 in 100", "over 99 in 100"]);
    expect([0, 1].map((p) => plain(chanceShort(p)))).toEqual(["<1 %", ">99 %"]);
    expect(plain(rateWords(0.83104, "ratio"))).toBe("83.1 %");
    expect(plain(rateWords(438_300, "duration"))).toBe("7:18");
    expect(rateWords(4.207, "score")).toBe("4.21");
  });
});

describe("the outlook of a target", () => {
  it("the story's month: 2,589 late answers left, 12,734 of 15,323 needed, EUR 4,200 at stake", () => {
    const outlook = buildOutlook({});
    expect(outlookFinding(outlook, target)).toBe(
      "It will probably be missed: 83 in 100. 2,589 of 11,700 late answers left at 74 % of the volume.",
    );
    const facts = new Map(outlookFacts(outlook, target).map(({ name, value, why }) => [name, plain(`${value}; ${why}`)]));
    expect(facts.get("Needed on the rest")).toBe("83.1 %; 12,734 of 15,323; 14,610 to 16,040 still to come");
    expect(facts.get("Late answers left")).toContain("9,111 of 11,700 used");
    expect(facts.get("Point of no return")).toBe(
      "550 away; after so many late answers in a row the rest needs better than 86.2 %, the best ever held over so many",
    );
    expect(facts.get("At stake")).toBe("EUR 4,200; EUR 3,486 expected: that times P(miss)");
    expect(reliedOn(outlook)).toBe("The rest is the mean of the same weekdays before; 61 days are known.");
  });

  it("a budget that is used up says by how much, and a lost window needs nothing any more", () => {
    const lost = buildOutlook({ budget: { events: 630, spent: 670 }, reach: "lost" });
    expect(outlookFinding(lost, target)).toContain("All 630 late answers are used up, and 40 more");
    expect(outlookFacts(lost, target).map(({ name }) => name)).not.toContain("Needed on the rest");
    expect(outlookFacts(lost, target).find(({ name }) => name === "Point of no return")?.value).toBe("passed");
  });

  it("of a target that must stay below, the outlook speaks of what may still go wrong", () => {
    const abandonment = buildTargetView({ id: "abandonment", name: "Abandonment", direction: "at-most", variant: "abandonment/offered" });
    const outlook = buildOutlook({ neededRate: 0.9381, bestRate: 0.969, budget: { events: 2925, spent: 1976 } });
    expect(plain(neededWords(outlook, abandonment))).toBe("≤ 6.2 %");
    const facts = new Map(outlookFacts(outlook, abandonment).map(({ name, value, why }) => [name, plain(`${value}; ${why}`)]));
    expect(facts.get("Needed on the rest")).toBe("≤ 6.2 %; at most 948 of 15,323; 14,610 to 16,040 still to come");
    expect(facts.get("Abandoned contacts left")).toContain("949;");
    expect(facts.get("Point of no return")).toContain("better than 3.1 %");
    const mean = buildOutlook({ neededRate: 438_300, budget: null });
    expect(plain(neededWords(mean, { ...abandonment, unit: "duration" }))).toBe("≤ 7:18");
  });

  it("a mean has no budget and no count of events", () => {
    const mean = buildOutlook({ budget: null, pace: null, headroom: null, neededRate: 438_300, credit: null });
    const names = outlookFacts(mean, buildTargetView({ id: "aht", name: "Handle time", unit: "duration" })).map(({ name }) => name);
    expect(names).toEqual(["Needed on the rest", "Point of no return", "P(miss)", "Heading for"]);
  });

  it("a changed outlook replaces the one of its window only", () => {
    const state = fromSnapshot(buildSnapshot(VOICE));
    const current = outlookOf(state, rowVerdict(state, "service-level"));
    if (current === null) throw new Error("the story has an outlook");
    const next = withEntry(state, { seq: 101, atMs: 1, event: { kind: "outlook:changed", outlook: { ...current, pMiss: 0.2 } } });
    expect(outlookOf(next, rowVerdict(next, "service-level"))?.pMiss).toBe(0.2);
    expect(next.outlooks.size).toBe(state.outlooks.size);
    expect(next.verdicts).toBe(state.verdicts);
  });
});
