import type { Day } from "../calendar/day.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { Interval } from "../facts/interval.ts";
import type { Layout } from "../feeds/canonical.ts";
import { describeCounter } from "../metrics/describe.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import type { Exclusion } from "./exclusion.ts";
import { hoursOf } from "./scope.ts";
import { countedQueues, isAbout, isExcluded, wholeOf } from "./target-day.ts";

/** A stretch of a day that does not count, or is claimed not to. */
export interface LeftOut {
  readonly day: Day;
  readonly fromMs: number;
  readonly toMs: number;
  /** The queues it is true of, where it may be otherwise in another one; else none. */
  readonly queues: readonly string[];
  readonly why: string;
  /** Contacts in it, as far as the feed says how many there were. */
  readonly contacts: number;
}

interface Rules {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly exclusions: readonly Exclusion[];
  readonly day: Day;
  /** Why the volume band leaves the day out, if it does. */
  readonly volume: string | null;
}

/** Why something does not count. `group`: whose hours or counts say so, where that is not the same for every queue. */
interface Reason {
  readonly why: string;
  readonly group: string | null;
}

function alike(why: string): Reason {
  return { why, group: null };
}

function closedBecause({ compiled, day }: Rules, queue: string): Reason {
  const hours = hoursOf(compiled.scope, queue);
  const group = compiled.scope.length === 1 ? null : `hours ${compiled.scope.findIndex((one) => one.hours === hours)}`;
  const rule = hours?.ruleOf(day);
  if (rule === "holiday") return { group, why: "not counted: holiday" };
  return { group, why: rule === "override" ? "not counted: outside the hours agreed for this day" : "not counted: outside service hours" };
}

function lackingCount({ context, compiled }: Rules, interval: Interval): Reason | null {
  const layout = context.layout(compiled.target.feed);
  const missing = compiled.counters.find((counter) => (interval.counters[layout.counters.indexOf(counter)] ?? null) === null);
  return missing === undefined ? null : { group: "counts", why: `not counted: incomplete, no count of ${describeCounter(missing)}` };
}

/** Why an interval does not count; the first rule that applies, `null` when it counts without question. */
function reasonOf(rules: Rules, isOpen: boolean, queue: string, interval: Interval): Reason | null {
  const { context, compiled, day, volume } = rules;
  if (!isOpen) return closedBecause(rules, queue);
  const wholeDay = wholeOf(context, compiled, day);
  const about = rules.exclusions.filter((one) => isAbout(one, compiled) && isExcluded(one, interval.startMs, wholeDay));
  const accepted = about.find(({ state }) => state === "accepted");
  if (accepted !== undefined) return alike(`not counted: left out by claim ${accepted.id} "${accepted.why}"`);
  if (volume !== null) return alike(`not counted: ${volume}`);
  const lacking = lackingCount(rules, interval);
  if (lacking !== null) return lacking;
  const [open] = about;
  return open === undefined ? null : alike(`counted, until claim ${open.id} "${open.why}" is decided`);
}

const CONTACTS = [["offered"], ["answered", "abandoned"], ["answered"]] as const;

/** Contacts of an interval by the first way of counting that the feed offers. */
function contactsIn(layout: Layout, interval: Interval): number {
  for (const counters of CONTACTS) {
    const values = counters.map((counter) => interval.counters[layout.counters.indexOf(counter)] ?? null);
    if (!values.includes(null)) return values.reduce((sum: number, value) => sum + (value ?? 0), 0);
  }
  return 0;
}

interface Grouped extends LeftOut {
  readonly group: string | null;
}

/**
 * What does not count on a day, as ranges: intervals with the same reason that touch are one, queues together. Where a
 * reason need not hold in every queue (hours of programs, missing counts), the range names its queues.
 */
export function leftOutOf(rules: Rules, queues: readonly QueueIntervals[]): LeftOut[] {
  const { context, compiled, day } = rules;
  const range = context.zone.dayRange(day);
  const length = context.intervalMs(compiled.target.feed);
  const layout = context.layout(compiled.target.feed);
  const ranges: Grouped[] = [];
  const counted = countedQueues(context, compiled, day, queues);
  for (const { queue, intervals, open } of counted) {
    for (const interval of intervals) {
      const { startMs } = interval;
      if (startMs < range.fromMs || startMs >= range.toMs) continue;
      const isOpen = open.some(({ fromMs, toMs }) => startMs >= fromMs && startMs < toMs);
      const reason = reasonOf(rules, isOpen, queue, interval);
      if (reason === null) continue;
      const toMs = Math.min(startMs + length, range.toMs);
      const named = reason.group === null || counted.length === 1 ? [] : [queue];
      ranges.push({ ...reason, day, fromMs: startMs, toMs, queues: named, contacts: contactsIn(layout, interval) });
    }
  }
  return merged(ranges);
}

function merged(ranges: readonly Grouped[]): Grouped[] {
  const result: Grouped[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromMs - b.fromMs || (a.why < b.why ? -1 : Number(a.why > b.why)))) {
    const at = result.findLastIndex(({ why, group, toMs }) => why === range.why && group === range.group && range.fromMs <= toMs);
    const before = result[at];
    if (before === undefined) result.push(range);
    else {
      const queues = [...new Set([...before.queues, ...range.queues])].toSorted();
      result[at] = { ...before, queues, toMs: Math.max(before.toMs, range.toMs), contacts: before.contacts + range.contacts };
    }
  }
  return result;
}
