import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { history, lineAt, periodAt, PLAIN, settled, targetText, verdictOf, versionOf } from "./money-case.ts";

const SCHEME = { kind: "allocation", categories: [{ id: "all", pool: "50 %", targets: { sl: "100 %" } }] };
const version = versionOf({ credits: { ...PLAIN, scheme: SCHEME, minimumFactor: "2" }, targets: [targetText("sl", { minimum: "70 %" })] });

function open(overrides: Partial<Verdict>): Verdict {
  return verdictOf({ start: "2026-03-01", open: true, overrides: { status: "at-risk", ...overrides } });
}

function stake(verdict: Verdict, under = version): number {
  return periodAt(settled(under, [verdict], { nowMs: verdict.window.toMs - 1 }), "2026-03-01").atStake / 100;
}

describe("an open period", () => {
  it("costs nothing yet, and says what it would cost if it ended as it stands", () => {
    const settlement = settled(version, [open({ value: { num: 75, den: 100 } })]);
    expect(periodAt(settlement, "2026-03-01")).toMatchObject({ credit: 0, atStake: 500_000, open: true });
    const line = lineAt(settlement, "2026-03-01");
    expect(line).toMatchObject({ credit: 500_000, capped: 0, default: null, earnedBack: 0, bonus: 0, ifAllAccepted: null });
    expect(line.trace[0]).toBe("If the period ended now:");
  });

  it("says of each line what it would cost if every open claim were accepted", () => {
    const ifAllAccepted = { value: { num: 72, den: 90 }, n: 90, status: "met" } as const;
    const settlement = settled(version, [open({ value: { num: 75, den: 100 }, ifAllAccepted })]);
    expect(lineAt(settlement, "2026-03-01")).toMatchObject({ credit: 500_000, ifAllAccepted: 0 });
    expect(periodAt(settlement, "2026-03-01")).toMatchObject({ credit: 0, cappedAway: 0, atStake: 500_000 });
  });

  it("stakes its lines after the caps, which take nothing away yet", () => {
    const dear = versionOf({ credits: { ...PLAIN, repeatFactor: "3" } });
    const verdicts = [verdictOf({ start: "2026-02-01", default: "expected" }), open({ value: { num: 75, den: 100 } })];
    const settlement = settled(dear, verdicts);
    expect(lineAt(settlement, "2026-03-01")).toMatchObject({ credit: 1_000_000, capped: 0 });
    const year = versionOf({ credits: { ...PLAIN, yearMost: "1 %" } });
    const most = settled(year, verdicts);
    expect(lineAt(most, "2026-03-01")).toMatchObject({ credit: 1_000_000, capped: 800_000 });
    expect(periodAt(most, "2026-03-01")).toMatchObject({ credit: 0, cappedAway: 0, atStake: 200_000 });
  });

  it("stakes more beyond the minimum level", () => {
    expect(stake(open({ value: { num: 60, den: 100 }, belowMinimum: true }))).toBe(10_000);
  });

  it("stakes nothing where only the outlook warns and the figure is on the agreed side", () => {
    expect(stake(open({ value: { num: 80, den: 100 } }))).toBe(0);
  });

  it("stakes a figure that leaves an agreed band on either side", () => {
    const band = versionOf({ credits: PLAIN, targets: [targetText("sl", { direction: "within", expected: "90 %", notBelow: "80 %" })] });
    const ends = { direction: "within", expected: { mantissa: 90, dp: 2 }, notBelow: { mantissa: 80, dp: 2 } } as const;
    const at = (num: number): number => stake(open({ ...ends, value: { num, den: 100 } }), band);
    expect([79, 80, 90, 91].map(at)).toEqual([10_000, 0, 0, 10_000]);
  });

  it("stakes nothing without data, unless not measuring was agreed to be a default", () => {
    const nothing = open({ status: "no-data", value: null, n: 0 });
    expect(stake(nothing)).toBe(0);
    const strict = versionOf({ credits: PLAIN, targets: [targetText("sl", { onNoData: "default" })] });
    expect(stake(nothing, strict)).toBe(10_000);
  });
});

