import { describe, expect, it } from "vitest";
import type { SettlementVersion } from "../../../../shared/settlement/version.ts";
import { credits, history, lineAt, periodAt, PLAIN, settled, targetText, verdictOf, versionOf } from "./money-case.ts";

/** 100,000 a month, 10 % at risk, all on `sl`, with further clauses. */
function plain(clauses: object = {}, rest: object = {}): SettlementVersion {
  return versionOf({ credits: { ...PLAIN, ...clauses }, ...rest });
}

const SIXTY_FORTY: object = {
  ...PLAIN,
  scheme: { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { sl: "60 %", aht: "40 %" } }] },
};
const TWO = { targets: [targetText("sl"), targetText("aht")] };

/** Half of the 10,000 at risk stands on `sl`. */
function halfOf(clauses: object): object {
  return { ...PLAIN, scheme: { kind: "allocation", categories: [{ id: "all", pool: "50 %", targets: { sl: "100 %" } }] }, ...clauses };
}

describe("a credit", () => {
  it("is nothing without a default", () => {
    expect(credits(settled(plain(), history("mn")))).toEqual([0, 0]);
  });

  it("of a default below the minimum is that of one below the expected level, multiplied", () => {
    expect(credits(settled(versionOf({ credits: halfOf({ minimumFactor: "1.5" }) }), history("dmx")))).toEqual([5000, 0, 7500]);
  });

  it("of a target that defaulted in the period before too is multiplied, once, not per repetition", () => {
    expect(credits(settled(versionOf({ credits: halfOf({ repeatFactor: "1.2" }) }), history("ddmddd")))).toEqual([
      5000, 6000, 0, 5000, 6000, 6000,
    ]);
  });

  it("says of a repetition that it is one", () => {
    const settlement = settled(versionOf({ credits: halfOf({ repeatFactor: "1.2" }) }), history("dd"));
    expect(lineAt(settlement, "2026-01-01").trace).toEqual([
      "Default: beyond the expected level",
      "50 % x 100 % of the amount at risk",
      "Credit USD 5,000",
    ]);
    expect(lineAt(settlement, "2026-02-01").trace).toContain("x 1.2: it also defaulted in the period before");
  });

  it("repeats over a month of which nothing is known only if that month was a default", () => {
    expect(credits(settled(versionOf({ credits: halfOf({ repeatFactor: "2" }) }), history("dnd")))).toEqual([5000, 0, 5000]);
  });

  it("in a peak is multiplied; a month with any day in the peak is a peak month", () => {
    const peaks = [{ from: "2026-02-28", to: "2026-03-01", factor: "1.3" }];
    expect(credits(settled(versionOf({ credits: halfOf({ peaks }) }), history("dddd")))).toEqual([5000, 6500, 6500, 5000]);
  });

  it("of one target is never more than its limit", () => {
    const version = versionOf({ credits: halfOf({ minimumFactor: "3", perTargetMost: "60 %" }) });
    expect(credits(settled(version, history("x")))).toEqual([6000]);
    expect(lineAt(settled(version, history("x")), "2026-01-01").trace).toContain("Limited to what one target may cost");
  });

  it("is the same for what was not measured as for a default below the expected level", () => {
    const verdict = verdictOf({ start: "2026-01-01", default: "not-measured" });
    expect(credits(settled(plain({}, { credits: halfOf({ minimumFactor: "2" }) }), [verdict]))).toEqual([5000]);
  });

  it("is not due in a period that begins before the weeks without credits are over, which makes no later default a repetition", () => {
    const version = plain({}, { credits: halfOf({ repeatFactor: "2" }), ramp: { goLive: "2026-01-15", creditsSuspendedWeeks: 4 } });
    const settlement = settled(version, history("ddd"));
    expect(credits(settlement)).toEqual([0, 0, 5000]);
    expect(settlement.periods.map(({ suspended }) => suspended)).toEqual([true, true, false]);
    expect(lineAt(settlement, "2026-02-01")).toMatchObject({ default: "expected", credit: 0 });
  });

  it("is never due on an objective, whatever the scheme lists", () => {
    const version = plain({}, { targets: [targetText("sl", { class: "objective" })] });
    expect(periodAt(settled(version, history("d")), "2026-01-01")).toMatchObject({ lines: [], credit: 0 });
  });

  it("is of the fees of every target's own share, a tie rounded up once a line", () => {
    const version = versionOf({
      ...TWO,
      fees: { currency: "USD", amount: "0.25", per: "month" },
      credits: { ...SIXTY_FORTY, atRisk: "100 %" },
    });
    const verdicts = ["sl", "aht"].map((targetId) => verdictOf({ targetId, start: "2026-01-01", default: "expected" }));
    expect(settled(version, verdicts).periods[0]?.lines.map(({ credit }) => credit)).toEqual([15, 10]);
  });
});

