import { describe, expect, it } from "vitest";
import { figuresIn, rangeIn } from "../../../../../shared/agreement/lint/clause-figures.ts";
import { findings, places, plant } from "../../../../support/planted-agreement.ts";

/** What is planted in the first target, where it is found, and words of the message. */
type Case = readonly [title: string, planted: string, place: string, message: string];

describe("the words of a clause", () => {
  it("nothing is wrong with the sound agreement", () => {
    expect(findings(plant())).toEqual([]);
  });

  it.each<Case>([
    [
      "a range in figures",
      'clause: "Of all calls answered or abandoned, 80 % are answered within 20-30 s."',
      "warning targets.sl.clause",
      '"20-30 s"',
    ],
    [
      "a range in words, as CCHA's specimen has it (domain.md C12)",
      'clause: "95 % answered or abandoned within twenty to thirty (20–30) seconds."',
      "warning targets.sl.clause",
      '"twenty to thirty (20–30) seconds"',
    ],
    ["a range as the level", "expected: 75-80 %", "error targets.sl.expected", "is a range, not a level"],
    [
      "a word that nobody can measure",
      'clause: "Answered or abandoned calls are normally answered within 20 seconds in 80 % of cases."',
      "warning targets.sl.clause",
      '"normally"',
    ],
    [
      "a percentage that is not the level",
      'clause: "Of all calls answered or abandoned, 85 % are answered within 20 seconds."',
      "warning targets.sl.clause",
      '"85 %", but the target has 80 %, 70 %',
    ],
    [
      "seconds that are not the limit",
      'clause: "Of all calls answered or abandoned, eighty percent are answered within thirty seconds."',
      "warning targets.sl.clause",
      '"thirty seconds", but the target has 20 s',
    ],
    [
      "a clause silent about callers who hang up",
      'clause: "80 % of calls are answered within 20 seconds."',
      "warning targets.sl.clause",
      "what becomes of callers who hang up",
    ],
    ["no start of the clock", "clock: null", "warning targets.sl.clock", "when the clock of a wait starts"],
  ])("%s", (_, planted, place, message) => {
    const found = findings(plant("", planted));
    expect(places(found)).toEqual([place]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.dispute).not.toBe("");
    expect(found[0]?.remedy).not.toBe("");
  });

  const ABANDONMENT = "direction: at-most\nexpected: 5 %\nminimum: 8 %\nmeasure: { metric: abandonment, denominator: offered";

  it.each([
    ["says nothing on short abandons", "}\nclause: null", ["warning targets.sl.measure.shortAbandonSeconds"]],
    ["says in its clause that every caller counts", '}\nclause: "Of every caller who hangs up, however soon."', []],
    ["has a limit", ", shortAbandonSeconds: 5 }\nclause: null", []],
  ])("abandonment %s", (_, rest, expected) => {
    const found = places(findings(plant("", `${ABANDONMENT}${rest}`)));
    expect(found.filter((place) => !place.endsWith("feed"))).toEqual(expected);
  });

  it.each([
    ["twenty (20) seconds", [20_000]],
    ["3 minutes 45 seconds", [225_000]],
    ["at most 6:30 a call", [390_000]],
    ["ninety-five percent", [95]],
    ["4.5 % of 1,000 calls", [4.5]],
    ["from 9:00 am", []],
  ])("%s is read as %j", (text, values) => {
    expect(figuresIn(text).map(({ value }) => value)).toEqual(values);
  });

  it("3-5 min is a range; 80/20 and 2026-01-01 are none", () => {
    expect(rangeIn("AHT of 3-5 min")).toBe("3-5 min");
    expect([rangeIn("80/20"), rangeIn("from 2026-01-01 on")]).toEqual([null, null]);
  });
});
