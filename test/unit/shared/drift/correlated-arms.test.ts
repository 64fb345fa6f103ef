import { expect, it } from "vitest";
import { correlatedArms } from "../../../../shared/drift/correlated-arms.ts";
import { armRunLength } from "../../../../shared/drift/arm-run-length.ts";

const ARMS = [
  { k: 0.25, h: 9.32 },
  { k: 0.5, h: 5.45 },
  { k: 1, h: 2.86 },
];

it("without a correlation the arms stay; with one they are drawn down, the quickest stays beside them at nine tenths of its rate, and none alarms oftener", () => {
  expect(correlatedArms(ARMS, 0)).toBe(ARMS);
  const drawn = correlatedArms(ARMS, 0.3);
  expect(drawn.map(({ k }) => Number(k.toFixed(3)))).toEqual([0.183, 0.367, 0.734, 1]);
  const lengths = drawn.map((arm) => Math.round(armRunLength(arm)));
  const own = ARMS.map((arm) => armRunLength(arm));
  expect(lengths).toEqual([...own, 1.12 * (own.at(-1) ?? 0)].map((length) => Math.round(length)));
});
