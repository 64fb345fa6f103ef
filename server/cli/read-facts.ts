import { createReadStream } from "node:fs";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { ContactTable, type FeedFacts, IntervalTable } from "../../shared/facts/fact-table.ts";
import type { FileProblem, RowProblem } from "../../shared/feeds/canonical.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { readContacts, readIntervals } from "../../shared/feeds/read-feed.ts";
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

class FactReader {
  readonly reports: FileReport[] = [];
  private readonly contacts = new Map<string, ContactTable>();
  private readonly rows = new Map<string, IntervalTable>();
  private readonly nowMs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  async read({ feed, path }: DataFile, receiptNumber: number): Promise<void> {
    const report: FileReport = { path, rows: 0, refused: 0, problems: [], refusals: [] };
    this.reports.push(report);
    if (feed.kind === "contact") {
      const table = this.contacts.get(feed.id) ?? new ContactTable();
      this.contacts.set(feed.id, table);
      for await (const batch of readContacts(feed, createReadStream(path), { handedInMs: this.nowMs })) {
        if (batch.kind === "refused") report.refusals.push(...batch.problems);
        if (batch.kind !== "rows") continue;
        note(report, batch);
        for (const { row } of batch.rows) if (row !== null) table.add(row, receiptNumber);
      }
      return;
    }
    const table = this.rows.get(feed.id) ?? new IntervalTable();
    this.rows.set(feed.id, table);
    for await (const batch of readIntervals(feed, createReadStream(path), { handedInMs: this.nowMs })) {
      if (batch.kind === "refused") report.refusals.push(...batch.problems);
      if (batch.kind !== "rows") continue;
      note(report, batch);
      for (const { row } of batch.rows) if (row !== null) table.add(row, receiptNumber);
    }
  }

  factsFor(context: AgreementContext): Map<string, FeedFacts> {
    const found = new Map<string, FeedFacts>();
    for (const [feed, table] of this.contacts) found.set(feed, table.count(context.layout(feed).counters, context.intervalMs(feed)));
    for (const [feed, table] of this.rows) found.set(feed, table.count());
    return found;
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
