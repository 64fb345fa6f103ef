import type { AgreementContext } from "../agreement/context.ts";
import { addDays, type Day } from "../calendar/day.ts";
import { createZone } from "../calendar/zone.ts";
import { CONTACT_FACTS } from "../facts/contact-fact.ts";
import type { FactCodec, KeyedFact } from "../facts/fact-codec.ts";
import { ShareCount } from "../facts/fact-table.ts";
import { type Interval, packInterval, type QueueIntervals } from "../facts/interval.ts";
import { type CoveringFile, PeriodCover } from "../facts/period-cover.ts";
import { QA_FACTS } from "../facts/qa-fact.ts";
import { replaces } from "../facts/revision.ts";
import { ROSTER_FACTS } from "../facts/roster-fact.ts";
import { SCHEDULE_FACTS } from "../facts/schedule-fact.ts";
import { SURVEY_FACTS } from "../facts/survey-fact.ts";
import type { IntervalRow } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { contactRows, countRows, qaRows, rosterRows, scheduleRows, surveyRows } from "../feeds/row-kinds.ts";
import { type FileRead, type FileToRead, type KindOf, readFileRows, type Reading } from "./read-file.ts";

/** Rows of one feed, kept by local day, so that a day can be counted without the others. */
interface DayTable {
  /** Days whose counts a row changed since they were last asked for. */
  readonly touched: Set<Day>;
  read(file: FileToRead, reading: Reading): Promise<FileRead>;
  /** Takes away what older files say of days of which a file says everything. */
  replace(file: CoveringFile): void;
  on(day: Day, context: AgreementContext): QueueIntervals[];
}

interface Row {
  readonly startMs: number;
  readonly version: number | null;
}

/** What a table is made for: a feed, counted as a version of the agreement asks. */
interface TableOf {
  readonly feed: FeedDefinition;
  readonly context: AgreementContext;
}

function coverOf(timeZone: string): PeriodCover {
  const zone = createZone(timeZone);
  return new PeriodCover((ms) => zone.localDay(ms));
}

/** Whether a day of the agreement can have a part of a feed's period: their zones may differ, by no more than a day. */
function mayTouch({ from, to }: CoveringFile, day: Day): boolean {
  return day >= addDays(from, -1) && day <= addDays(to, 1);
}

/** Records under a natural key: contacts, answers, evaluations, people, shifts. */
class RecordDays<R extends Row, Fact extends KeyedFact> implements DayTable {
  readonly touched = new Set<Day>();
  private readonly facts = new Map<string, Fact>();
  private readonly days = new Map<Day, Map<string, Fact>>();
  private readonly codec: FactCodec<R, Fact>;
  private readonly kindOf: KindOf<R>;
  private readonly feed: string;
  private readonly cover: PeriodCover;
  private readonly daysOf: (fact: Fact) => Set<Day>;

  constructor(codec: FactCodec<R, Fact>, kindOf: KindOf<R>, { feed: { id: feed, timeZone }, context }: TableOf) {
    this.codec = codec;
    this.kindOf = kindOf;
    this.feed = feed;
    this.cover = coverOf(timeZone);
    const sharesOf = codec.compileShares(context.layout(feed).counters, context.intervalMs(feed));
    this.daysOf = (fact) => new Set([fact, ...sharesOf(fact)].map(({ startMs }) => context.zone.localDay(startMs)));
  }

  async read(file: FileToRead, reading: Reading): Promise<FileRead> {
    return await readFileRows(file, { kindOf: this.kindOf, reading }, (row) => this.add(row, file.receipt));
  }

  on(day: Day, context: AgreementContext): QueueIntervals[] {
    const { fromMs, toMs } = context.zone.dayRange(day);
    const sharesOf = this.codec.compileShares(context.layout(this.feed).counters, context.intervalMs(this.feed));
    const counted = new ShareCount();
    for (const fact of this.days.get(day)?.values() ?? [])
      counted.add(
        fact.queue,
        sharesOf(fact).filter(({ startMs }) => startMs >= fromMs && startMs < toMs),
      );
    return counted.queues();
  }

  replace(file: CoveringFile): void {
    this.cover.add(file);
    for (const [day, facts] of this.days) {
      if (!mayTouch(file, day)) continue;
      for (const [key, fact] of facts) if (!this.cover.counts(fact)) for (const one of this.daysOf(fact)) this.dayAt(one).delete(key);
    }
  }

