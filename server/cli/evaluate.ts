import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { createContext } from "../../shared/agreement/context.ts";
import { evaluateAll } from "../../shared/agreement/evaluate-all.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { ContactTable, type FeedFacts, IntervalTable } from "../../shared/facts/fact-table.ts";
import type { FileProblem, RowProblem } from "../../shared/feeds/canonical.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { readContacts, readIntervals } from "../../shared/feeds/read-feed.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { formatExpected, formatFigure } from "../../shared/metrics/format.ts";
import { type Command, CommandError } from "./command.ts";
import { loadDocuments, problemLine } from "./load-documents.ts";

interface DataFile {
  readonly feed: FeedDefinition;
  readonly path: string;
}

interface FileReport {
  readonly path: string;
  rows: number;
  refused: number;
  readonly problems: RowProblem[];
  readonly refusals: FileProblem[];
}

/** `data.csv` where there is one feed, `feed-id=data.csv` where there are several. */
function dataFiles(names: readonly string[], feeds: readonly FeedDefinition[]): DataFile[] {
  if (names.length === 0) throw new CommandError("Name at least one data file.");
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

  facts(context: AgreementContext): Map<string, FeedFacts> {
    const found = new Map<string, FeedFacts>();
    for (const [feed, table] of this.contacts) found.set(feed, table.count(context.layout(feed).counters, context.intervalMs(feed)));
    for (const [feed, table] of this.rows) found.set(feed, table.count());
    return found;
  }
}

function verdictLine(verdict: Verdict): string {
  const window = verdict.window.kind === "day" ? verdict.window.start : verdict.window.start.slice(0, 7);
  const sums = verdict.value === null ? "" : ` = ${verdict.value.num} / ${verdict.value.den}`;
  const columns = [
    verdict.targetId.padEnd(24),
    verdict.window.kind.padEnd(5),
    window.padEnd(10),
    verdict.status.padEnd(13),
    formatFigure(verdict).padStart(9),
    `agreed ${formatExpected(verdict)}`,
  ];
  return `${columns.join("  ")}${sums}  ${verdict.reason}`;
}

function printReport(print: (line: string) => void, report: FileReport): void {
  const warnings = report.problems.filter(({ severity }) => severity === "warning").length;
  print(`${report.path}: ${report.rows} rows, ${report.refused} refused, ${warnings} warnings`);
  for (const { line, column, value, rule, message, remedy } of report.problems.slice(0, 20))
    print(`  line ${line}, ${column} "${value}" (${rule}): ${message}. ${remedy}`);
  if (report.problems.length > 20) print(`  ... and ${report.problems.length - 20} more`);
  for (const { rule, message, remedy } of report.refusals) print(`  refused (${rule}): ${message} ${remedy}`);
}

function instant(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch (thrown) {
    throw new CommandError(`--now "${text}" is not an instant. Write it with its offset, such as 2026-11-21T12:00:00Z.`, thrown);
  }
}

const OPTIONS = {
  agreement: { type: "string" },
  feed: { type: "string", multiple: true },
  now: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `accord evaluate`: reads files and prints the verdict of every target and window, exactly as the live system finds them. */
export const evaluate: Command = async ({ args, now, print }) => {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { agreement, feeds, problems } = await loadDocuments(values.agreement, values.feed);
  if (agreement === null || problems.some(({ severity }) => severity === "error")) {
    problems.forEach((problem) => print(problemLine(problem)));
    return 1;
  }
  const context = createContext(agreement, feeds);
  const nowMs = instant(values.now, now);
  const reader = new FactReader(nowMs);
  const files = dataFiles(positionals, feeds);
  for (const [i, file] of files.entries()) await reader.read(file, i + 1);
  const refusedFiles = reader.reports.some(({ refusals }) => refusals.length > 0);
  const verdicts = refusedFiles ? [] : evaluateAll(context, reader.facts(context), nowMs);
  if (values.json === true) print(JSON.stringify({ files: reader.reports, verdicts }));
  else {
    reader.reports.forEach((report) => printReport(print, report));
    verdicts.forEach((verdict) => print(verdictLine(verdict)));
  }
  return refusedFiles ? 1 : 0;
};
