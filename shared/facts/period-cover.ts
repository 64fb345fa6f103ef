import type { Day } from "../calendar/day.ts";

/** Whole local days of a feed's zone, first and last, of which a file says everything. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** One file's period; the number of its receipt orders it among the others. */
export interface CoveringFile extends Period {
  readonly receipt: number;
}

/**
 * Which file was the last to say everything of a day, for a feed whose files replace their period. What an older file said
 * of the day counts no more. Only the greatest number of a day matters, so that files may come in any order.
 */
export class PeriodCover {
  private readonly files: CoveringFile[];
  private readonly dayOf: (ms: number) => Day;
  private readonly newestOf = new Map<Day, number>();

  /** @param dayOf the local day of an instant in the feed's zone. */
  constructor(dayOf: (ms: number) => Day, files: readonly CoveringFile[] = []) {
    this.dayOf = dayOf;
    this.files = [...files];
  }

  add(file: CoveringFile): void {
    this.files.push(file);
    this.newestOf.clear();
  }

  /** Whether a row still counts: no newer file covers its day. `revision`: the number of the receipt that brought it. */
  counts({ startMs, revision }: { readonly startMs: number; readonly revision: number }): boolean {
    return revision >= this.newest(this.dayOf(startMs));
  }

  /** Whether an instant lies in a period. */
  isIn({ from, to }: Period, ms: number): boolean {
    const day = this.dayOf(ms);
    return from <= day && day <= to;
  }

  private newest(day: Day): number {
    const known = this.newestOf.get(day);
    if (known !== undefined) return known;
    const newest = this.files.reduce((most, { from, to, receipt }) => (from <= day && day <= to ? Math.max(most, receipt) : most), 0);
    this.newestOf.set(day, newest);
    return newest;
  }
}

/** The files that another, newer one covers whole: they decide no day any more. */
export function outdoneBy(files: readonly CoveringFile[], { from, to, receipt }: CoveringFile): CoveringFile[] {
  return files.filter((file) => file.receipt < receipt && from <= file.from && file.to <= to);
}
