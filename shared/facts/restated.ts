import type { Claim, Layout } from "../feeds/canonical.ts";
import type { Interval } from "./interval.ts";
import type { StoredShares } from "./stored-shares.ts";

/** What is said of one queue and interval: a whole stored interval, or what one record adds to it. */
export type Known = Pick<Interval, "startMs" | "counters" | "claims"> & { readonly queue: string };

/** One value that changed. Numbers as text, milliseconds for times; `null`: not given, or not there. */
interface ChangedValue {
  readonly queue: string;
  readonly startMs: number;
  readonly counter: string;
  readonly old: string | null;
  readonly new: string | null;
}

const VALUES_KEPT = 20;
/** What stands for a value that a file took away, because it says everything of its day and not that. */
const WITHDRAWN = "withdrawn";

function textOfCount(count: number | null | undefined): string | null {
  return count === null || count === undefined ? null : String(count);
}

/** The figure with the digits that the file printed. */
function textOfClaim(claim: Claim | null | undefined): string | null {
  if (claim === null || claim === undefined) return null;
  const digits = String(Math.abs(claim.mantissa)).padStart(claim.dp + 1, "0");
  const whole = digits.slice(0, digits.length - claim.dp);
  return `${claim.mantissa < 0 ? "-" : ""}${whole}${claim.dp === 0 ? "" : `.${digits.slice(-claim.dp)}`}`;
}

function byPlace(a: ChangedValue, b: ChangedValue): number {
  if (a.startMs !== b.startMs) return a.startMs - b.startMs;
  if (a.queue !== b.queue) return a.queue < b.queue ? -1 : 1;
  return 0;
}

/** What a correction changed, added up fact by fact: sums of each counter before and after, and the first values. */
export class Restated {
  private readonly layout: Layout;
  private readonly sums: { old: number; new: number; changed: boolean }[];
  private values: ChangedValue[] = [];
  private readonly touched = new Set<number>();

  constructor(layout: Layout) {
    this.layout = layout;
    this.sums = layout.counters.map(() => ({ old: 0, new: 0, changed: false }));
  }

  /** One fact that a file took away. */
  withdraw(old: Known): void {
    this.add(old, null, WITHDRAWN);
  }

  /** One fact as it was and as it is; `null` where it was not, or is no more, in that queue and interval. */
  add(old: Known | null, now: Known | null, gone: string | null = null): void {
    const place = now ?? old;
    if (place === null) return;
    for (const known of [old, now]) if (known !== null) this.touched.add(known.startMs);
    this.layout.counters.forEach((counter, i) => {
      const [before, after] = [old?.counters[i] ?? null, now?.counters[i] ?? null];
      const sum = this.sums[i];
      if (sum !== undefined) {
        sum.old += before ?? 0;
        sum.new += after ?? 0;
        sum.changed ||= before !== after;
      }
      this.note(place, { counter, old: textOfCount(before), new: textOfCount(after) ?? (before === null ? null : gone) });
    });
    this.layout.claims.forEach((metric, i) => {
      const before = textOfClaim(old?.claims[i]);
      this.note(place, {
        counter: `${metric} as printed`,
        old: before,
        new: textOfClaim(now?.claims[i]) ?? (before === null ? null : gone),
      });
    });
  }

  /** Sums over all facts, of the counters of which any fact changed. */
  get totals(): { counter: string; old: number; new: number }[] {
    return this.layout.counters.flatMap((counter, i) => {
      const sum = this.sums[i];
      return sum === undefined || !sum.changed ? [] : [{ counter, old: sum.old, new: sum.new }];
    });
  }

  /** The first values that changed, by time and queue. */
  get first(): readonly ChangedValue[] {
    return this.values.toSorted(byPlace).slice(0, VALUES_KEPT);
  }

  /** Starts of the intervals that were touched, ascending. */
  get starts(): number[] {
    return [...this.touched].toSorted((a, b) => a - b);
  }

  private note({ queue, startMs }: Known, change: Pick<ChangedValue, "counter" | "old" | "new">): void {
    if (change.old === change.new) return;
    this.values.push({ queue: queue.toWellFormed(), startMs, ...change });
    if (this.values.length >= 50 * VALUES_KEPT) this.values = [...this.first];
  }
}

/** A share that counts nothing anywhere says nothing of the interval that a record left or came into. */
function somewhere(known: Known): Known {
  return { ...known, counters: known.counters.map((count) => (count === 0 ? null : count)) };
}

function knownOf({ queue, shares }: StoredShares): Map<number, Known> {
  return new Map(shares.map(({ startMs, added }) => [startMs, { queue, startMs, counters: added, claims: [] }]));
}

/** Adds one record that a file took away. */
export function withdrawRecord(restated: Restated, old: StoredShares): void {
  for (const known of knownOf(old).values()) restated.withdraw(somewhere(known));
}

/** Adds one record as it was and as it is; one that moved leaves one interval and comes into another. */
export function addRecord(restated: Restated, old: StoredShares, now: StoredShares): void {
  const [before, after] = [knownOf(old), knownOf(now)];
  const stays = (startMs: number): boolean => old.queue === now.queue && before.has(startMs) && after.has(startMs);
  for (const [startMs, known] of before) {
    if (stays(startMs)) restated.add(known, after.get(startMs) ?? null);
    else restated.add(somewhere(known), null);
  }
  for (const [startMs, known] of after) if (!stays(startMs)) restated.add(null, somewhere(known));
}