  private add(row: R, receipt: number): void {
    const { codec } = this;
    const key = codec.keyOf(row);
    const known = this.facts.get(key);
    const fact = codec.factOf(row, receipt);
    const rule = { versioned: row.version !== null, bytesOf: (one: Fact) => codec.pack({ ...one, revision: 0 }) };
    if (known !== undefined && !replaces(fact, known, rule)) return;
    if (known !== undefined) for (const day of this.daysOf(known)) this.dayAt(day).delete(key);
    this.facts.set(key, fact);
    if (this.cover.counts(fact)) for (const day of this.daysOf(fact)) this.dayAt(day).set(key, fact);
  }

  private dayAt(day: Day): Map<string, Fact> {
    this.touched.add(day);
    const facts = this.days.get(day) ?? new Map<string, Fact>();
    this.days.set(day, facts);
    return facts;
  }
}

const intervalBytes = ({ counters, claims }: Interval): Uint8Array => packInterval(0, counters, claims);

/** Rows of counts by queue and start. */
class CountDays implements DayTable {
  readonly touched = new Set<Day>();
  private readonly days = new Map<Day, Map<string, Map<number, Interval>>>();
  private readonly kindOf: KindOf<IntervalRow>;
  private readonly cover: PeriodCover;
  private readonly dayOf: (ms: number) => Day;

  constructor(kindOf: KindOf<IntervalRow>, { feed, context: { zone } }: TableOf) {
    this.kindOf = kindOf;
    this.cover = coverOf(feed.timeZone);
    this.dayOf = (ms) => zone.localDay(ms);
  }

  async read(file: FileToRead, reading: Reading): Promise<FileRead> {
    return await readFileRows(file, { kindOf: this.kindOf, reading }, (row) => this.add(row, file.receipt));
  }

  on(day: Day): QueueIntervals[] {
    return [...(this.days.get(day) ?? [])].map(([queue, starts]) => ({
      queue,
      intervals: [...starts.values()].toSorted((a, b) => a.startMs - b.startMs),
    }));
  }

  replace(file: CoveringFile): void {
    this.cover.add(file);
    for (const [day, queues] of this.days) {
      if (!mayTouch(file, day)) continue;
      for (const starts of queues.values()) {
        for (const [startMs, interval] of starts) {
          if (this.cover.counts(interval)) continue;
          starts.delete(startMs);
          this.touched.add(day);
        }
      }
    }
  }

  private add(row: IntervalRow, receipt: number): void {
    const day = this.dayOf(row.startMs);
    const queues = this.days.get(day) ?? new Map<string, Map<number, Interval>>();
    this.days.set(day, queues);
    const starts = queues.get(row.queue) ?? new Map<number, Interval>();
    queues.set(row.queue, starts);
    const interval: Interval = { revision: row.version ?? receipt, startMs: row.startMs, counters: row.counters, claims: row.claims };
    const known = starts.get(row.startMs);
    const rule = { versioned: row.version !== null, bytesOf: intervalBytes };
    if (known !== undefined && !replaces(interval, known, rule)) return;
    if (!this.cover.counts(interval)) return;
    starts.set(row.startMs, interval);
    this.touched.add(day);
  }
}

function tableOf(feed: FeedDefinition, context: AgreementContext): DayTable {
  const of = { feed, context };
  switch (feed.kind) {
    case "contact":
      return new RecordDays(CONTACT_FACTS, (options) => contactRows(feed, options), of);
    case "survey":
      return new RecordDays(SURVEY_FACTS, (options) => surveyRows(feed, options), of);
    case "qa":
      return new RecordDays(QA_FACTS, (options) => qaRows(feed, options), of);
    case "roster":
      return new RecordDays(ROSTER_FACTS, (options) => rosterRows(feed, options), of);
    case "schedule":
      return new RecordDays(SCHEDULE_FACTS, (options) => scheduleRows(feed, options), of);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return new CountDays((options) => countRows(feed, options), of);
  }
}

/** Everything that the applied files say, as known after each of them. */
export class KnownFacts {
  private readonly tables = new Map<string, DayTable>();
  private readonly reading: Reading;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Reads a file and takes its rows in. @returns what was read, and the local days whose counts may have changed. */
  async apply(file: FileToRead, context: AgreementContext): Promise<FileRead & { readonly days: ReadonlySet<Day> }> {
    const table = this.tables.get(file.feed.id) ?? tableOf(file.feed, context);
    this.tables.set(file.feed.id, table);
    const read = await table.read(file, this.reading);
    const replaced = file.covers === undefined ? read.covers : file.covers;
    if (replaced !== null && read.refused === null) table.replace({ ...replaced, receipt: file.receipt });
    const days = new Set(table.touched);
    table.touched.clear();
    return { ...read, days };
  }

  on(feed: string, day: Day, context: AgreementContext): QueueIntervals[] {
    return this.tables.get(feed)?.on(day, context) ?? [];
  }
}
