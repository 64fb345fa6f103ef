import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_FACTS } from "../../../../shared/facts/contact-fact.ts";
import type { FactCodec, KeyedFact } from "../../../../shared/facts/fact-codec.ts";
import { RecordTable } from "../../../../shared/facts/fact-table.ts";
import { QA_FACTS, type QaFact } from "../../../../shared/facts/qa-fact.ts";
import { ROSTER_FACTS, type RosterFact } from "../../../../shared/facts/roster-fact.ts";
import { SCHEDULE_FACTS, type ScheduleFact } from "../../../../shared/facts/schedule-fact.ts";
import { SURVEY_FACTS, type SurveyFact } from "../../../../shared/facts/survey-fact.ts";
import type { ContactRow } from "../../../../shared/feeds/canonical.ts";
import { SCHEDULE_COUNTERS } from "../../../../shared/feeds/record-kinds.ts";
import { MAX_SCHEDULED_MS, type SurveyRow } from "../../../../shared/feeds/record-rows.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { anyContactFact } from "../../../support/contacts.ts";

const QUARTER = 900_000;
const START = Date.parse("2026-03-02T09:00:00Z");

const person = fc.oneof(fc.constant(null), fc.stringMatching(/^[a-z2-7]{10}$/u));
const flag = fc.constantFrom(true, false, null);
const count = fc.oneof(fc.constant(null), fc.nat(1000));
const place = {
  revision: fc.nat(1_000_000),
  queue: fc.constantFrom("main", "Störung: 24/7"),
  startMs: fc.oneof(
    fc.nat(4000).map((quarter) => START + quarter * QUARTER),
    fc.nat(90_000_000).map((ms) => START + ms),
  ),
  agent: person,
};

const anySurvey: fc.Arbitrary<SurveyFact> = fc.record({
  ...place,
  invited: fc.boolean(),
  csat: fc.constantFrom(null, 1, 2, 3, 4, 5),
  nps: fc.oneof(fc.constant(null), fc.nat(10)),
  resolved: flag,
});
const anyQa: fc.Arbitrary<QaFact> = fc.record({
  ...place,
  evaluator: person,
  form: fc.constantFrom("sales-2", "care.1"),
  earned: fc.nat(10_000),
  possible: fc.nat(10_000),
  autoFail: fc.boolean(),
  customerError: flag,
  businessError: flag,
  complianceError: flag,
  nonCriticalCorrect: count,
  nonCriticalItems: count,
  calibrationItems: count,
  calibrationMatches: count,
});
const anyRoster: fc.Arbitrary<RosterFact> = fc.record({
  ...place,
  coveredDays: fc.constantFrom(0, 1, 7, 31),
  serviceDays: count,
  left: fc.boolean(),
  leftDaysAgo: fc.nat(100),
  reason: fc.constantFrom(null, "other job", "Ruhestand – früh"),
});
const anySchedule: fc.Arbitrary<ScheduleFact> = fc
  .record({ ...place, lengthMs: fc.integer({ min: 1, max: MAX_SCHEDULED_MS }), counts: fc.subarray([...SCHEDULE_COUNTERS]) })
  .map(({ lengthMs, ...fact }) => ({ ...fact, endMs: fact.startMs + lengthMs }));

function expectRoundTrip<Row, Fact extends KeyedFact>({ pack, unpack }: FactCodec<Row, Fact>, facts: fc.Arbitrary<Fact>): void {
  fc.assert(
    fc.property(facts, (fact) => {
      expect(unpack(pack(fact))).toEqual(fact);
    }),
    { numRuns: 200, seed: 4 },
  );
}

function rowOf(recordId: string, { queue, startMs, agent, invited, csat, nps, resolved }: SurveyFact): SurveyRow {
  return { recordId, queue, startMs, agent, invited, csat, nps, resolved, version: null };
}

