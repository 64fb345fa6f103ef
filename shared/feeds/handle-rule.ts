import { type FileContext, placeOf } from "./column-reader.ts";
import type { ContactFeed } from "./feed-kinds.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

interface Times {
  readonly handleMs: number | null;
  readonly talkMs: number | null;
  readonly holdMs: number | null;
  readonly acwMs: number | null;
}

const FAULT: Fault = {
  rule: "more-than-handle",
  message: "is longer than the contact's handle time",
  remedy: "Check both columns and their units: talk, hold and after-call work are parts of the handle time",
};

/** Compiles the rule that no part of a contact's handle time is longer than the whole of it. */
export function compileHandleRule(
  { talk, hold, acw }: ContactFeed["durations"],
  { header, severities, problems }: FileContext,
): (cells: Cells, times: Times) => void {
  const parts = Object.entries({ talkMs: talk, holdMs: hold, acwMs: acw }).flatMap(([key, duration]) =>
    duration === undefined ? [] : [{ key, ...placeOf(duration.column, header) }],
  );
  return (cells, { handleMs, talkMs, holdMs, acwMs }) => {
    if (handleMs === null) return;
    const lengths: Readonly<Record<string, number | null>> = { talkMs, holdMs, acwMs };
    for (const { key, column, position } of parts) {
      if ((lengths[key] ?? 0) > handleMs) problems.add(severities["more-than-handle"], { column, value: cells[position] ?? "" }, FAULT);
    }
  };
}
