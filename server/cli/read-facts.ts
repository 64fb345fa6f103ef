import { createReadStream } from "node:fs";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { createZone } from "../../shared/calendar/zone.ts";
import { CONTACT_FACTS } from "../../shared/facts/contact-fact.ts";
import type { FactCodec, KeyedFact } from "../../shared/facts/fact-codec.ts";
import { type FeedFacts, IntervalTable, RecordTable } from "../../shared/facts/fact-table.ts";
import { PeriodCover } from "../../shared/facts/period-cover.ts";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import { ROSTER_FACTS } from "../../shared/facts/roster-fact.ts";
import { SCHEDULE_FACTS } from "../../shared/facts/schedule-fact.ts";
import { SURVEY_FACTS } from "../../shared/facts/survey-fact.ts";
import type { CounterId } from "../../shared/metrics/counter.ts";
import type { FileProblem, RowProblem } from "../../shared/feeds/canonical.ts";
import { CoveredPeriod } from "../../shared/feeds/covered-period.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { RowKind } from "../../shared/feeds/file-row.ts";
import { readRows } from "../../shared/feeds/read-feed.ts";
import { contactRows, countRows, qaRows, rosterRows, type RowOptions, scheduleRows, surveyRows } from "../../shared/feeds/row-kinds.ts";
import { createPseudonyms } from "../../shared/store/agent-names.ts";
import { CommandError } from "./command.ts";

interface DataFile {
  readonly feed: FeedDefinition;
  readonly path: string;
}

export interface FileReport {
  readonly path: string;
  rows: number;
  refused: number;
  readonly problems: RowProblem[];
  readonly refusals: FileProblem[];
}

/** `data.csv` where there is one feed, `feed-id=data.csv` where there are several. */
function dataFiles(names: readonly string[], feeds: readonly FeedDefinition[]): DataFile[] {
  if (names.length === 0) throw new CommandError("Name at least one data file, after the options.");
  return names.map((name) => {
    const cut = name.indexOf("=");
    const feed = feeds.find(({ id }) => id === name.slice(0, Math.max(0, cut)));
    if (feed !== undefined) return { feed, path: name.slice(cut + 1) };
    const [only] = feeds;
    if (only === undefined || feeds.length > 1)
      throw new CommandError(
        `With several feeds, say which one ${name} belongs to: ${feeds.map(({ id }) => `${id}=${name}`).join(" or ")}.`,
      );
    return { feed: only, path: name };
  });
}

function note(report: FileReport, batch: { rows: readonly { row: unknown; problems: readonly RowProblem[] }[] }): void {
  for (const { row, problems } of batch.rows) {
    report.rows++;
    if (row === null) report.refused++;
    report.problems.push(...problems);
  }
}

/** What is known of one feed, whatever its kind of rows. */
interface FeedTable {
  read(bytes: AsyncIterable<Uint8Array>, receiptNumber: number, report: FileReport): Promise<void>;
  count(counters: readonly CounterId[], intervalMs: number): FeedFacts;
}

interface Table<Row> {
  add(row: Row, receiptNumber: number): void;
  count(counters: readonly CounterId[], intervalMs: number): FeedFacts;
}

function tableOf<Row extends { readonly startMs: number }>(
  feed: FeedDefinition,
  rows: RowKind<Row>,
  createTable: (cover: PeriodCover | null) => Table<Row>,
): FeedTable {
  const zone = createZone(feed.timeZone);
  const cover = feed.replaces === "period" ? new PeriodCover((ms) => zone.localDay(ms)) : null;
  const table = createTable(cover);
  return {
    read: async (bytes, receiptNumber, report) => {
      const covered = new CoveredPeriod(feed);
      for await (const batch of readRows(feed, rows, bytes)) {
        covered.take(batch);
        if (batch.kind === "refused") report.refusals.push(...batch.problems);
        if (batch.kind !== "rows") continue;
        note(report, batch);
        for (const { row } of batch.rows) if (row !== null) table.add(row, receiptNumber);
      }
      if (covered.days !== null) cover?.add({ ...covered.days, receipt: receiptNumber });
    },
    count: (counters, intervalMs) => table.count(counters, intervalMs),
  };
}

function recordsOf<Row extends { readonly startMs: number; readonly version: number | null }, Fact extends KeyedFact>(
  feed: FeedDefinition,
  rows: RowKind<Row>,
  codec: FactCodec<Row, Fact>,
): FeedTable {
  return tableOf(feed, rows, (cover) => new RecordTable(codec, cover));
}

function createTable(feed: FeedDefinition, options: RowOptions): FeedTable {
  switch (feed.kind) {
    case "contact":
      return recordsOf(feed, contactRows(feed, options), CONTACT_FACTS);
    case "survey":
      return recordsOf(feed, surveyRows(feed, options), SURVEY_FACTS);
    case "qa":
      return recordsOf(feed, qaRows(feed, options), QA_FACTS);
    case "roster":
      return recordsOf(feed, rosterRows(feed, options), ROSTER_FACTS);
    case "schedule":
      return recordsOf(feed, scheduleRows(feed, options), SCHEDULE_FACTS);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return tableOf(feed, countRows(feed, options), (cover) => new IntervalTable(cover));
  }
}

/** Nothing is stored, so any key will do; the same one, so that two runs answer alike. */
const OFFLINE_KEY = Buffer.alloc(32);

class FactReader {
  readonly reports: FileReport[] = [];
  private readonly tables = new Map<string, FeedTable>();
  private readonly options: RowOptions;

  constructor(nowMs: number) {
    this.options = { handedInMs: nowMs, pseudonym: createPseudonyms(OFFLINE_KEY).of };
  }

  async read({ feed, path }: DataFile, receiptNumber: number): Promise<void> {
    const report: FileReport = { path, rows: 0, refused: 0, problems: [], refusals: [] };
    this.reports.push(report);
    const table = this.tables.get(feed.id) ?? createTable(feed, this.options);
    this.tables.set(feed.id, table);
    await table.read(createReadStream(path), receiptNumber, report);
  }

  factsFor(context: AgreementContext): Map<string, FeedFacts> {
    return new Map([...this.tables].map(([feed, table]) => [feed, table.count(context.layout(feed).counters, context.intervalMs(feed))]));
  }
}

export interface ReadFacts {
  readonly reports: readonly FileReport[];
  /** Whether a file was refused as a whole; then nothing is judged. */
  readonly refused: boolean;
  /** The facts of every feed, counted as a version's layout asks for. */
  factsFor(context: AgreementContext): ReadonlyMap<string, FeedFacts>;
}

/** @throws CommandError when a file cannot be told to a feed, or cannot be read. */
export async function readFacts(names: readonly string[], feeds: readonly FeedDefinition[], nowMs: number): Promise<ReadFacts> {
  const reader = new FactReader(nowMs);
  for (const [i, file] of dataFiles(names, feeds).entries()) {
    try {
      await reader.read(file, i + 1);
    } catch (thrown) {
      if (!(thrown instanceof Error) || !("code" in thrown)) throw thrown;
      throw new CommandError(`${file.path} cannot be read (${thrown.message}). Check the path.`, thrown);
    }
  }
  return {
    reports: reader.reports,
    refused: reader.reports.some(({ refusals }) => refusals.length > 0),
    factsFor: (context) => reader.factsFor(context),
  };
}
