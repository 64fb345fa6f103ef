import { DAY_MS } from "../calendar/day.ts";
import { parseDecimal } from "../stats/decimal.ts";
import { readClock } from "./cell-clock.ts";
import { explainDuration, readDuration } from "./cell-duration.ts";
import { explainInstant, readInstant } from "./cell-instant.ts";
import { explainNumber } from "./cell-number.ts";
import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import { plainNumber } from "./number-style.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

type Check = FeedDefinition["checks"][number];
type NotNegative = Extract<Check, { rule: "not-negative" }>;
type Equals = Extract<Check, { rule: "equals" }>;
type EndsBeforeStart = Extract<Check, { rule: "ends-before-start" }>;
type MatchesClock = Extract<Check, { rule: "duration-matches-clock" }>;

/** Looks at one row and notes problems; reads nothing into the row. */
export type CheckRow = (cells: Cells) => void;

const NEGATIVE: Fault = { rule: "not-negative", message: "is negative", remedy: "Correct the value; it should be zero or more" };

function compileNotNegative({ column, severity }: NotNegative, { header, missing, style, problems }: FileContext): CheckRow {
  const { position } = placeOf(column, header);
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return;
    const number = parseDecimal(plainNumber(text.trim(), style) ?? "");
    if (number === null) problems.add(severity, { column, value: text }, explainNumber(text.trim(), "decimal", style));
    else if (number.mantissa < 0) problems.add(severity, { column, value: text }, NEGATIVE);
  };
}

function compileMatchesClock(check: MatchesClock, context: FileContext, never: ReadonlySet<string>): CheckRow {
  const { column, unit, format, severity } = check;
  const { missing, problems, header, style } = context;
  const [at, from, to] = [column, check.from, check.to].map((name) => placeOf(name, header).position);
  return (cells) => {
    const [text = "", fromText = "", toText = ""] = [cells[at ?? -1], cells[from ?? -1], cells[to ?? -1]];
    // A clock that never ran says nothing about the duration.
    if (isMissing(text, missing) || never.has(fromText) || never.has(toText)) return;
    if (isMissing(fromText, missing) || isMissing(toText, missing)) return;
    const place = { column, value: text };
    const duration = readDuration(text.trim(), unit, style);
    const between = readClock(toText.trim(), format) - readClock(fromText.trim(), format);
    if (Number.isNaN(duration)) problems.add(severity, place, explainDuration(text.trim(), unit, style));
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

function compileEquals({ column, text: wanted, severity }: Equals, { header, problems }: FileContext): CheckRow {
  const { position } = placeOf(column, header);
  const texts = new Set(typeof wanted === "string" ? [wanted] : wanted);
  const fault: Fault = {
    rule: "equals",
    message: `is not ${[...texts].join(" or ")}`,
    remedy: "Send only such rows to this feed, or correct its definition",
  };
  return (cells) => {
    const text = cells[position] ?? "";
    if (!texts.has(text) && !texts.has(text.trim())) problems.add(severity, { column, value: text }, fault);
  };
}

function compileEndsBeforeStart(check: EndsBeforeStart, { header, missing, problems }: FileContext): CheckRow {
  const { column, format, severity } = check;
  const [at, from] = [column, check.start].map((name) => placeOf(name, header).position);
  return (cells) => {
    const [endText = "", startText = ""] = [cells[at ?? -1], cells[from ?? -1]];
    if (isMissing(endText, missing) || isMissing(startText, missing)) return;
    const end = readInstant(endText.trim(), format);
    const start = readInstant(startText.trim(), format);
    const place = { column, value: endText };
    if (Number.isNaN(end)) problems.add(severity, place, explainInstant(endText.trim(), format));
    else if (end < start) {
      const message = `is before ${check.start} ${startText}`;
      problems.add(severity, place, { rule: "ends-before-start", message, remedy: "Correct one of the two" });
    }
  };
}

/** Compiles the extra care that a definition asks for. */
export function compileChecks(definition: FeedDefinition, context: FileContext): readonly CheckRow[] {
  const never: ReadonlySet<string> = new Set(definition.kind === "contact" ? definition.never : []);
  return definition.checks.map((check) => {
    switch (check.rule) {
      case "equals":
        return compileEquals(check, context);
      case "not-negative":
        return compileNotNegative(check, context);
      case "ends-before-start":
        return compileEndsBeforeStart(check, context);
      case "duration-matches-clock":
        return compileMatchesClock(check, context, never);
    }
  });
}
