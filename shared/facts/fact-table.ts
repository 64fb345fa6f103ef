import type { ContactRow, IntervalRow } from "../feeds/canonical.ts";
import type { CounterId } from "../metrics/counter.ts";
import { type ContactFact, contactFactOf, packContactFact } from "./contact-fact.ts";
import { compileContribution } from "./contribution.ts";
import { type Interval, intervalStart, packInterval, type QueueIntervals } from "./interval.ts";
import { replaces } from "./revision.ts";

const contactBytes = (fact: ContactFact): Uint8Array => packContactFact({ ...fact, revision: 0 });
const intervalBytes = ({ counters, claims }: Interval): Uint8Array => packInterval(0, counters, claims);

/** What is known of a feed, and between which starts its rows lay, those included that count nowhere or no more. */
export interface FeedFacts {
  readonly queues: readonly QueueIntervals[];
  readonly span: { readonly firstMs: number; readonly lastMs: number } | null;
}

function widen(span: FeedFacts["span"], ms: number): FeedFacts["span"] {
  return { firstMs: Math.min(span?.firstMs ?? ms, ms), lastMs: Math.max(span?.lastMs ?? ms, ms) };
}

/** Contacts in memory by natural key; the newest revision counts, whatever the order of arrival. */
export class ContactTable {
  private readonly facts = new Map<string, ContactFact>();
  private span: FeedFacts["span"] = null;

  /** @param receiptNumber decides between rows without a version of their own. */
  add(row: ContactRow, receiptNumber: number): void {
    this.span = widen(this.span, row.startMs);
    const known = this.facts.get(row.contactId);
    const fact = contactFactOf(row, receiptNumber);
    const rule = { versioned: row.version !== null, bytesOf: contactBytes };
    if (known === undefined || replaces(fact, known, rule)) this.facts.set(row.contactId, fact);
  }

  get values(): Iterable<ContactFact> {
    return this.facts.values();
  }

  count(counters: readonly CounterId[], intervalMs: number): FeedFacts {
    return { queues: countContacts(this.facts.values(), counters, intervalMs), span: this.span };
  }
}

/** Counters recomputed from facts alone: what the stored counters must equal at any time (invariant I3). */
export function countContacts(facts: Iterable<ContactFact>, counters: readonly CounterId[], intervalMs: number): QueueIntervals[] {
  const contribution = compileContribution(counters);
  const queues = new Map<string, Map<number, number[]>>();
  for (const fact of facts) {
    const starts = queues.get(fact.queue) ?? new Map<number, number[]>();
    queues.set(fact.queue, starts);
    const startMs = intervalStart(fact.startMs, intervalMs);
    const added = contribution(fact);
    const sums = starts.get(startMs);
    starts.set(startMs, sums === undefined ? added : sums.map((sum, i) => sum + (added[i] ?? 0)));
  }
  return [...queues].map(([queue, starts]) => ({
    queue,
    intervals: [...starts]
      .filter(([, sums]) => sums.some((sum) => sum !== 0))
      .toSorted(([a], [b]) => a - b)
      .map(([startMs, sums]): Interval => ({ revision: 0, startMs, counters: sums, claims: [] })),
  }));
}

/** Interval and daily rows in memory by queue and start; the newest revision counts. */
export class IntervalTable {
  private readonly queues = new Map<string, Map<number, Interval>>();
  private span: FeedFacts["span"] = null;

  add(row: IntervalRow, receiptNumber: number): void {
    this.span = widen(this.span, row.startMs);
    const starts = this.queues.get(row.queue) ?? new Map<number, Interval>();
    this.queues.set(row.queue, starts);
    const interval: Interval = { revision: row.version ?? receiptNumber, startMs: row.startMs, counters: row.counters, claims: row.claims };
    const known = starts.get(row.startMs);
    const rule = { versioned: row.version !== null, bytesOf: intervalBytes };
    if (known === undefined || replaces(interval, known, rule)) starts.set(row.startMs, interval);
  }

  count(): FeedFacts {
    const queues = [...this.queues].map(([queue, starts]) => ({
      queue,
      intervals: [...starts.values()].toSorted((a, b) => a.startMs - b.startMs),
    }));
    return { queues, span: this.span };
  }
}