describe("facts under a key", () => {
  it("read back as they were packed, whatever their kind", () => {
    expectRoundTrip(CONTACT_FACTS, anyContactFact);
    expectRoundTrip(SURVEY_FACTS, anySurvey);
    expectRoundTrip(QA_FACTS, anyQa);
    expectRoundTrip(ROSTER_FACTS, anyRoster);
    expectRoundTrip(SCHEDULE_FACTS, anySchedule);
  });

  it("an agent costs nine bytes of a contact", () => {
    fc.assert(
      fc.property(anyContactFact, (fact) => {
        const [without, named] = [null, "abcdefghij"].map((agent) => CONTACT_FACTS.pack({ ...fact, agent }).length);
        expect((named ?? 0) - (without ?? 0)).toBeLessThanOrEqual(11);
      }),
      { numRuns: 200, seed: 5 },
    );
    const bank = CONTACT_FACTS.factOf(BANK_CALL, 1);
    expect(CONTACT_FACTS.pack({ ...bank, agent: "abcdefghij" }).length - CONTACT_FACTS.pack(bank).length).toBe(9);
  });

  it("the newest revision of a record counts, in whatever order receipts come", () => {
    const rows = fc.array(fc.tuple(fc.constantFrom("a", "b"), anySurvey), { maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.func(fc.nat(1000)), (given, weightOf) => {
        const numbered = given.map(([recordId, fact], i) => ({ row: rowOf(recordId, fact), receipt: i + 1 }));
        const [straight, mixed] = [new RecordTable(SURVEY_FACTS), new RecordTable(SURVEY_FACTS)];
        numbered.forEach(({ row, receipt }) => straight.add(row, receipt));
        numbered.toSorted((a, b) => weightOf(a.receipt) - weightOf(b.receipt)).forEach(({ row, receipt }) => mixed.add(row, receipt));
        const text = (table: typeof straight): string[] => [...table.values].map((fact) => JSON.stringify(fact)).toSorted();
        expect(text(mixed)).toEqual(text(straight));
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

const BANK_CALL: ContactRow = {
  contactId: "1",
  queue: "PS",
  startMs: START,
  outcome: "answered",
  waitMs: 5000,
  handleMs: 100_000,
  talkMs: null,
  holdMs: null,
  acwMs: null,
  csat: null,
  agent: null,
  version: null,
};

describe("schedules", () => {
  it("every millisecond of a shift is in exactly one interval", () => {
    fc.assert(
      fc.property(anySchedule, fc.constantFrom(300_000, QUARTER, 3_600_000), (fact, intervalMs) => {
        const shares = SCHEDULE_FACTS.compileShares(["scheduled-ms"], intervalMs)({ ...fact, counts: ["scheduled-ms"] });
        const parts = shares.map(({ added }) => added[0] ?? 0);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fact.endMs - fact.startMs);
        expect(parts.every((part) => part > 0 && part <= intervalMs)).toBe(true);
        expect(new Set(shares.map(({ startMs }) => startMs)).size).toBe(shares.length);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

const COUNTERS: readonly CounterId[] = ["headcount-days", "leavers", "starters-matured-30d", "survived-30d"];

describe("a roster's row counts", () => {
  const employed = { coveredDays: 1, serviceDays: 30, left: false, leftDaysAgo: 0 };
  it.each([
    ["an agent on the 30th day of service", employed, [1, 0, 1, 1]],
    ["an agent on the 31st", { ...employed, serviceDays: 31 }, [1, 0, 0, 0]],
    ["an agent of a week's snapshot whose 30 days were over within it", { ...employed, coveredDays: 7, serviceDays: 36 }, [7, 0, 1, 1]],
    ["an agent of a week's snapshot whose 30 days were over before it", { ...employed, coveredDays: 7, serviceDays: 37 }, [7, 0, 0, 0]],
    ["who left today, after 20 days", { ...employed, left: true, serviceDays: 20 }, [0, 1, 0, 0]],
    ["who left ten days ago, after 20 days", { ...employed, left: true, serviceDays: 20, leftDaysAgo: 10 }, [0, 0, 1, 0]],
    ["who left today, after 30 days", { ...employed, left: true }, [0, 1, 1, 1]],
    ["an agent of the only snapshot, after 400 days", { ...employed, coveredDays: 0, serviceDays: 400 }, [1, 0, 1, 1]],
    ["an agent of the only snapshot, after 10 days", { ...employed, coveredDays: 0, serviceDays: 10 }, [1, 0, 0, 0]],
    ["who left before the only snapshot, after 10 days", { ...employed, coveredDays: 0, serviceDays: 10, left: true }, [0, 1, 1, 0]],
    ["an agent of unknown service", { ...employed, serviceDays: null }, [1, 0, 0, 0]],
  ] as const)("%s", (_, parts, expected) => {
    const fact: RosterFact = { revision: 1, queue: "q", startMs: START, agent: null, reason: null, ...parts };
    expect(ROSTER_FACTS.compileShares(COUNTERS, QUARTER)(fact).map(({ added }) => added)).toEqual([expected]);
  });
});
