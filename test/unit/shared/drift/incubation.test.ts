import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import { addDays } from "../../../../shared/calendar/day.ts";
import { type Incubation, incubation } from "../../../../shared/drift/incubation.ts";
import { engineOf, rows, served } from "../../../support/engine-case.ts";
import { verdictsOf } from "../../../support/target-case.ts";

const GO_LIVE = "2026-03-02";
const GATE = { weeks: 2, minimumSample: 100 };

/** A new team with these many of 100 calls in time in its weeks; 65 % are asked for in week 1, 75 % in 2 and 3, 80 % from then on. */
function teamOf(
  perWeek: readonly number[],
  ramp: Partial<NonNullable<Agreement["ramp"]>> = { gate: GATE },
  day = perWeek.length * 7,
): Incubation | null {
  const steps = [
    { fromWeek: 1, toWeek: 1, expected: "65 %" },
    { fromWeek: 2, toWeek: 3, expected: "75 %" },
  ];
  const context = engineOf({ windows: ["week"], ramp: steps }, { ramp: { goLive: GO_LIVE, creditsSuspendedWeeks: 0, ...ramp } });
  const fed = rows(...perWeek.map((inTime, week) => served(addDays(GO_LIVE, 7 * week + 1), inTime, 100)));
  const today = addDays(GO_LIVE, day);
  const [compiled] = context.targets;
  if (compiled === undefined) throw new Error("one target");
  return incubation(context.agreement, compiled, { verdicts: verdictsOf(context, fed, `${today}T12:00:00Z`), today });
}

describe("a new team", () => {
  it("is held to the curve of its week, and to the gate by the level after the ramp", () => {
    const found = teamOf([66, 70, 81]);
    expect(found).toMatchObject({ week: 4, lastWeek: 3, finally: "≥\u00a080\u00a0%" });
    expect(found?.weeks.slice(0, 3).map(({ standing, reaches, figure }) => [standing, reaches, figure.replace("\u00a0", " ")])).toEqual([
      ["on-curve", false, "66.0 %"],
      ["below", false, "70.0 %"],
      ["on-curve", true, "81.0 %"],
    ]);
    expect(found?.gate).toEqual({ ...GATE, inRow: 1, passedWith: null });
  });

  it("stays in incubation after the ramp until it has passed the gate, and one bad week begins the row anew", () => {
    expect(teamOf([66, 76, 82, 79, 82])?.gate).toEqual({ ...GATE, inRow: 1, passedWith: null });
    expect(teamOf([66, 76, 82, 79, 82, 81])).toBeNull();
    expect(teamOf([82, 82, 60])?.gate).toBeUndefined();
  });

  it("has passed early where it reached the level early, which the weeks of the ramp still show", () => {
    expect(teamOf([82, 83], { gate: GATE }, 15)?.gate).toMatchObject({ inRow: 2, passedWith: "2026-03-09" });
  });

  it("passes no gate on too few cases", () => {
    expect(teamOf([82, 83, 84], { gate: { weeks: 2, minimumSample: 101 } })?.gate).toMatchObject({ inRow: 0, passedWith: null });
  });

  it("is out of incubation with the ramp where no gate is agreed, and not in it before go-live", () => {
    expect(teamOf([66, 76], {}, 13)?.gate).toBeNull();
    expect(teamOf([66, 76, 82], {})).toBeNull();
    expect(teamOf([66], {}, -1)).toBeNull();
  });
});
