import { describe, expect, it } from "vitest";
import type { Credits } from "../../../../shared/agreement/money-clauses.ts";
import { priceOfDefault } from "../../../../shared/settlement/price-of-default.ts";
import type { SettlementVersion } from "../../../../shared/settlement/version.ts";
import { credits, history, lineAt, periodAt, settled, targetText, verdictOf, versionOf } from "./money-case.ts";

const TEXAS = versionOf({
  targets: [targetText("csl"), targetText("other")],
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: {
      kind: "allocation",
      categories: [
        { id: "contact-centre", pool: "50 %", targets: { csl: "40 %", other: "60 %" } },
        { id: "rest", pool: "50 %", targets: {} },
      ],
    },
  },
});

describe("Texas DIR, Exhibit 3 (domain reference C4)", () => {
  it("credits 50 % x 40 % x (10 % x $100,000) = $2,000", () => {
    const verdict = verdictOf({ targetId: "csl", start: "2026-03-01", default: "expected" });
    expect(lineAt(settled(TEXAS, [verdict]), "2026-03-01", "csl").credit).toBe(200_000);
    expect(priceOfDefault(TEXAS, "csl", { kind: "expected" })).toBe(200_000);
  });

  it("adds several defaults of one month", () => {
    const verdicts = ["csl", "other"].map((targetId) => verdictOf({ targetId, start: "2026-03-01", default: "expected" }));
    expect(periodAt(settled(TEXAS, verdicts), "2026-03-01").credit).toBe(500_000);
  });
});

type Price = Extract<Credits["scheme"], { kind: "points" }>["price"];

function points(count: number, price: Price): SettlementVersion {
  return versionOf({
    fees: { currency: "GBP", amount: "10000", per: "month" },
    credits: {
      period: "month",
      atRisk: "100 %",
      scheme: { kind: "points", points: { sl: { expected: count } }, price },
    },
  });
}

describe("TELUS, service level credits (domain reference C13)", () => {
  const rows = [
    { from: 5, credit: "0 %" },
    { from: 10, credit: "2 %" },
    { from: 15, credit: "4 %" },
    { from: 20, credit: "6 %" },
    { from: 25, credit: "8 %" },
    { from: 30, credit: "10 %" },
  ];

  it.each([
    [0, 0],
    [4, 0],
    [5, 0],
    [9, 0],
    [10, 2],
    [14, 2],
    [15, 4],
    [19, 4],
    [20, 6],
    [24, 6],
    [25, 8],
    [29, 8],
    [30, 10],
    [31, 10],
    [300, 10],
  ])("credits for %i points %i %% of the fees", (count, percent) => {
    const version = points(count, { by: "table", rows });
    expect(credits(settled(version, history("d")))).toEqual([percent * 100]);
  });
});

describe("PFI ratchet (domain reference C14)", () => {
  const price: Price = {
    by: "ratchet",
    free: 20,
    perPoint: "3",
    bands: [{ to: 100, factor: "1" }, { to: 200, factor: "1.2" }, { factor: "1.5" }],
  };

  it.each([
    [20, 0],
    [21, 3],
    [100, 240],
    [101, 243.6],
    [120, 312],
    [200, 600],
    [201, 604.5],
  ])("prices %i points at 3 with %d", (count, amount) => {
    expect(credits(settled(points(count, price), history("d")))).toEqual([amount]);
  });
});

describe("Sears-CSC ratchet (domain reference C7)", () => {
  const months = history("mmmmmmmmmmmm").map((verdict) => ({ ...verdict, value: { num: 88, den: 100 } }));

  it("proposes 84 % for a level of 80 % that was beaten for 12 months with 88 % on average", () => {
    const version = versionOf({ improvement: { targets: ["sl"], formula: { by: "halfway" } } });
    expect(settled(version, months).proposals).toMatchObject([{ targetId: "sl", from: "80 %", to: "84 %" }]);
  });
});
