import { type PeriodSettlement, Settlement, type SettlementLine } from "../../shared/settlement/settlement.ts";
import { FIXTURE_NOW_MS } from "./client-fixture.ts";

const DAY_MS = 86_400_000;
const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

function buildLine(overrides: Partial<SettlementLine> & Pick<SettlementLine, "targetId" | "name">): SettlementLine {
  return {
    status: "met",
    value: { num: 815, den: 1000 },
    expected: { mantissa: 80, dp: 2 },
    default: null,
    points: 0,
    credit: 0,
    capped: 0,
    earnedBack: 0,
    bonus: 0,
    ifAllAccepted: null,
    trace: ["Met: no credit."],
    ...overrides,
  };
}

const ABANDONMENT = {
  targetId: "abandonment",
  name: "Abandonment",
  value: { num: 458, den: 10_000 },
  expected: { mantissa: 5, dp: 2 },
} as const;

function buildPeriod(overrides: Partial<PeriodSettlement> & { readonly start: string; readonly end: string }): PeriodSettlement {
  const { end, ...rest } = overrides;
  return {
    fromMs: midnight(rest.start),
    toMs: midnight(end),
    open: false,
    version: 3,
    fees: 12_000_000,
    atRisk: 1_440_000,
    lines: [buildLine({ targetId: "service-level", name: "Service level" }), buildLine(ABANDONMENT)],
    points: 0,
    credit: 0,
    cappedAway: 0,
    earnedBack: 0,
    bonus: 0,
    atStake: 0,
    suspended: false,
    ...rest,
  };
}

const MISSED: Partial<SettlementLine> & Pick<SettlementLine, "targetId" | "name" | "trace"> = {
  targetId: "service-level",
  name: "Service level",
  status: "missed",
  default: "expected",
  trace: [
    "78.1 % is below the agreed 80 %: a default.",
    "Pool of the category 35 %, allocation 100 %, at risk EUR 14,400: EUR 5,040.",
    "No repeat of the month before.",
  ],
};

/** The money of Acme Voice: a ramp-up without credits, a bonus, a bad August, and a September that will probably cost. */
export function buildSettlement(): Settlement {
  return Settlement.parse({
    currency: "EUR",
    periods: [
      buildPeriod({ start: "2026-06-15", end: "2026-07-01", version: 2, fees: 6_400_000, atRisk: 768_000, suspended: true }),
      buildPeriod({
        start: "2026-07-01",
        end: "2026-08-01",
        credit: 252_000,
        earnedBack: 252_000,
        bonus: 120_000,
        lines: [
          buildLine({
            ...MISSED,
            credit: 504_000,
            earnedBack: 252_000,
            trace: [...MISSED.trace, "Earned back by half: August to September are on the agreed side together."],
          }),
          buildLine({ ...ABANDONMENT, bonus: 120_000, trace: ["4.6 % reaches the stretch level of 4.8 %: 1 % of EUR 120,000 as bonus."] }),
        ],
      }),
      buildPeriod({
        start: "2026-08-01",
        end: "2026-09-01",
        credit: 1_440_000,
        cappedAway: 216_000,
        lines: [
          buildLine({
            ...MISSED,
            default: "minimum",
            value: { num: 712, den: 1000 },
            credit: 1_080_000,
            capped: 140_000,
            ifAllAccepted: 504_000,
          }),
          buildLine({
            ...ABANDONMENT,
            status: "missed",
            value: { num: 61, den: 1000 },
            default: "expected",
            credit: 576_000,
            capped: 76_000,
            trace: ["6.1 % is above the agreed 5 %: a default.", "Pool 40 % of EUR 14,400: EUR 5,760."],
          }),
        ],
      }),
      buildPeriod({
        start: "2026-09-01",
        end: "2026-10-01",
        open: true,
        atStake: 420_000,
        lines: [
          buildLine({
            ...MISSED,
            status: "at-risk",
            default: null,
            value: { num: 34_069, den: 43_180 },
            trace: [
              "If the period ended now:",
              "78.9 % is below the agreed 80 %: a default.",
              "35 % x 100 % of the amount at risk: EUR 4,200.",
            ],
          }),
          buildLine(ABANDONMENT),
        ],
      }),
    ],
    years: [{ year: 2026, credit: 1_692_000, most: 10_080_000 }],
    terminations: [
      {
        id: "chronic",
        says: "Service level missed 4 times within 12 months",
        targetId: "service-level",
        count: 2,
        needed: 4,
        periods: ["2026-07-01", "2026-08-01"],
        triggered: false,
        noticeUntilMs: null,
      },
      {
        id: "cap",
        says: "Credits reach the amount at risk in 1 of 6 periods",
        targetId: null,
        count: 1,
        needed: 1,
        periods: ["2026-08-01"],
        triggered: true,
        noticeUntilMs: FIXTURE_NOW_MS + 39 * DAY_MS,
      },
    ],
    deadlines: [
      {
        kind: "claim-credit",
        party: "client",
        says: "Claim the credit of August 2026",
        dueAtMs: FIXTURE_NOW_MS + 2 * DAY_MS + 7_200_000,
        lapsed: false,
        amount: 1_440_000,
      },
      {
        kind: "exclusion-decision",
        party: "client",
        says: "Decide claim c3",
        dueAtMs: Date.parse("2026-09-23T18:00:00+08:00"),
        lapsed: false,
        amount: null,
      },
      {
        kind: "dispute",
        party: "provider",
        says: "Dispute the figures of August 2026",
        dueAtMs: FIXTURE_NOW_MS + 9 * DAY_MS,
        lapsed: false,
        amount: null,
      },
      {
        kind: "report",
        party: "provider",
        says: "Report of September 2026",
        dueAtMs: FIXTURE_NOW_MS + 24 * DAY_MS,
        lapsed: false,
        amount: null,
      },
      {
        kind: "claim-credit",
        party: "client",
        says: "Claim the credit of July 2026",
        dueAtMs: FIXTURE_NOW_MS - 12 * DAY_MS,
        lapsed: true,
        amount: 252_000,
      },
    ],
    proposals: [
      { targetId: "abandonment", from: "5 %", to: "4.8 %", says: "Better than 5 % in each of 12 months: halfway to their mean of 4.6 %." },
    ],
  });
}
