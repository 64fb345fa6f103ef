import { addDays, type Day } from "../calendar/day.ts";
import { createZone } from "../calendar/zone.ts";
import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { MENDED_FILE } from "./mended-file.ts";
import type { FileBatch } from "./read-feed.ts";

/** Whole days of the feed's zone, first and last. */
interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** A date that was misread would have decades replaced by one row. */
const MOST_DAYS = 3660;

function monthEnd(day: Day): Day {
  return addDays(`${day.slice(0, 7)}-01`, Temporal.PlainDate.from(day).daysInMonth - 1);
}

/** Rows refused, and rows kept back for it: what the receipt says of a file that replaced nothing. */
function keptNote(message: string): FileProblem {
  return {
    rule: "nothing-withdrawn",
    message: `${message}, so this file adds and corrects rows, and takes away none that it does not contain`,
    remedy: "Mend the file and hand it in again whole",
  };
}

/**
 * Finds of which days a file of a feed with `replaces: period` says everything: from the first to the last day on which it has
 * a row, whole months where rows are months. A file of which a row was refused says not all of it, whatever row that was; a
 * mended errors.csv holds only what was refused. Neither, nor a file without rows, replaces a period.
 */
export class CoveredPeriod {
  private readonly definition: FeedDefinition;
  private first = Infinity;
  private last = -Infinity;
  private refused = 0;
  private isPart = false;

  constructor(definition: FeedDefinition) {
    this.definition = definition;
    this.isPart = definition.replaces !== "period";
  }

  /** Batches of a file in their order. */
  take(batch: FileBatch<{ readonly startMs: number }>): void {
    if (this.definition.replaces !== "period") return;
    if (batch.kind === "refused" || (batch.kind === "noted" && batch.problems.some(({ rule }) => rule === MENDED_FILE))) this.isPart = true;
    if (batch.kind !== "rows") return;
    for (const { row } of batch.rows) {
      if (row === null) this.refused++;
      else {
        this.first = Math.min(this.first, row.startMs);
        this.last = Math.max(this.last, row.startMs);
      }
    }
  }

  /** The days of the file, once it was read to its end; `null`: it replaces none. */
  get days(): Days | null {
    const days = this.isPart || this.refused > 0 ? null : this.span();
    return days !== null && addDays(days.from, MOST_DAYS) > days.to ? days : null;
  }

  /** What the receipt says where a file that might have replaced a period did not. */
  get notes(): FileProblem[] {
    if (this.isPart || this.days !== null) return [];
    const span = this.span();
    if (span === null) return [];
    if (this.refused > 0) return [keptNote(`${this.refused} ${this.refused === 1 ? "row was" : "rows were"} refused`)];
    return [keptNote(`its rows lie more than ${MOST_DAYS} days apart (${span.from} to ${span.to})`)];
  }

  private span(): Days | null {
    if (this.first > this.last) return null;
    const zone = createZone(this.definition.timeZone);
    const [from, to] = [zone.localDay(this.first), zone.localDay(this.last)];
    return this.definition.kind === "monthly" ? { from: `${from.slice(0, 7)}-01`, to: monthEnd(to) } : { from, to };
  }
}
