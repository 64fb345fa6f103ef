import { describe, expect, it } from "vitest";
import { findings, places, plant, SOUND_MONEY } from "../../../support/planted-agreement.ts";

const JOINED = "minimumSample: 50\nonLowSample: join-previous";

describe("periods whose small samples are joined to the period before", () => {
  it.each([
    ["earning back by an average", "earnBack: { rule: { by: average, periods: 3 } }", "error earnBack.rule"],
    [
      "a right to terminate over a sum",
      "termination: [{ id: a, when: rolling, target: sl, within: 3, beyond: 70 %, notice: P60D }]",
      "error termination.0.target",
    ],
    ["a level that rises by an average", "improvement: { targets: [sl], formula: { by: halfway } }", "error improvement.targets.0"],
  ])("are refused under %s, because their contacts would count twice", (_, clause, place) => {
    const found = findings(plant(`${SOUND_MONEY}\n${clause}`, JOINED));
    expect(places(found)).toEqual([place]);
    expect(found[0]?.message).toContain("counts twice");
    expect(findings(plant(`${SOUND_MONEY}\n${clause}`, "minimumSample: 50"))).toEqual([]);
  });

  it("are fine where each period is looked at by itself", () => {
    expect(findings(plant(`${SOUND_MONEY}\nearnBack: { rule: { by: consecutive, periods: 3 } }`, JOINED))).toEqual([]);
  });
});