describe("a line that open claims touch", () => {
  function claimed(ifAllAccepted: Verdict["ifAllAccepted"], overrides: Partial<Verdict> = {}): number | null {
    const verdict = verdictOf({
      start: "2026-03-01",
      default: "minimum",
      overrides: { value: { num: 60, den: 100 }, ifAllAccepted, ...overrides },
    });
    const line = lineAt(settled(version, [verdict]), "2026-03-01");
    expect(line.credit).toBe(1_000_000);
    return line.ifAllAccepted;
  }

  it("says what it would cost if all were accepted", () => {
    expect(claimed({ value: { num: 72, den: 90 }, n: 90, status: "met" })).toBe(0);
    expect(claimed({ value: { num: 71, den: 90 }, n: 90, status: "missed" })).toBe(500_000);
    expect(claimed({ value: { num: 55, den: 80 }, n: 80, status: "missed" })).toBe(1_000_000);
    expect(claimed({ value: null, n: 0, status: "not-counted" })).toBe(0);
    expect(claimed({ value: { num: 5, den: 9 }, n: 9, status: "not-proven" })).toBe(0);
  });

  it("that was not measured stays a default only where there is still nothing", () => {
    const line = (status: Verdict["status"]): number | null => {
      const ifAllAccepted = { value: null, n: 0, status };
      const verdict = verdictOf({ start: "2026-03-01", default: "not-measured", overrides: { ifAllAccepted } });
      return lineAt(settled(version, [verdict]), "2026-03-01").ifAllAccepted;
    };
    expect([line("no-data"), line("not-counted")]).toEqual([500_000, 0]);
  });

  it("is held to the minimum of the ramp's week in which it begins", () => {
    const ramp = [{ fromWeek: 5, toWeek: 5, expected: "75 %", minimum: "60 %" }];
    const ramped = versionOf({
      credits: { ...PLAIN, scheme: SCHEME, minimumFactor: "2" },
      targets: [targetText("sl", { minimum: "70 %", ramp })],
      ramp: { goLive: "2026-02-01" },
    });
    const ifAllAccepted = { value: { num: 65, den: 100 }, n: 100, status: "missed" as const };
    const verdict = verdictOf({ start: "2026-03-01", default: "minimum", overrides: { ifAllAccepted, expected: { mantissa: 75, dp: 2 } } });
    expect(lineAt(settled(ramped, [verdict]), "2026-03-01").ifAllAccepted).toBe(500_000);
  });

  it("has no second amount where no open claim touches it", () => {
    expect(claimed(null)).toBeNull();
  });
});

describe("a bonus", () => {
  const targets = [targetText("sl", { stretch: "90 %" }), targetText("fcr", { stretch: "85 %" })];
  const bonus = { targets: { sl: "2 %", fcr: "1 %" }, most: "2 %" };

  it("is paid where the stretch level is reached, and not a contact before", () => {
    const rich = versionOf({ targets, bonus });
    expect(lineAt(settled(rich, history("m")), "2026-01-01")).toMatchObject({ bonus: 200_000, credit: 0 });
    const short = { ...verdictOf({ start: "2026-01-01" }), value: { num: 899, den: 1000 } };
    expect(lineAt(settled(rich, [short]), "2026-01-01").bonus).toBe(0);
  });

  it("is limited over all targets together", () => {
    const verdicts = ["sl", "fcr"].map((targetId) => verdictOf({ targetId, start: "2026-01-01" }));
    const period = periodAt(settled(versionOf({ targets, bonus }), verdicts), "2026-01-01");
    expect(period.lines.map((line) => line.bonus)).toEqual([133_333, 66_667]);
    expect(period.bonus).toBe(200_000);
  });

  it("is not paid while the period is open, nor on a sample that proves nothing", () => {
    const rich = versionOf({ targets, bonus });
    expect(periodAt(settled(rich, [verdictOf({ start: "2026-01-01", open: true })]), "2026-01-01").bonus).toBe(0);
    const few = verdictOf({ start: "2026-01-01", overrides: { status: "not-proven" } });
    expect(periodAt(settled(rich, [few]), "2026-01-01").bonus).toBe(0);
  });
});
