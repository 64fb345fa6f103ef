import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_FACTS, type ContactFact, contactFactOf } from "../../../../shared/facts/contact-fact.ts";
import { compileContribution } from "../../../../shared/facts/contribution.ts";
import { ShareCount } from "../../../../shared/facts/fact-table.ts";
import type { QueueIntervals } from "../../../../shared/facts/interval.ts";
import { BASE_COUNTERS, type CounterId } from "../../../../shared/metrics/counter.ts";
import { anyContactFact, buildContact } from "../../../support/contacts.ts";

const COUNTERS: readonly CounterId[] = [
  ...BASE_COUNTERS,
  "answered-within-20000",
  "abandoned-within-5000",
  "missed-within-20000",
  "answered-within-0",
  "waited-over-60000",
];

function contribution(overrides: Parameters<typeof buildContact>[0]): Partial<Record<CounterId, number>> {
  const added = compileContribution(COUNTERS)(contactFactOf(buildContact(overrides), 1));
  return Object.fromEntries(COUNTERS.flatMap((id, i) => (added[i] === 0 ? [] : [[id, added[i]]])));
}

function totals(queues: readonly QueueIntervals[]): number[] {
  const all = queues.flatMap(({ intervals }) => intervals);
  return COUNTERS.map((_, i) => all.reduce((sum, { counters }) => sum + (counters[i] ?? 0), 0));
}

describe("what one contact adds", () => {
  it("answered: itself, its wait and its times, and whether it was within the limit", () => {
    expect(contribution({ waitMs: 20_000, handleMs: 180_000, talkMs: 150_000, holdMs: 10_000, acwMs: 20_000, csat: 4 })).toEqual({
      offered: 1,
      queued: 1,
      answered: 1,
      "answer-wait-ms": 20_000,
      "answered-within-20000": 1,
      "handle-ms": 180_000,
      "talk-ms": 150_000,
      "hold-ms": 10_000,
      "acw-ms": 20_000,
      "csat-4": 1,
    });
  });

  it("a wait one millisecond beyond the limit is not within it", () => {
    expect(contribution({ waitMs: 20_001 })["answered-within-20000"]).toBeUndefined();
    expect(contribution({ waitMs: 20_000 })["answered-within-20000"]).toBe(1);
  });

  it("abandoned: its wait counts as its own, never as an answer's", () => {
    expect(contribution({ outcome: "abandoned", waitMs: 4000, handleMs: 9000 })).toEqual({
      offered: 1,
      queued: 1,
      abandoned: 1,
      "abandon-wait-ms": 4000,
      "abandoned-within-5000": 1,
    });
  });

  it("who waited longer than a limit counts beyond it, however the wait ended; the limit itself is not beyond it", () => {
    expect(contribution({ waitMs: 60_001 })["waited-over-60000"]).toBe(1);
    expect(contribution({ outcome: "abandoned", waitMs: 60_001 })["waited-over-60000"]).toBe(1);
    expect(contribution({ waitMs: 60_000 })["waited-over-60000"]).toBeUndefined();
    expect(contribution({ outcome: "flowed-out", waitMs: 60_001 })["waited-over-60000"]).toBeUndefined();
  });

  it.each(["flowed-out", "missed"] as const)("%s: offered, neither answered nor abandoned", (outcome) => {
    expect(contribution({ outcome, waitMs: 30_000 })).toEqual({ offered: 1, queued: 1, [outcome]: 1 });
  });

  it("who left before the queue was never offered to it", () => {
    expect(contribution({ outcome: "left-before-queue", waitMs: 3000 })).toEqual({});
  });

  it("a technical record adds nothing, whatever it carries", () => {
    expect(contribution({ outcome: "not-a-contact", csat: 5, waitMs: 1000 })).toEqual({});
  });
});

function countContacts(facts: readonly ContactFact[], counters: readonly CounterId[], intervalMs: number): QueueIntervals[] {
  const sharesOf = CONTACT_FACTS.compileShares(counters, intervalMs);
  const count = new ShareCount();
  for (const fact of facts) count.add(fact.queue, sharesOf(fact));
  return count.queues();
}

describe("counting contacts", () => {
  it("a whole is the sum of its parts, however it is divided", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyContactFact, fc.boolean()), { maxLength: 60 }), (parted) => {
        const parts = [true, false].map((side) =>
          countContacts(
            parted.filter(([, own]) => own === side).map(([fact]) => fact),
            COUNTERS,
            900_000,
          ),
        );
        const whole = countContacts(
          parted.map(([fact]) => fact),
          COUNTERS,
          900_000,
        );
        const [a = [], b = []] = parts.map(totals);
        expect(totals(whole)).toEqual(a.map((sum, i) => sum + (b[i] ?? 0)));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("the length of the intervals changes no sum", () => {
    fc.assert(
      fc.property(fc.array(anyContactFact, { maxLength: 40 }), (facts) => {
        const sums = [900_000, 1_800_000, 3_600_000].map((length) => totals(countContacts(facts, COUNTERS, length)));
        expect(sums[1]).toEqual(sums[0]);
        expect(sums[2]).toEqual(sums[0]);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it("nothing is negative and intervals without a count are not there", () => {
    fc.assert(
      fc.property(fc.array(anyContactFact, { maxLength: 40 }), (facts) => {
        for (const { counters } of countContacts(facts, COUNTERS, 900_000).flatMap(({ intervals }) => intervals)) {
          expect(counters.every((count) => count !== null && count >= 0)).toBe(true);
          expect(counters.some((count) => count !== 0)).toBe(true);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});
