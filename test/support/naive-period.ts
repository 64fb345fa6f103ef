import { compileContribution } from "../../shared/facts/contribution.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { type File, QUARTER } from "./file-history.ts";

const DAY_MS = 86_400_000;
/** America/Bogota is five hours behind UTC all year. */
const BEHIND_MS = 5 * 3_600_000;

function dayOf(ms: number): number {
  return Math.floor((ms - BEHIND_MS) / DAY_MS);
}

interface Known {
  readonly receipt: number;
  readonly queue: string;
  readonly startMs: number;
  readonly sums: readonly (number | null)[];
}

/** The rules in as few words as they can be said: the newest row of each name, unless a newer file covers its day. */
export class NaivePeriods {
  private readonly rows = new Map<string, Known>();
  private readonly covered = new Map<number, number>();
  private readonly sumsOf: (row: Extract<File, { kind: "contacts" }>["rows"][number]) => readonly number[];

  constructor(stored: StoredAgreement) {
    this.sumsOf = compileContribution(stored.layout("calls").counters);
  }

  add(content: File, receipt: number): void {
    const known =
      content.kind === "contacts"
        ? content.rows.map((row) => ({
            name: row.contactId,
            startMs: Math.floor(row.startMs / QUARTER) * QUARTER,
            sums: this.sumsOf(row),
            at: row,
          }))
        : content.rows.map((row) => ({ name: `${row.queue}|${row.startMs}`, startMs: row.startMs, sums: row.counters, at: row }));
    for (const { name, startMs, sums, at } of known) {
      if ((this.rows.get(name)?.receipt ?? 0) <= receipt) this.rows.set(name, { receipt, queue: at.queue, startMs, sums });
    }
    const days = content.rows.map(({ startMs }) => dayOf(startMs));
    if (content.broken > 0 || days.length === 0) return;
    for (let day = Math.min(...days); day <= Math.max(...days); day++) this.covered.set(day, Math.max(this.covered.get(day) ?? 0, receipt));
  }

  counted(): Map<string, string> {
    const sums = new Map<string, number[]>();
    for (const row of this.rows.values()) {
      if (row.receipt < (this.covered.get(dayOf(row.startMs)) ?? 0)) continue;
      const place = `${row.queue}|${row.startMs}`;
      const before = sums.get(place) ?? row.sums.map(() => 0);
      sums.set(
        place,
        before.map((value, i) => value + (row.sums[i] ?? 0)),
      );
    }
    return new Map([...sums].filter(([, all]) => all.some((value) => value !== 0)).map(([place, all]) => [place, all.join(",")]));
  }
}
