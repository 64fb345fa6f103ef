import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { favourOfAll, favourOfChange } from "../../../../shared/settlement/favour.ts";
import { buildVerdict } from "../../../support/client-fixture.ts";

const verdict = (changes: Partial<Verdict>): Verdict => ({
  ...buildVerdict({ targetId: "service-level" }),
  unit: "ratio",
  direction: "at-least",
  expected: { mantissa: 80, dp: 2 },
  notBelow: null,
  default: null,
  ...changes,
});
const figure = (percent: number): Pick<Verdict, "value"> => ({ value: { num: percent, den: 100 } });

describe("whom a changed figure serves", () => {
  it.each([
    { direction: "at-least", from: 70, to: 75, serves: "provider" },
    { direction: "at-least", from: 90, to: 85, serves: "client" },
    { direction: "at-least", from: 90, to: 90, serves: "neutral" },
    { direction: "at-most", from: 70, to: 75, serves: "client" },
    { direction: "at-most", from: 75, to: 70, serves: "provider" },
    { direction: "within", from: 85, to: 75, serves: "provider" },
    { direction: "within", from: 55, to: 40, serves: "client" },
    { direction: "within", from: 70, to: 75, serves: "neutral" },
  ] as const)("$direction 80 % from $from % to $to %: $serves", ({ direction, from, to, serves }) => {
    const band = { direction, notBelow: direction === "within" ? { mantissa: 60, dp: 2 } : null };
    expect(favourOfChange(verdict({ ...band, ...figure(from) }), verdict({ ...band, ...figure(to) }))).toBe(serves);
  });

  it("is told by the status where there was no figure", () => {
    const none = verdict({ value: null, status: "no-data" });
    expect(favourOfChange(none, verdict({ ...figure(70), status: "missed" }))).toBe("client");
    expect(favourOfChange({ ...none, default: "not-measured" }, verdict({ ...figure(90), status: "met" }))).toBe("provider");
    expect(favourOfChange(none, verdict({ ...figure(90), status: "met" }))).toBe("neutral");
  });

  it("is the other side when the change is taken back", () => {
    const other = { provider: "client", client: "provider", neutral: "neutral" } as const;
    const direction = fc.constantFrom("at-least" as const, "at-most" as const, "within" as const);
    fc.assert(
      fc.property(direction, fc.nat(100), fc.nat(100), (which, a, b) => {
        const [one, two] = [verdict({ direction: which, ...figure(a) }), verdict({ direction: which, ...figure(b) })];
        expect(favourOfChange(two, one)).toBe(other[favourOfChange(one, two)]);
      }),
    );
  });

  it("gives each target one vote, however many windows it has", () => {
    const of = (targetId: string, favour: "provider" | "client" | "neutral") => ({ targetId, favour });
    expect(favourOfAll([])).toBe("neutral");
    expect(favourOfAll([of("a", "provider"), of("a", "provider"), of("b", "client")])).toBe("neutral");
    expect(favourOfAll([of("a", "provider"), of("a", "client"), of("a", "provider"), of("b", "neutral")])).toBe("provider");
    expect(favourOfAll([of("a", "provider"), of("b", "client"), of("c", "client")])).toBe("client");
  });
});
