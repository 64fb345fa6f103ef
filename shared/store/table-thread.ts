import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { toError } from "../protocol/errors.ts";
import type { FileProblem } from "../feeds/canonical.ts";
import { collectBytes } from "../feeds/containers/byte-source.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { MAX_WORKBOOK_BYTES } from "../feeds/formats/xlsx-package.ts";
import { readTable } from "../feeds/table.ts";
import type { TablePart } from "../feeds/table-part.ts";
import { NODE_OPENING } from "./node-opening.ts";
import { fromMessage, type TableMessage, type TableTask } from "./table-message.ts";

export interface ThreadLimits {
  readonly memoryMb: number;
  /** Of the thread's own work (CPU time): what else the machine does, and what its reader takes, does not count. */
  readonly workMs: number;
}
/** The largest workbook takes some 10 s of work. */
const LIMITS: ThreadLimits = { memoryMb: 128, workMs: 120_000 };
const WORK_LOOKED_AT_EVERY_MS = 1000;

/** Space for what lives shortly; rows leave the thread as soon as they are read. */
const YOUNG_MB = 4;
const REMEDY = "Leave out sheets that are not needed, split it by month, or send the sheet as CSV UTF-8";
const TOO_LONG: FileProblem = { rule: "too-large-to-open", message: "The workbook is larger than 20 MB", remedy: REMEDY };

function outOf(what: string): TablePart {
  const problem = { rule: "too-large-to-open", message: `The workbook cannot be opened: it takes more than ${what}`, remedy: REMEDY };
  return { kind: "refused", problems: [problem] };
}

function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** A thread that reads one table, part by part as it is asked. */
class TableThread {
  private readonly worker: Worker;
  private readonly patience = new AbortController();
  private readonly messages: AsyncIterator<readonly TableMessage[]>;
  private readonly watch: NodeJS.Timeout;

  constructor(task: TableTask, { memoryMb, workMs }: ThreadLimits) {
    this.worker = new Worker(new URL("table-thread-main.ts", import.meta.url), {
      workerData: task,
      transferList: [task.file.buffer],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.messages = on(this.worker, "message", { signal: this.patience.signal, close: ["exit"] });
    this.watch = setInterval(() => void this.lookAtWork(workMs), Math.min(workMs, WORK_LOOKED_AT_EVERY_MS));
  }

  get isOutOfTime(): boolean {
    return this.patience.signal.aborted;
  }

  /** The next part, `null` behind the last. */
  async next(): Promise<TablePart | null> {
    const { done, value } = await this.messages.next();
    const [message] = done === true ? [] : value;
    if (message === undefined) throw new Error("the thread that reads a workbook ended without a word");
    if ("end" in message) return null;
    this.worker.postMessage("more");
    return fromMessage(message);
  }

  async stop(): Promise<void> {
    clearInterval(this.watch);
    await this.worker.terminate();
  }

  private async lookAtWork(workMs: number): Promise<void> {
    // A thread that has ended has no work to tell of.
    const used = await this.worker.cpuUsage().catch(() => null);
    if (used !== null && (used.user + used.system) / 1000 > workMs) this.patience.abort();
  }
}

async function* readInThread(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  limits: ThreadLimits,
): AsyncGenerator<TablePart> {
  const held = await collectBytes(bytes, MAX_WORKBOOK_BYTES);
  if (held === null) {
    yield { kind: "refused", problems: [TOO_LONG] };
    return;
  }
  const thread = new TableThread({ definition, file: held }, limits);
  try {
    for (let part = await thread.next(); part !== null; part = await thread.next()) yield part;
  } catch (thrown) {
    if (thread.isOutOfTime) yield outOf(`${limits.workMs / 1000} s of work`);
    else if (isOutOfMemory(thrown)) yield outOf(`${limits.memoryMb} MB of memory`);
    else throw toError(thrown);
  } finally {
    await thread.stop();
  }
}

/**
 * Reads a table as server and workers do: a workbook in a thread of its own with limits on memory and time, because its size says
 * little about what it takes to open it; any other file, whose memory does not grow, where it is called.
 */
export function readTableApart(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  limits: ThreadLimits = LIMITS,
): AsyncIterable<TablePart> {
  return definition.format.type === "xlsx" ? readInThread(definition, bytes, limits) : readTable(definition, bytes, NODE_OPENING);
}
