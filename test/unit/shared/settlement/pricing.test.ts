import { describe, expect, it } from "vitest";
import type { Outlook } from "../../../../shared/outlook/outlook.ts";
import { creditOfVerdicts } from "../../../../shared/settlement/credit-of-verdicts.ts";
import { priceOfDefault } from "../../../../shared/settlement/price-of-default.ts";
import { withCredit } from "../../../../shared/settlement/with-credit.ts";
import { dayMs, history, PLAIN, targetText, verdictOf, versionOf } from "./money-case.ts";

const plain = versionOf({ credits: PLAIN });

describe("the price of a default", () => {
  it("is that of a whole ordinary period, or of the days asked for", () => {
    expect(priceOfDefault(plain, "sl", { kind: "expected" })).toBe(1_000_000);
    expect(priceOfDefault(versionOf({ credits: PLAIN, effectiveFrom: "2026-04-01" }), "sl", { kind: "expected", windowDays: 10 })).toBe(
      333_333,
    );
  });

  it("is that of the band just beyond the level", () => {
    const targets = { sl: ["80 %", "75 %", "70 %", "60 %"].map((beyond, i) => ({ beyond, credit: `${i + 1} %` })) };
    const version = versionOf({
      credits: { period: "month", atRisk: "10 %", scheme: { kind: "bands", targets } },
      targets: [targetText("sl", { minimum: "70 %" })],
    });
    expect(priceOfDefault(version, "sl", { kind: "expected" })).toBe(100_000);
    expect(priceOfDefault(version, "sl", { kind: "minimum" })).toBe(300_000);
  });

  it("looks at no ramp and no peak, and ends at the cap", () => {
    const peaks = [{ from: "2020-01-01", to: "2030-01-01", factor: "2" }];
    const version = versionOf({
      credits: { ...PLAIN, peaks, minimumFactor: "2" },
      ramp: { goLive: "2020-01-01", creditsSuspendedWeeks: 9 },
    });
    expect(priceOfDefault(version, "sl", { kind: "expected" })).toBe(1_000_000);
    expect(priceOfDefault(version, "sl", { kind: "minimum" })).toBe(1_000_000);
  });

  it("is nothing for an objective, an unknown target, or without credits", () => {
    const objective = versionOf({ credits: PLAIN, targets: [targetText("sl", { class: "objective" })] });
    expect(priceOfDefault(objective, "sl", { kind: "expected" })).toBe(0);
    expect(priceOfDefault(plain, "fcr", { kind: "expected" })).toBe(0);
    expect(priceOfDefault(versionOf(), "sl", { kind: "expected" })).toBe(0);
  });
});

describe("the credit of some verdicts", () => {
  it("prices them under the version given, whatever version judged them", () => {
    const verdicts = history("dmd").map((verdict) => ({ ...verdict, version: 7 }));
    expect(creditOfVerdicts(plain, verdicts)).toBe(2_000_000);
    expect(creditOfVerdicts(plain, history("mm"))).toBe(0);
  });

  it("counts an open window as it stands", () => {
    const open = verdictOf({ start: "2026-01-01", open: true, overrides: { status: "at-risk", value: { num: 70, den: 100 } } });
    expect(creditOfVerdicts(plain, [open])).toBe(1_000_000);
  });

  it("is unknown, not zero, where nothing of the kind is priced", () => {
    expect(creditOfVerdicts(versionOf(), history("d"))).toBeNull();
    expect(creditOfVerdicts(plain, [])).toBeNull();
    expect(creditOfVerdicts(plain, history("d", "fcr"))).toBeNull();
    expect(creditOfVerdicts(plain, [verdictOf({ start: "2026-01-05", kind: "week", default: "expected" })])).toBeNull();
  });
});

function outlook(overrides: Partial<Outlook> = {}): Outlook {
  return {
    targetId: "sl",
    version: 1,
    window: { kind: "month", start: "2026-03-01", fromMs: dayMs("2026-03-01"), toMs: dayMs("2026-04-01"), open: true, part: false },
    asOfMs: null,
    n: 10,
    good: 8,
    remaining: null,
    forecast: "none",
    budget: null,
    pace: null,
    neededRate: null,
    headroom: null,
    reach: "open",
    bestRate: null,
    projected: null,
    pMiss: 0.25,
    rho: 0,
    daysKnown: 5,
    credit: null,
    ...overrides,
  };
}

describe("an outlook", () => {
  it("says what a miss would cost, and that times how probable it is", () => {
    expect(withCredit(outlook(), plain).credit).toEqual({ currency: "USD", atStake: 1_000_000, expected: 250_000 });
  });

  it("knows the peak and the suspended weeks of its window, and the days of its part", () => {
    const peak = versionOf({
      credits: { ...PLAIN, perTargetMost: "50 %", peaks: [{ from: "2026-03-31", to: "2026-04-30", factor: "2" }] },
    });
    expect(withCredit(outlook(), peak).credit?.atStake).toBe(500_000);
    const ramp = versionOf({ credits: PLAIN, ramp: { goLive: "2026-02-20", creditsSuspendedWeeks: 2 } });
    expect(withCredit(outlook(), ramp).credit).toEqual({ currency: "USD", atStake: 0, expected: 0 });
    const { window } = outlook();
    expect(withCredit(outlook({ window: { ...window, toMs: dayMs("2026-03-11"), part: true } }), plain).credit?.atStake).toBe(322_581);
  });

  it("has no amount where the window is not settled, the target costs nothing, or nobody can say how probable a miss is", () => {
    const { window } = outlook();
    expect(withCredit(outlook({ window: { ...window, kind: "day" } }), plain).credit).toBeNull();
    expect(withCredit(outlook({ targetId: "fcr" }), plain).credit).toBeNull();
    expect(withCredit(outlook({ pMiss: null }), plain).credit).toBeNull();
    expect(withCredit(outlook(), versionOf()).credit).toBeNull();
  });
});
