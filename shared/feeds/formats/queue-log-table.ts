import type { FileProblem } from "../canonical.ts";
import { decodeText } from "../decode-text.ts";
import type { FeedDefinition } from "../definition.ts";
import { readHeader } from "../header.ts";
import type { Fault } from "../problem-list.ts";
import { MAX_RECORD, type Cells } from "../record-splitter.ts";
import { RefusedFile } from "../refused-file.ts";
import type { TablePart } from "../table-part.ts";
import { NO_ROWS } from "../table-problems.ts";
import { createCallFolder, type CallFolder, type QueueCall, type QueueEvent } from "./queue-log-calls.ts";

/** The columns that a definition may map. Times are seconds, `entered` and `ended` since 1970; `ring_ms` is milliseconds. */
const QUEUE_LOG_COLUMNS = ["call", "queue", "entered", "ended", "event", "agent", "wait", "talk", "rings", "ring_ms"] as const;

const NO_CALL: Cells = [""];
/** Lines of the queue itself, not of a call. */
const NOT_A_CALL = new Set(["NONE", "MANAGER", "CLI", "REALTIME"]);
const NOT_AN_EVENT: Fault = {
  rule: "not-an-event",
  message: 'is no event of a queue log: "seconds|call|queue|agent|event|..."',
  remedy: "Send the file queue_log as Asterisk wrote it",
};

function cellsOf(call: QueueCall): Cells {
  const numbers = [call.entered, call.ended];
  return [
    call.call,
    call.queue,
    ...numbers.map(String),
    call.event,
    call.agent,
    String(call.wait),
    call.talk === null ? "" : String(call.talk),
    String(call.rings),
    String(call.ringMs),
  ];
}

function readEvent(line: string): QueueEvent | null {
  const [time = "", call = "", queue = "", agent = "", event = "", ...data] = line.split("|");
  return /^\d{1,10}$/u.test(time) && call !== "" && /^[A-Z]+$/u.test(event)
    ? { time: Number(time), call, queue, agent, event, data }
    : null;
}

/** The record of each line: a call where the line ends one, else a blank, so that records and lines have one numbering. */
function createLineReader(folder: CallFolder): {
  readonly record: (line: string) => Cells;
  readonly faultOf: (record: Cells) => Fault | null;
} {
  const faults = new WeakMap<Cells, Fault>();
  const refused = (line: string, fault: Fault): Cells => {
    const cells = [line];
    faults.set(cells, fault);
    return cells;
  };
  return {
    record: (line) => {
      if (line.trim() === "") return NO_CALL;
      const event = readEvent(line);
      if (event === null) return refused(line, NOT_AN_EVENT);
      if (NOT_A_CALL.has(event.call)) return NO_CALL;
      const outcome = folder.take(event);
      if (outcome === null) return NO_CALL;
      return "call" in outcome ? cellsOf(outcome.call) : refused(line, outcome.fault);
    },
    faultOf: (record) => faults.get(record) ?? null,
  };
}

function notesOf(folder: CallFolder): FileProblem[] {
  const notes: FileProblem[] = [];
  const open = folder.open();
  if (open > 0) {
    const message = `${open} ${open === 1 ? "call has" : "calls have"} no end in the file and ${open === 1 ? "is" : "are"} left out`;
    notes.push({ rule: "no-end", message, remedy: "Their ends come with the next file; send it, or this one again when they have ended" });
  }
  const unknown = folder.unknown();
  if (unknown.length > 0) {
    notes.push({
      rule: "unknown-events",
      message: `The file has events that are not known: ${unknown.join(", ")}. They were not read`,
      remedy: "Nothing, unless calls are missing; then say which version of Asterisk wrote the file",
    });
  }
  return notes;
}

/**
 * Reads the `queue_log` of Asterisk as a table with one row for each call that ended, in the line of its last event. Calls without
 * an end are left out and counted in a note. The same call cut in two by a change of files has one name, since its end names it.
 */
export async function* readQueueLog(definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TablePart> {
  const { header, refusals } = readHeader(definition, QUEUE_LOG_COLUMNS);
  if (refusals[0] !== undefined) throw new RefusedFile(refusals[0]);
  yield { kind: "header", header };
  const folder = createCallFolder();
  const reader = createLineReader(folder);
  let rest = "";
  let firstLine = 1;
  let rows = 0;
  const part = (lines: readonly string[]): TablePart => {
    const records = lines.map((line) => reader.record(line.endsWith("\r") ? line.slice(0, -1) : line));
    for (const cells of records) if (cells !== NO_CALL) rows += 1;
    firstLine += lines.length;
    return { kind: "rows", records, firstLine: firstLine - lines.length, faultOf: reader.faultOf };
  };
  for await (const text of decodeText(bytes)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_RECORD)
      throw new RefusedFile({ ...NOT_A_LOG, message: `Line ${firstLine + lines.length} is longer than any event` });
    yield part(lines);
  }
  if (rest !== "") yield part([rest]);
  const notes = notesOf(folder);
  if (notes.length > 0) yield { kind: "noted", problems: notes };
  if (rows === 0) throw new RefusedFile({ ...NO_ROWS, message: "The file has no call that ended" });
}

const NOT_A_LOG: FileProblem = { rule: "not-an-event", message: "", remedy: "Send the file queue_log as Asterisk wrote it" };
