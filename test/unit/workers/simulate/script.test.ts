import { describe, expect, it } from "vitest";
import { advance } from "../../../../workers/simulate/advance.ts";
import { countCall, emptyDay, headroom, sampleOf } from "../../../../workers/simulate/script/day-count.ts";
import { beginSimulation } from "../../../../workers/simulate/simulation.ts";

/** Seconds after the board opens at which the desk's day falls below 80 % on 30 calls or more, and is back at it. */
function breakAndRecovery(seed: string, startS: number): { brokenS: number | null; recoveredS: number | null } {
  const endsS = startS - (startS % 60);
  let simulation = advance(beginSimulation(seed, endsS - 86_400), { toS: endsS, live: false, pastEndsS: endsS });
  let [brokenS, recoveredS]: [number | null, number | null] = [null, null];
  for (let second = 1; second <= 180; second++) {
    simulation = advance(simulation, { toS: startS + second, live: true, pastEndsS: endsS });
    const proven = sampleOf(simulation.deskDay) >= 30;
    const below = proven && headroom(simulation.deskDay, 0.8) < 0;
    if (below && brokenS === null) brokenS = second;
    if (brokenS !== null && proven && !below && second > brokenS + 15) recoveredS ??= second;
  }
  return { brokenS, recoveredS };
}

describe("the script", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => Date.UTC(2026, 10, 21, hour) / 1000 + 7);
  const aroundMidnight = [-120, -60, -30, -5, 0, 5, 30, 60, 300].map((shift) => Date.UTC(2026, 10, 21, 16) / 1000 + shift);

  it.each([...hours, ...aroundMidnight])("breaks the desk's day and mends it within two minutes of %i", (startS) => {
    const { brokenS, recoveredS } = breakAndRecovery("accord", startS);
    expect(brokenS).not.toBeNull();
    expect(recoveredS).not.toBeNull();
    expect(recoveredS).toBeLessThanOrEqual(120);
  });
});

describe("headroom", () => {
  const answered = {
    queue: "roadside",
    number: 1,
    outcome: "answered",
    menuS: 0,
    queuedS: 0,
    agent: 0,
    talkS: 5,
    holdS: 0,
    acwS: 0,
    endedS: 5,
    score: null,
  } as const;

  it("is how many more calls may go wrong: five at 84 of 100 for 80 %", () => {
    expect(headroom({ day: "2026-11-21", answered: 90, abandoned: 10, within: 84 }, 0.8)).toBe(5);
    expect(headroom({ day: "2026-11-21", answered: 90, abandoned: 10, within: 80 }, 0.8)).toBe(0);
    expect(headroom({ day: "2026-11-21", answered: 90, abandoned: 10, within: 79 }, 0.8)).toBe(-2);
  });

  it("counts a call answered at the agreed second as within it, a caller who left as not, and the menu not at all", () => {
    const count = [
      answered,
      { ...answered, waitS: 20 },
      { ...answered, outcome: "abandoned" as const },
      { ...answered, outcome: "left-in-menu" as const },
    ]
      .map((call) => ({ waitS: 21, ...call }))
      .reduce((sum, call) => countCall(sum, call, 20), emptyDay("2026-11-21"));
    expect(count).toEqual({ day: "2026-11-21", answered: 2, abandoned: 1, within: 1 });
  });
});
