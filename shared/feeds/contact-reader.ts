import { createZone } from "../calendar/zone.ts";
import { type ContactRow, MAX_CONTACT_MS } from "./canonical.ts";
import { explainNumber, readCount } from "./cell-number.ts";
import { compileChecks } from "./column-checks.ts";
import { compileNumberColumn, type FileContext, type NumberCell, placeOf } from "./column-reader.ts";
import { compileContactId } from "./contact-id.ts";
import { compileDurationColumn } from "./duration-column.ts";
import type { ContactFeed } from "./feed-kinds.ts";
import type { RowReader } from "./file-row.ts";
import { compileOutcome } from "./outcome-rules.ts";
import { compilePerson, type PeopleContext } from "./person-reader.ts";
import { compileHandleRule } from "./handle-rule.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import { compileQueue } from "./queue-reader.ts";
import { compileStart } from "./start-reader.ts";
import { compileVersion } from "./version-reader.ts";

const NONE: NumberCell = () => null;
const BLANK_ANSWERED: Fault = {
  rule: "missing-value",
  message: "has no value although the call was answered",
  remedy: "Fill in the time; write 0 only if it really took none",
};
const BLANK_ABANDONED: Fault = {
  rule: "missing-value",
  message: "has no value although the call was abandoned in the queue",
  remedy: "Fill in how long the caller waited",
};
const SCORE: Fault = {
  rule: "score-off-scale",
  message: "is not a score from 1 to 5",
  remedy: "Send 1, 2, 3, 4 or 5; leave the cell blank if nobody answered",
};

/** The sum of other times of the row: `null` as long as one of them is missing. */
function summed(parts: readonly ("talk" | "hold" | "acw")[], times: Omit<Times, "waitMs" | "handleMs">): number | null {
  const named = { talk: times.talkMs, hold: times.holdMs, acw: times.acwMs };
  let sum = 0;
  for (const part of parts) {
    const time = named[part];
    if (time === null) return null;
    sum += time;
  }
  return sum;
}

/** The column of a handle time, unless it is the sum of others. */
function columnOf(handle: ContactFeed["durations"]["handle"]): ContactFeed["durations"]["wait"] {
  return handle !== undefined && "column" in handle ? handle : undefined;
}

function compileDuration(duration: ContactFeed["durations"]["wait"], context: FileContext): NumberCell {
  if (duration === undefined) return NONE;
  return compileDurationColumn({ ...duration, required: false, mostMs: MAX_CONTACT_MS }, context);
}

type Times = Pick<ContactRow, "waitMs" | "handleMs" | "talkMs" | "holdMs" | "acwMs">;

/**
 * A time that the definition names may only be blank where it could not happen: an answered call has all of them, an
 * abandoned one its wait. Counted as zero, a blank would make the handle time and the waits better than they were.
 */
function compileNeededTimes(
  durations: ContactFeed["durations"],
  { header, problems }: FileContext,
): (outcome: "answered" | "abandoned", times: Times, cells: Cells) => void {
  const { wait, handle, talk, hold, acw } = durations;
  const named = { waitMs: wait, handleMs: handle, talkMs: talk, holdMs: hold, acwMs: acw };
  const answered = Object.entries(named).flatMap(([key, duration]) =>
    duration === undefined || !("column" in duration) ? [] : [{ key, ...placeOf(duration.column, header) }],
  );
  const abandoned = answered.filter(({ key }) => key === "waitMs");
  return (outcome, times, cells) => {
    const byName: Record<string, number | null> = times;
    for (const { key, column, position } of outcome === "answered" ? answered : abandoned) {
      if (byName[key] === null)
        problems.add("error", { column, value: cells[position] ?? "" }, outcome === "answered" ? BLANK_ANSWERED : BLANK_ABANDONED);
    }
  };
}

function compileScore(csat: ContactFeed["csat"], context: FileContext): NumberCell {
  if (csat === undefined) return NONE;
  const read = (text: string): number => {
    const score = readCount(text, context.style);
    return score >= 1 && score <= 5 ? score : NaN;
  };
  const explain = (text: string): Fault =>
    Number.isNaN(readCount(text, context.style)) ? explainNumber(text, "whole", context.style) : SCORE;
  return compileNumberColumn({ column: csat.column, required: false, most: 5, read, explain }, context);
}

/** Compiles a definition and a file's header into the function that reads contact rows. */
export function compileContactReader(definition: ContactFeed, context: PeopleContext): RowReader<ContactRow> {
  const idCell = compileContactId(definition.contactId, context);
  const startOptions = { zone: createZone(definition.timeZone), gridMs: null, never: new Set(definition.never) };
  const startCell = compileStart(definition.start, startOptions, context);
  const queueCell = compileQueue(definition.queue, context);
  const outcomeCell = compileOutcome(definition, context);
  const { wait, handle, talk, hold, acw } = definition.durations;
  const [waitCell, handleCell, talkCell] = [
    compileDuration(wait, context),
    compileDuration(columnOf(handle), context),
    compileDuration(talk, context),
  ];
  const [holdCell, acwCell] = [compileDuration(hold, context), compileDuration(acw, context)];
  const scoreCell = compileScore(definition.csat, context);
  const agentCell = compilePerson(definition.agent, context);
  const versionCell = compileVersion(definition.version, context);
  const handleParts = handle !== undefined && "sum" in handle ? handle.sum : null;
  const needTimes = compileNeededTimes(definition.durations, context);
  const checkHandle = compileHandleRule(definition.durations, context);
  const checks = compileChecks(definition, context);
  return (cells) => {
    const outcome = outcomeCell(cells);
    const row = {
      contactId: idCell(cells),
      queue: queueCell(cells),
      startMs: startCell(cells),
      waitMs: waitCell(cells),
      handleMs: handleCell(cells),
      talkMs: talkCell(cells),
      holdMs: holdCell(cells),
      acwMs: acwCell(cells),
      csat: scoreCell(cells),
      agent: agentCell(cells),
      version: versionCell(cells),
    };
    for (const check of checks) check(cells);
    if (outcome === "answered" || outcome === "abandoned") needTimes(outcome, row, cells);
    checkHandle(cells, row);
    if (outcome === null || context.problems.refuses()) return null;
    return handleParts === null ? { ...row, outcome } : { ...row, handleMs: summed(handleParts, row), outcome };
  };
}
