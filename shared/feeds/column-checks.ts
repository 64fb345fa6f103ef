import { DAY_MS } from "../calendar/day.ts";
import { parseDecimal } from "../stats/decimal.ts";
import { readClock } from "./cell-clock.ts";
import { explainDuration, readDuration } from "./cell-duration.ts";
import { explainNumber } from "./cell-number.ts";
import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

type Check = FeedDefinition["checks"][number];
type NotNegative = Extract<Check, { rule: "not-negative" }>;
type MatchesClock = Extract<Check, { rule: "duration-matches-clock" }>;

/** Looks at one row and notes problems; reads nothing into the row. */
export type CheckRow = (cells: Cells) => void;

const NEGATIVE: Fault = { rule: "not-negative", message: "is negative", remedy: "Correct the value; it should be zero or more" };

function compileNotNegative({ column, severity }: NotNegative, { header, missing, problems }: FileContext): CheckRow {
  const { position } = placeOf(column, header);
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return;
    const number = parseDecimal(text.trim());
    if (number === null) problems.add(severity, { column, value: text }, explainNumber(text.trim(), "decimal"));
    else if (number.mantissa < 0) problems.add(severity, { column, value: text }, NEGATIVE);
  };
}

function compileMatchesClock(check: MatchesClock, context: FileContext, never: ReadonlySet<string>): CheckRow {
  const { column, unit, format, severity } = check;
  const { missing, problems, header } = context;
  const [at, from, to] = [column, check.from, check.to].map((name) => placeOf(name, header).position);
  return (cells) => {
    const [text = "", fromText = "", toText = ""] = [cells[at ?? -1], cells[from ?? -1], cells[to ?? -1]];
    // A clock that never ran says nothing about the duration.
    if (isMissing(text, missing) || never.has(fromText) || never.has(toText)) return;
    if (isMissing(fromText, missing) || isMissing(toText, missing)) return;
    const place = { column, value: text };
    const duration = readDuration(text.trim(), unit);
    const between = readClock(toText.trim(), format) - readClock(fromText.trim(), format);
    if (Number.isNaN(duration)) problems.add(severity, place, explainDuration(text.trim(), unit));
    else if (Number.isNaN(between)) problems.add(severity, place, unreadable(check, fromText, toText));
    // Clocks wrap at midnight, once or more: only the rest of a day can be compared.
    else if ((between + DAY_MS) % DAY_MS !== duration % DAY_MS) problems.add(severity, place, mismatch(check, fromText, toText));
  };
}

function unreadable({ from, to, format }: MatchesClock, fromText: string, toText: string): Fault {
  return {
    rule: "duration-matches-clock",
    message: `cannot be compared with ${from} ${fromText} and ${to} ${toText}`,
    remedy: `Write both clocks as ${format}`,
  };
}

function mismatch({ from, to }: MatchesClock, fromText: string, toText: string): Fault {
  return {
    rule: "duration-matches-clock",
    message: `is not the time from ${from} ${fromText} to ${to} ${toText}`,
    remedy: "Correct the duration or the clocks",
  };
}

/** Compiles the extra care that a definition asks for. */
export function compileChecks(definition: FeedDefinition, context: FileContext): readonly CheckRow[] {
  const never: ReadonlySet<string> = new Set(definition.kind === "contact" ? definition.never : []);
  return definition.checks.map((check) =>
    check.rule === "not-negative" ? compileNotNegative(check, context) : compileMatchesClock(check, context, never),
  );
}