describe("the caps", () => {
  it("of a period take from all lines in proportion, so that they add up to the amount at risk", () => {
    const version = versionOf({ ...TWO, credits: { ...SIXTY_FORTY, minimumFactor: "2" } });
    const verdicts = ["sl", "aht"].map((targetId) => verdictOf({ targetId, start: "2026-01-01", default: "minimum" }));
    const period = periodAt(settled(version, verdicts), "2026-01-01");
    expect(period.lines.map(({ credit, capped }) => [credit, capped])).toEqual([
      [1_000_000, 444_444],
      [800_000, 355_556],
    ]);
    expect(period).toMatchObject({ credit: 1_000_000, cappedAway: 800_000, atRisk: 1_000_000 });
  });

  it("of a calendar year are used up by its periods in order, and start afresh with the next year", () => {
    const version = plain({ yearMost: "2 %" });
    const settlement = settled(version, history("ddddddddddddd"));
    expect(credits(settlement)).toEqual([10_000, 10_000, 4000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10_000]);
    expect(settlement.years).toEqual([
      { year: 2026, credit: 2_400_000, most: 2_400_000 },
      { year: 2027, credit: 1_000_000, most: 2_400_000 },
    ]);
  });
});

describe("a target with `each`", () => {
  const members = { sl: ["a", "b", "c"] };
  const one = (id: string): ReturnType<typeof verdictOf> => verdictOf({ targetId: id, start: "2026-01-01", default: "expected" });

  it("shares its allocation equally among its members", () => {
    const settlement = settled(versionOf({ credits: PLAIN }, { members }), ["sl@a", "sl@b", "sl@c"].map(one));
    expect(settlement.periods[0]?.lines.map(({ credit }) => credit)).toEqual([333_333, 333_333, 333_333]);
  });

  it("leaves the share of a member that is listed itself to that member", () => {
    const scheme = { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { sl: "50 %", "sl@a": "20 %" } }] } as const;
    const settlement = settled(versionOf({ credits: { ...PLAIN, scheme } }, { members }), ["sl@a", "sl@b", "sl@c"].map(one));
    expect(settlement.periods[0]?.lines.map(({ credit }) => credit)).toEqual([200_000, 250_000, 250_000]);
  });
});

