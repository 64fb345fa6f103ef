import type { FileProblem, ReadRow, RowProblem } from "../../shared/feeds/canonical.ts";
import { CoveredPeriod } from "../../shared/feeds/covered-period.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { inspectFile } from "../../shared/feeds/inspect-file.ts";
import { compileNameless } from "../../shared/feeds/nameless-problem.ts";
import { type FileBatch, readRows } from "../../shared/feeds/read-feed.ts";
import { addCounts, type AppliedCounts, NOTHING_APPLIED } from "../../shared/store/chunk.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";
import type { WorkerParts } from "../parts.ts";
import { type Applied, type ApplyChunk, type ChunkKind, type Reading, withChunkKind } from "./chunk-kinds.ts";
import { readCondensed } from "../../shared/feeds/condensed-rows.ts";
import type { FileTask } from "./file-task.ts";
import { keepTable } from "./keep-table.ts";
import { createProgress } from "./progress.ts";
import { NOTHING_REPLACED, type Replaced, replacePeriod } from "./replace-period.ts";

export interface AppliedFile {
  readonly counts: AppliedCounts;
  /** The first problems of rows; errors.csv has them all. */
  readonly problems: RowProblem[];
  /** Why the file as a whole was refused; then nothing of it was applied. */
  readonly refused: FileProblem[];
  readonly noted: FileProblem[];
  readonly replaced: Replaced;
}

const PROBLEMS_KEPT = 100;

type Nameless = (problem: RowProblem) => RowProblem;

function collect<Row>(read: readonly ReadRow<Row>[], problems: RowProblem[], nameless: Nameless): Reading<Row> {
  const rows: Row[] = [];
  let warnings = 0;
  for (const { row, problems: found } of read) {
    if (row !== null) rows.push(row);
    for (const problem of found) {
      if (problem.severity === "warning") warnings++;
      if (problems.length < PROBLEMS_KEPT) problems.push(nameless(problem));
    }
  }
  return { rows, counts: { rows: read.length, rejected: read.length - rows.length, warnings } };
}

interface Sending<Row> {
  readonly apply: ApplyChunk<Row>;
  readonly inFlight: number;
}

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
  private readonly nameless: Nameless;

  constructor(task: FileTask, feed: FeedDefinition, { apply, inFlight }: Sending<Row>) {
    this.task = task;
    this.apply = apply;
    this.inFlight = inFlight;
    this.nameless = compileNameless(feed);
  }

  async take(batch: FileBatch<Row>): Promise<void> {
    if (batch.kind !== "rows") {
      (batch.kind === "refused" ? this.refused : this.noted).push(...batch.problems);
      return;
    }
    const { receipt, fence } = this.task;
    const reading = collect(batch.rows, this.problems, this.nameless);
    const sent = this.apply({ agreementId: receipt.agreementId, fence, receipt: receipt.number, chunk: this.chunk++ }, reading);
    // A failure is met when its turn to be awaited comes, not as an unhandled rejection before.
    sent.catch(() => undefined);
    this.pending.push(sent);
    if (this.pending.length >= this.inFlight) await this.settleOne();
  }

  async finish(): Promise<Omit<AppliedFile, "replaced">> {
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

async function run<Row extends { readonly startMs: number }>(
  { parts, task, feed }: Applied,
  { apply, withdraw, inFlight }: ChunkKind<Row>,
  batches: AsyncIterable<FileBatch<Row>>,
): Promise<AppliedFile> {
  const applying = new Applying(task, feed, { apply, inFlight });
  const progress = createProgress(parts, task);
  const covered = new CoveredPeriod(feed);
  const { mostRows = Infinity } = task;
  let rows = 0;
  for await (const batch of batches) {
    if (batch.kind === "rows") rows += batch.rows.length;
    if (rows > mostRows) break;
    covered.take(batch);
    await applying.take(batch);
    await progress.report(applying.rowsSoFar);
  }
  const file = await applying.finish();
  return { ...file, replaced: await replacePeriod({ parts, task, withdraw }, covered) };
}

/** Rows that took the place of a file that was erased: the same chunks, with what was refused left out. */
async function applyCondensed(applied: Applied): Promise<AppliedFile> {
  const { parts, task } = applied;
  return await withChunkKind(
    applied,
    async (kind) => await run(applied, kind, readCondensed(kind.rows.schema, parts.rawFiles.open(task.receipt))),
  );
}

/**
 * Reads a receipt's file and applies it chunk by chunk. The first pass over the table finds what would refuse the whole
 * file, so that nothing is half applied. Chunks are the same on every run, and one that was applied is not applied again.
 */
export async function applyFile(parts: WorkerParts, task: FileTask): Promise<AppliedFile> {
  const { stored, receipt } = task;
  const feed = stored.feed(receipt.feedId.slice(receipt.agreementId.length + 1));
  if (feed === undefined) throw new Error(`receipt ${receipt.id} names a feed that the agreement does not have`);
  const applied = { parts, task, feed };
  if (receipt.condensed !== undefined) return await applyCondensed(applied);
  const bytes = await parts.rawFiles.reader(receipt);
  const table = keepTable(readTableApart);
  // The kind first: what it asks of the store is answered while the file is looked through.
  return await withChunkKind(applied, async (kind) => {
    const { refusals, notes } = await inspectFile(feed, bytes(), table);
    if (refusals.length > 0)
      return { counts: NOTHING_APPLIED, problems: [], refused: [...refusals], noted: [...notes], replaced: NOTHING_REPLACED };
    return await run(applied, kind, readRows(feed, kind.rows, bytes(), { cells: false, table }));
  });
}
