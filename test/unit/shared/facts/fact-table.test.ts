import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_FACTS, type ContactFact } from "../../../../shared/facts/contact-fact.ts";
import { IntervalTable, RecordTable } from "../../../../shared/facts/fact-table.ts";
import { PeriodCover } from "../../../../shared/facts/period-cover.ts";
import type { ContactRow, IntervalRow } from "../../../../shared/feeds/canonical.ts";
import { BASE_COUNTERS } from "../../../../shared/metrics/counter.ts";
import { anyContactFact, buildContact } from "../../../support/contacts.ts";

function rowOf({
  queue,
  startMs,
  outcome,
  waitMs,
  handleMs,
  talkMs,
  holdMs,
  acwMs,
  csat,
  agent,
}: ContactFact): Omit<ContactRow, "contactId" | "version"> {
  return { queue, startMs, outcome, waitMs, handleMs, talkMs, holdMs, acwMs, csat, agent };
}

/** Rows as receipts bring them: a receipt has one row per contact, as the last one of a file decides. */
const receipts = fc.array(
  fc.tuple(fc.constantFrom("a", "b", "c", "d"), anyContactFact).map(([contactId, fact]) => buildContact({ ...rowOf(fact), contactId })),
  { maxLength: 25 },
);

function shuffled<T>(order: readonly number[], rows: readonly T[]): T[] {
  return rows
    .map((row, i) => ({ row, at: order[i] ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

function sorted(table: RecordTable<ContactRow, ContactFact>): string[] {
  return [...table.values].map((fact) => JSON.stringify(fact)).toSorted();
}

function intervalsOf(table: IntervalTable): unknown {
  return table.count().queues.toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
}

describe("RecordTable of contacts", () => {
  const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 25, maxLength: 25 });

  it("the newest receipt counts, in whatever order receipts arrive", () => {
    fc.assert(
      fc.property(receipts, order, (rows, permutation) => {
        const numbered = rows.map((row, i) => ({ row: { ...row, version: null }, receipt: i + 1 }));
        const [straight, mixed] = [new RecordTable(CONTACT_FACTS), new RecordTable(CONTACT_FACTS)];
        numbered.forEach(({ row, receipt }) => straight.add(row, receipt));
        shuffled(permutation, numbered).forEach(({ row, receipt }) => mixed.add(row, receipt));
        expect(sorted(mixed)).toEqual(sorted(straight));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("the source's version counts, even where two different rows carry the same one", () => {
    fc.assert(
      fc.property(receipts, order, fc.array(fc.nat(2), { minLength: 25, maxLength: 25 }), (rows, permutation, versions) => {
        const versioned = rows.map((row, i) => ({ row: { ...row, version: versions[i] ?? 0 }, receipt: i + 1 }));
        const [straight, mixed] = [new RecordTable(CONTACT_FACTS), new RecordTable(CONTACT_FACTS)];
        versioned.forEach(({ row, receipt }) => straight.add(row, receipt));
        shuffled(permutation, versioned).forEach(({ row, receipt }) => mixed.add(row, receipt));
        expect(sorted(mixed)).toEqual(sorted(straight));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("rows that were there before change nothing", () => {
    fc.assert(
      fc.property(receipts, (rows) => {
        const [once, twice] = [new RecordTable(CONTACT_FACTS), new RecordTable(CONTACT_FACTS)];
        rows.forEach((row, i) => once.add({ ...row, version: null }, i + 1));
        for (let round = 0; round < 2; round++) rows.forEach((row, i) => twice.add({ ...row, version: null }, i + 1));
        expect(sorted(twice)).toEqual(sorted(once));
        expect(twice.count(BASE_COUNTERS, 900_000)).toEqual(once.count(BASE_COUNTERS, 900_000));
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it("a contact that moves to another queue and day counts only where it is now", () => {
    const table = new RecordTable(CONTACT_FACTS);
    table.add(buildContact({ queue: "main" }), 1);
    table.add(buildContact({ queue: "late", startMs: buildContact().startMs + 90_000_000 }), 2);
    expect(table.count(["answered"], 900_000).queues).toEqual([
      { queue: "late", intervals: [{ revision: 0, startMs: buildContact().startMs + 90_000_000, counters: [1], claims: [] }] },
    ]);
  });

  it("within one receipt the later row counts", () => {
    const table = new RecordTable(CONTACT_FACTS);
    table.add(buildContact({ waitMs: 1000 }), 1);
    table.add(buildContact({ waitMs: 2000 }), 1);
    expect([...table.values].map(({ waitMs }) => waitMs)).toEqual([2000]);
  });
});

describe("tables of a feed whose files replace their period", () => {
  const cover = () => new PeriodCover((ms) => new Date(ms).toISOString().slice(0, 10));

  it("count what no newer file covers, whichever of both comes first", () => {
    const [records, intervals] = [cover(), cover()];
    const [contacts, counts] = [new RecordTable(CONTACT_FACTS, records), new IntervalTable(intervals)];
    const at = (hour: number): number => hour * 3_600_000;
    records.add({ from: "1970-01-02", to: "1970-01-03", receipt: 2 });
    for (const [i, hour] of [1, 30].entries()) {
      contacts.add(buildContact({ contactId: `c${i}`, startMs: at(hour) }), 1);
      counts.add({ queue: "main", startMs: at(hour), lengthMs: 900_000, counters: [1], claims: [], version: null }, 1);
    }
    intervals.add({ from: "1970-01-02", to: "1970-01-03", receipt: 2 });
    expect([...contacts.values].map(({ startMs }) => startMs)).toEqual([at(1)]);
    expect(counts.count().queues.flatMap((queue) => queue.intervals.map(({ startMs }) => startMs))).toEqual([at(1)]);
    contacts.add(buildContact({ contactId: "c1", startMs: at(31) }), 3);
    expect([...contacts.values].length).toBe(2);
  });
});

describe("IntervalTable", () => {
  const row = fc.record<IntervalRow>({
    queue: fc.constantFrom("main", "late"),
    startMs: fc.nat(5).map((quarter) => quarter * 900_000),
    lengthMs: fc.constant(900_000),
    counters: fc.tuple(fc.nat(20), fc.oneof(fc.constant(null), fc.nat(20))),
    claims: fc.constant([]),
    version: fc.oneof(fc.constant(null), fc.constant(null)),
  });
  const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 });

  it("the newest receipt counts, in whatever order and however often receipts arrive", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 15 }), order, (rows, permutation) => {
        const numbered = rows.map((own, i) => ({ own, receipt: i + 1 }));
        const [straight, mixed] = [new IntervalTable(), new IntervalTable()];
        numbered.forEach(({ own, receipt }) => straight.add(own, receipt));
        shuffled(permutation, [...numbered, ...numbered]).forEach(({ own, receipt }) => mixed.add(own, receipt));
        expect(intervalsOf(mixed)).toEqual(intervalsOf(straight));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("the source's version counts, even where two different rows carry the same one", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 15 }), order, (rows, permutation) => {
        const versioned = rows.map((own, i) => ({ own: { ...own, version: i % 2 }, receipt: i + 1 }));
        const [straight, mixed] = [new IntervalTable(), new IntervalTable()];
        versioned.forEach(({ own, receipt }) => straight.add(own, receipt));
        shuffled(permutation, versioned).forEach(({ own, receipt }) => mixed.add(own, receipt));
        expect(intervalsOf(mixed)).toEqual(intervalsOf(straight));
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
