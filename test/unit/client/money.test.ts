import { describe, expect, it } from "vitest";
import { forecastDays } from "../../../client/features/money/forecast-days.ts";
import { moneyFinding, moneyLede, running, totalsOf, waiveWords, whoWords } from "../../../client/features/money/money-finding.ts";
import { periodName } from "../../../client/features/money/period-words.ts";
import { sideOf } from "../../../client/live/side.ts";
import type { Deadline, Settlement } from "../../../shared/settlement/settlement.ts";
import { FIXTURE_NOW_MS } from "../../support/client-fixture.ts";
import { buildSettlement } from "../../support/client-settlement.ts";

const ZONE = "Asia/Manila";
const DAY_MS = 86_400_000;
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const story = buildSettlement();
const NONE: Settlement = { currency: null, periods: [], years: [], terminations: [], deadlines: [], proposals: [] };

describe("the money of an agreement in one sentence", () => {
  it("what the open period costs as it stands comes first, then what is owed for the closed ones", () => {
    expect(plain(moneyFinding(story, ZONE))).toBe("September 2026 costs the provider EUR 4,200 as it stands");
    expect(plain(moneyLede(story))).toBe(
      "EUR 16,920 is owed for closed periods, EUR 2,520 was earned back, EUR 1,200 was earned as bonus.",
    );
  });

  it("the open period is at stake and not yet owed", () => {
    expect(totalsOf(story)).toEqual({ accrued: 1_692_000, atStake: 420_000, capped: 216_000, earnedBack: 252_000, bonus: 120_000 });
  });

  it.each([
    { name: "no price", settlement: NONE, says: "This agreement puts no price on a miss" },
    { name: "no period", settlement: { ...NONE, currency: "EUR" }, says: "Nothing has been settled yet" },
    { name: "all closed", settlement: { ...story, periods: story.periods.slice(0, 3) }, says: "August 2026 cost the provider EUR 14,400" },
    {
      name: "on target",
      settlement: { ...story, periods: story.periods.map((period) => ({ ...period, atStake: 0 })) },
      says: "EUR 16,920 is owed; September 2026 costs nothing as it stands",
    },
    {
      name: "suspended",
      settlement: { ...story, periods: story.periods.slice(3).map((period) => ({ ...period, suspended: true })) },
      says: "September 2026 costs nothing: credits are suspended",
    },
  ])("$name: $says", ({ settlement, says }) => {
    expect(plain(moneyFinding(settlement, ZONE))).toBe(says);
  });

  it("a whole month or quarter has a name, a part has its days", () => {
    const period = (start: string, end: string) => periodName({ start, toMs: Date.parse(`${end}T00:00:00+08:00`) }, ZONE);
    expect(period("2026-02-01", "2026-03-01")).toBe("February 2026");
    expect(period("2026-10-01", "2027-01-01")).toBe("quarter 4 of 2026");
    expect(period("2026-06-15", "2026-07-01")).toBe("15 Jun to 30 Jun 2026");
    expect(period("2026-02-01", "2026-05-01")).toBe("1 Feb to 30 Apr 2026");
  });
});

describe("rights that lapse", () => {
  const right = (overrides: Partial<Deadline>): Deadline => ({
    kind: "claim-credit",
    party: "client",
    says: "Claim the credit of August 2026",
    dueAtMs: FIXTURE_NOW_MS + 2 * DAY_MS,
    lapsed: false,
    amount: 200_000,
    ...overrides,
  });
  const said = (deadline: Deadline, who = "You") =>
    plain(waiveWords(deadline, who, { nowMs: FIXTURE_NOW_MS, currency: "USD" }) ?? "nothing");

  it("money that lapses within three days is said, with who waives it", () => {
    expect(said(right({}))).toBe("You are about to waive USD 2,000");
    expect(said(right({}), "The client")).toBe("The client is about to waive USD 2,000");
  });

  it("nothing is said of later rights, of lapsed ones and of those without an amount", () => {
    expect(said(right({ dueAtMs: FIXTURE_NOW_MS + 3 * DAY_MS }))).toBe("nothing");
    expect(said(right({ lapsed: true }))).toBe("nothing");
    expect(said(right({ amount: null }))).toBe("nothing");
  });

  it("the running ones come nearest first; one whose time has passed runs no more although no word of it has come", () => {
    const passed = right({ dueAtMs: FIXTURE_NOW_MS - 1 });
    const far = right({ dueAtMs: FIXTURE_NOW_MS + 9 * DAY_MS });
    expect(running([far, passed, right({})], FIXTURE_NOW_MS).map(({ dueAtMs }) => dueAtMs)).toEqual([right({}).dueAtMs, far.dueAtMs]);
  });

  it("a QA lead is told of the client's rights and has none of their own", () => {
    expect(whoWords("client", sideOf("client-manager"))).toBe("You");
    expect(whoWords("client", sideOf("qa-lead"))).toBe("The client");
    expect(whoWords("client", sideOf("provider"))).toBe("The client");
    expect(whoWords("provider", sideOf("provider"))).toBe("You");
  });
});

describe("a forecast as pasted", () => {
  it("is a line a day, with whatever stands between day and count", () => {
    expect(forecastDays("2026-10-01 2100\n\n 2026-10-02,2210\n2026-10-03;0 ", "2026-10")).toEqual({
      "2026-10-01": 2100,
      "2026-10-02": 2210,
      "2026-10-03": 0,
    });
  });

  it.each([
    { text: "2026-10-01 many", says: '"2026-10-01 many" is not a day and a count.' },
    { text: "2026-11-01 5", says: "2026-11-01 is not in 2026-10." },
    { text: "  \n", says: "There is no day in it." },
  ])("refuses $text", ({ text, says }) => {
    expect(() => forecastDays(text, "2026-10")).toThrow(says);
  });
});
