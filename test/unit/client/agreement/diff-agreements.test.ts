import { describe, expect, it } from "vitest";
import { diffAgreements } from "../../../../client/features/agreement/diff-agreements.ts";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { versionsOfStory } from "../../../support/client-versions.ts";

const [four, three] = versionsOfStory("acme-voice");
if (four === undefined || three === undefined) throw new Error("the story has versions 3 and 4");

function changed(part: Record<string, unknown>): Agreement {
  return Agreement.parse({ ...three?.agreement, ...part });
}

describe("the difference of two versions", () => {
  it("is nothing for the same version", () => {
    expect(diffAgreements(three.agreement, three.agreement)).toEqual([]);
  });

  it("tells each changed clause with both sentences, the level that moved and whether it is stricter", () => {
    const changes = diffAgreements(three.agreement, four.agreement);
    expect(changes.map(({ kind, clause }) => `${kind} ${clause.path}`)).toEqual([
      "changed effectiveFrom",
      "changed reason",
      "changed targets.service-level.expected",
      "changed targets.service-level.measure",
      "changed targets.aht.expected",
      "changed exclusions.kinds",
    ]);
    expect(changes[2]).toMatchObject({
      before: "At least 80 %, judged for each day and each calendar month. The minimum level is 75 %.",
      after: "At least 82 %, judged for each day and each calendar month. The minimum level is 75 %.",
      level: { from: "80 %", to: "82 %", effect: "stricter" },
    });
    expect(changes[4]?.level).toEqual({ from: "6:30", to: "6:45", effect: "easier" });
  });

  it("is the other way round backwards", () => {
    const [, , level] = diffAgreements(four.agreement, three.agreement);
    expect(level?.level).toEqual({ from: "82 %", to: "80 %", effect: "easier" });
  });

  it("a level written otherwise is neither stricter nor easier", () => {
    const [first, ...rest] = three.agreement.targets;
    const [change] = diffAgreements(three.agreement, changed({ targets: [{ ...first, expected: "80.0 %" }, ...rest] }));
    expect(change?.level).toEqual({ from: "80 %", to: "80.0 %", effect: null });
  });

  it("a target that goes takes its clauses along, where they stood; one that comes brings its own", () => {
    const [, ...rest] = three.agreement.targets;
    const gone = diffAgreements(three.agreement, changed({ targets: rest }));
    expect(
      gone.filter(({ clause }) => clause.about === "Service level").every(({ kind, after }) => kind === "removed" && after === null),
    ).toBe(true);
    expect(gone.map(({ clause }) => clause.path)).toContain("targets.service-level.expected");
    const back = diffAgreements(changed({ targets: rest }), three.agreement);
    expect(back.filter(({ kind }) => kind === "added").map(({ clause }) => clause.path)).toContain("targets.service-level.expected");
  });

  it("a clause that is removed stands with what changed about the same thing", () => {
    const [first, ...rest] = three.agreement.targets;
    const now = changed({ targets: [{ ...first, expected: "85 %", clock: undefined }, ...rest], earnBack: undefined, reason: "Less." });
    expect(diffAgreements(three.agreement, now).map(({ kind, clause }) => `${kind} ${clause.path}`)).toEqual([
      "changed reason",
      "changed targets.service-level.expected",
      "removed targets.service-level.clock",
      "removed earnBack",
    ]);
  });
});
