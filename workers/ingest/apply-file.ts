import { compileContribution } from "../../shared/facts/contribution.ts";
import type { ContactRow, FileProblem, IntervalRow, ReadRow, RowProblem } from "../../shared/feeds/canonical.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { inspectFile } from "../../shared/feeds/inspect-file.ts";
import { type FileBatch, readContacts, readIntervals } from "../../shared/feeds/read-feed.ts";
import { applyContacts } from "../../shared/store/apply-contacts.ts";
import { applyIntervals } from "../../shared/store/apply-intervals.ts";
import { addCounts, type AppliedCounts, type ChunkIdentity, NOTHING_APPLIED } from "../../shared/store/chunk.ts";
import type { WorkerParts } from "../parts.ts";
import type { FileTask } from "./file-task.ts";
import { createProgress } from "./progress.ts";

export interface AppliedFile {
  readonly counts: AppliedCounts;
  /** The first problems of rows; errors.csv has them all. */
  readonly problems: RowProblem[];
  /** Why the file as a whole was refused; then nothing of it was applied. */
  readonly refused: FileProblem[];
  readonly noted: FileProblem[];
}

const PROBLEMS_KEPT = 100;
/** Chunks of intervals that may be on their way to Redis while the next is read. They are executed in order. */
const IN_FLIGHT = 4;

interface Reading<Row> {
  readonly rows: Row[];
  readonly counts: { rows: number; rejected: number; warnings: number };
}

function collect<Row>(read: readonly ReadRow<Row>[], problems: RowProblem[]): Reading<Row> {
  const rows: Row[] = [];
  let warnings = 0;
  for (const { row, problems: found } of read) {
    if (row !== null) rows.push(row);
    for (const problem of found) {
      if (problem.severity === "warning") warnings++;
      if (problems.length < PROBLEMS_KEPT) problems.push(problem);
    }
  }
  return { rows, counts: { rows: read.length, rejected: read.length - rows.length, warnings } };
}

type ApplyChunk<Row> = (identity: ChunkIdentity, reading: Reading<Row>) => Promise<AppliedCounts>;

class Applying<Row> {
  readonly problems: RowProblem[] = [];
  readonly refused: FileProblem[] = [];
  readonly noted: FileProblem[] = [];
  private counts = NOTHING_APPLIED;
  private chunk = 0;
  private readonly pending: Promise<AppliedCounts>[] = [];
  private readonly task: FileTask;
  private readonly apply: ApplyChunk<Row>;
  private readonly inFlight: number;

  constructor(task: FileTask, apply: ApplyChunk<Row>, inFlight: number) {
    this.task = task;
    this.apply = apply;
    this.inFlight = inFlight;
  }

  async take(batch: FileBatch<Row>): Promise<void> {
    if (batch.kind !== "rows") {
      (batch.kind === "refused" ? this.refused : this.noted).push(...batch.problems);
      return;
    }
    const { receipt, fence } = this.task;
    const reading = collect(batch.rows, this.problems);
    const sent = this.apply({ agreementId: receipt.agreementId, fence, receipt: receipt.number, chunk: this.chunk++ }, reading);
    // A failure is met when its turn to be awaited comes, not as an unhandled rejection before.
    sent.catch(() => undefined);
    this.pending.push(sent);
    if (this.pending.length >= this.inFlight) await this.settleOne();
  }

  async finish(): Promise<AppliedFile> {
    while (this.pending.length > 0) await this.settleOne();
    return { counts: this.counts, problems: this.problems, refused: this.refused, noted: this.noted };
  }

  get rowsSoFar(): number {
    return this.counts.rows;
  }

  private async settleOne(): Promise<void> {
    const next = this.pending.shift();
    if (next !== undefined) this.counts = addCounts(this.counts, await next);
  }
}

function applyIntervalChunk(parts: WorkerParts, { stored }: FileTask, feed: FeedDefinition): ApplyChunk<IntervalRow> {
  return async (identity, { rows, counts }) => {
    const days = new Set(rows.map((row) => stored.zone.localDay(row.startMs)));
    return await applyIntervals(parts.redis, {
      ...identity,
      feed: feed.id,
      rows,
      reading: counts,
      days,
      intervalMs: stored.intervalMs(feed.id),
    });
  };
}

function applyContactChunk(parts: WorkerParts, { stored }: FileTask, feed: FeedDefinition): ApplyChunk<ContactRow> {
  const contribution = compileContribution(stored.layout(feed.id).counters);
  const intervalMs = stored.intervalMs(feed.id);
  const localDay = (ms: number): string => stored.zone.localDay(ms);
  return async (identity, { rows, counts }) =>
    await applyContacts(parts.redis, { ...identity, feed: feed.id, rows, reading: counts, intervalMs, contribution, localDay });
}

async function run<Row>(
  parts: WorkerParts,
  task: FileTask,
  applying: Applying<Row>,
  batches: AsyncIterable<FileBatch<Row>>,
): Promise<AppliedFile> {
  const progress = createProgress(parts, task);
  for await (const batch of batches) {
    await applying.take(batch);
    await progress.report(applying.rowsSoFar);
  }
  return await applying.finish();
}

/**
 * Reads a receipt's file and applies it chunk by chunk. The first pass over the bytes finds what would refuse the whole
 * file, so that nothing is half applied. Chunks are the same on every run, and one that was applied is not applied again.
 */
export async function applyFile(parts: WorkerParts, task: FileTask): Promise<AppliedFile> {
  const { stored, receipt } = task;
  const feed = stored.feed(receipt.feedId.slice(receipt.agreementId.length + 1));
  if (feed === undefined) throw new Error(`receipt ${receipt.id} names a feed that the agreement does not have`);
  const bytes = await parts.rawFiles.reader(receipt);
  const { refusals, notes } = await inspectFile(feed, bytes());
  if (refusals.length > 0) return { counts: NOTHING_APPLIED, problems: [], refused: [...refusals], noted: [...notes] };
  const options = { handedInMs: receipt.acceptedAtMs };
  if (feed.kind === "contact")
    return await run(parts, task, new Applying(task, applyContactChunk(parts, task, feed), 1), readContacts(feed, bytes(), options));
  return await run(
    parts,
    task,
    new Applying(task, applyIntervalChunk(parts, task, feed), IN_FLIGHT),
    readIntervals(feed, bytes(), options),
  );
}