describe("parts of a period under two versions", () => {
  const first = versionOf({ credits: PLAIN, effectiveFrom: "2026-01-01" }, { to: "2026-01-10" });
  const second = versionOf({
    credits: PLAIN,
    version: 2,
    effectiveFrom: "2026-01-11",
    fees: { currency: "USD", amount: "31000", per: "month" },
  });

  it("bear fees and credits by their days, each under its own version", () => {
    const verdicts = [
      verdictOf({ start: "2026-01-01", next: "2026-01-11", default: "expected" }),
      verdictOf({ start: "2026-01-11", next: "2026-02-01", version: 2, default: "expected" }),
    ];
    const settlement = settled(first, verdicts, { versions: [first, second] });
    expect(settlement.periods.map(({ fees, atRisk, credit }) => [fees, atRisk, credit])).toEqual([
      [3_225_806, 322_581, 322_581],
      [2_100_000, 210_000, 210_000],
    ]);
  });

  it("cost as much as the whole where nothing changed", () => {
    const same = versionOf({ credits: PLAIN, version: 2, effectiveFrom: "2026-01-11" });
    const verdicts = [
      verdictOf({ start: "2026-01-01", next: "2026-01-11", default: "expected" }),
      verdictOf({ start: "2026-01-11", next: "2026-02-01", version: 2, default: "expected" }),
    ];
    expect(credits(settled(first, verdicts, { versions: [first, same] })).reduce((a, b) => a + b)).toBe(10_000);
  });

  it("are not repetitions of each other, but a default in either makes the next month one", () => {
    const clauses = { credits: halfOf({ repeatFactor: "2" }) };
    const [a, b] = [versionOf(clauses, { to: "2026-01-10" }), versionOf({ ...clauses, version: 2, effectiveFrom: "2026-01-11" })];
    const verdicts = [
      verdictOf({ start: "2026-01-01", next: "2026-01-11", default: "expected" }),
      verdictOf({ start: "2026-01-11", next: "2026-02-01", version: 2, default: "expected" }),
      verdictOf({ start: "2026-02-01", version: 2, default: "expected" }),
    ];
    expect(settled(a, verdicts, { versions: [a, b] }).periods.map(({ credit }) => credit)).toEqual([161_290, 338_710, 1_000_000]);
  });
});

describe("terms at the end of the calendar", () => {
  it("limit a year as one without an end does", () => {
    const clauses = { credits: halfOf({ yearMost: "1 %" }) };
    const endless = settled(versionOf(clauses), history("dddd")).years;
    expect(endless).toEqual([{ year: 2026, credit: 1_200_000, most: 1_200_000 }]);
    expect(settled(versionOf(clauses, { to: "9999-12-31" }), history("dddd")).years).toEqual(endless);
  });

  it("suspend credits for more weeks than there are days", () => {
    const ramp = { goLive: "2026-01-01", creditsSuspendedWeeks: Number.MAX_SAFE_INTEGER };
    expect(credits(settled(versionOf({ credits: PLAIN, ramp }), history("d")))).toEqual([0]);
  });
});

describe("a default that cost nothing", () => {
  it("makes that of the next month a repetition all the same, when a new version puts a price on it", () => {
    const free = versionOf({}, { to: "2026-01-31" });
    const priced = versionOf({ version: 2, effectiveFrom: "2026-02-01", credits: halfOf({ repeatFactor: "2" }) });
    const verdicts = [
      verdictOf({ start: "2026-01-01", default: "expected" }),
      verdictOf({ start: "2026-02-01", version: 2, default: "expected" }),
    ];
    expect(settled(free, verdicts, { versions: [free, priced] }).periods.map(({ credit }) => credit)).toEqual([0, 1_000_000]);
  });
});

describe("fees of another rhythm than the credits", () => {
  it("count by the days of each month in a week that spans two", () => {
    const version = versionOf({ credits: { ...PLAIN, period: "week" }, fees: { currency: "USD", amount: "31000", per: "month" } });
    const verdict = verdictOf({ start: "2026-01-26", kind: "week", default: "expected" });
    const [period] = settled(version, [verdict]).periods;
    expect(period?.fees).toBe(Math.round((6 * 3_100_000) / 31 + 3_100_000 / 28));
  });

  it("add up to three months in a quarter", () => {
    const version = versionOf({ credits: { ...PLAIN, period: "quarter" } });
    const verdict = verdictOf({ start: "2026-04-01", kind: "quarter", default: "expected" });
    expect(settled(version, [verdict]).periods[0]).toMatchObject({ fees: 30_000_000, credit: 3_000_000 });
  });
});
