import fc from "fast-check";
import { CONTACT_FACTS } from "../../shared/facts/contact-fact.ts";
import { type FeedFacts, IntervalTable, RecordTable } from "../../shared/facts/fact-table.ts";
import type { ContactRow, IntervalRow } from "../../shared/feeds/canonical.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { contactFile } from "./contact-file.ts";

/** The last days of the year lie before the agreement is in force. */
export const FIRST = Date.parse("2025-12-30T00:00:00Z");
export const QUARTER = 900_000;
export const QUEUES = ["sales", "Störung: 24/7"];
export const CONTACTS = ["a", "b", "c", "d", "e"];
export const COUNTERS = ["answered", "abandoned", "answered-within-20000"] as const;

const contact: fc.Arbitrary<ContactRow> = fc.record({
  contactId: fc.constantFrom(...CONTACTS),
  queue: fc.constantFrom(...QUEUES),
  startMs: fc.nat(4 * 96).map((quarter) => FIRST + quarter * QUARTER + 61_000),
  outcome: fc.constantFrom(
    "answered" as const,
    "answered" as const,
    "abandoned" as const,
    "not-a-contact" as const,
    "left-before-queue" as const,
  ),
  waitMs: fc.constantFrom(0, 20_000, 21_000),
  handleMs: fc.constantFrom(0, 60_000, 200_000),
  talkMs: fc.constant(null),
  holdMs: fc.constant(null),
  acwMs: fc.constant(null),
  csat: fc.constant(null),
  agent: fc.constant(null),
  version: fc.constant(null),
});

const interval: fc.Arbitrary<IntervalRow> = fc.record({
  queue: fc.constantFrom(...QUEUES),
  startMs: fc.nat(6).map((step) => FIRST + step * 61 * QUARTER),
  lengthMs: fc.constant(QUARTER),
  counters: fc.tuple(fc.nat(9), fc.nat(9)).map(([late, within]) => [late + within, late, within]),
  claims: fc.constant([]),
  version: fc.constant(null),
});

export type File =
  | { readonly kind: "contacts"; readonly rows: ContactRow[]; readonly broken: number }
  | { readonly kind: "intervals"; readonly rows: IntervalRow[]; readonly broken: number };

const broken = fc.nat(2);
const file: fc.Arbitrary<File> = fc.oneof(
  fc.record({ kind: fc.constant("contacts" as const), rows: fc.array(contact, { minLength: 1, maxLength: 8 }), broken }),
  fc.record({ kind: fc.constant("intervals" as const), rows: fc.array(interval, { minLength: 1, maxLength: 6 }), broken }),
);
export const files = fc.array(file, { minLength: 1, maxLength: 6 });
export const keys = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });

export function permuted<T>(items: readonly T[], by: readonly number[]): T[] {
  return items
    .map((item, i) => ({ item, at: by[i % by.length] ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Files differ by their number, so that none is taken for another that was handed in before. */
export function textOf(content: File, number: number): string {
  const bad = Array.from({ length: content.broken }, (_, i) =>
    content.kind === "contacts" ? `x${i},yesterday,sales,answered,1,1,1` : `2025-12-30,7:3${i + 1},sales,1,1,1,1`,
  );
  const [header = "", ...rows] = (content.kind === "contacts" ? contactFile(content.rows) : intervalFile(content.rows))
    .trimEnd()
    .split("\n");
  return [header, ...rows, ...bad, "", ...Array.from({ length: number }, () => "")].join("\n");
}

function intervalFile(rows: readonly IntervalRow[]): string {
  const lines = rows.map(({ startMs, queue, counters, version }) => {
    const iso = new Date(startMs).toISOString();
    return [iso.slice(0, 10), iso.slice(11, 16), queue, ...counters, version ?? ""].join(",");
  });
  return [`date,time,queue,${COUNTERS.join(",")},version`, ...lines, ""].join("\n");
}

/** Everything the system must come to, computed in memory from the rows and the numbers of their receipts alone. */
export class Oracle {
  readonly contacts = new RecordTable(CONTACT_FACTS);
  readonly intervals = new IntervalTable();

  add(content: File, receipt: number): void {
    if (content.kind === "contacts") content.rows.forEach((row) => this.contacts.add(row, receipt));
    else content.rows.forEach((row) => this.intervals.add(row, receipt));
  }

  facts(stored: StoredAgreement): Map<string, FeedFacts> {
    return new Map([
      ["calls", this.contacts.count(stored.layout("calls").counters, stored.intervalMs("calls"))],
      ["counts", this.intervals.count()],
    ]);
  }
}
