import type { Decimal } from "../stats/decimal.ts";
import { MAX_COUNT } from "./canonical.ts";
import { explainNumber, readDecimal, readCount } from "./cell-number.ts";
import { compileNumberColumn, type FileContext, type NumberCell, placeOf } from "./column-reader.ts";
import type { Fault } from "./problem-list.ts";
import type { QaFeed } from "./record-kinds.ts";
import type { QaRow } from "./record-rows.ts";
import type { Cells } from "./record-splitter.ts";
import { compileSaid, compileYesNo } from "./yes-no-reader.ts";

/** In hundredths: a form of 200 items of 1,000 points each. */
const MAX_POINTS = 20_000_000;

/** What an evaluation found. */
export type QaFindings = Omit<QaRow, "recordId" | "queue" | "startMs" | "agent" | "evaluator" | "form" | "version">;

type Points = Extract<QaFeed["score"], { points: unknown }>;

const FINER: Fault = {
  rule: "too-precise",
  message: "is finer than a hundredth of a point",
  remedy: "Round to two digits behind the point",
};
const MORE_THAN_POSSIBLE: Fault = {
  rule: "more-than-whole",
  message: "is larger than what it is a part of",
  remedy: "Check both columns: they must be about the same evaluation",
};

function hundredths({ mantissa, dp }: Decimal): number {
  const scaled = (mantissa * 100) / 10 ** dp;
  return Number.isInteger(scaled) ? scaled : NaN;
}

function pointCell(column: string, context: FileContext): NumberCell {
  const read = (text: string): number => {
    const decimal = readDecimal(text, context.style);
    return decimal === null ? NaN : hundredths(decimal);
  };
  const explain = (text: string): Fault =>
    readDecimal(text, context.style) === null ? explainNumber(text, "decimal", context.style) : FINER;
  return compileNumberColumn({ column, required: true, most: MAX_POINTS, read, explain }, context);
}

function countCell(part: { readonly column: string } | undefined, context: FileContext): NumberCell {
  if (part === undefined) return () => null;
  const { style } = context;
  const read = (text: string): number => readCount(text, style);
  const explain = (text: string): Fault => explainNumber(text, "whole", style);
  return compileNumberColumn({ column: part.column, required: false, most: MAX_COUNT, read, explain }, context);
}

/** A part that is larger than its whole refuses the row. */
function compileParts(
  pairs: readonly (readonly [part: string, whole: string] | null)[],
  context: FileContext,
): (found: QaFindings, cells: Cells) => void {
  const places = pairs.map((pair) => (pair === null ? null : placeOf(pair[0], context.header)));
  return ({ earned, possible, nonCriticalCorrect, nonCriticalItems, calibrationMatches, calibrationItems }, cells) => {
    const values = [
      [earned, possible],
      [nonCriticalCorrect, nonCriticalItems],
      [calibrationMatches, calibrationItems],
    ] as const;
    places.forEach((place, i) => {
      const [part, whole] = values[i] ?? [null, null];
      if (place === null || part === null || whole === null || part <= whole) return;
      context.problems.add("error", { column: place.column, value: cells[place.position] ?? "" }, MORE_THAN_POSSIBLE);
    });
  };
}

/** Compiles the points and errors of an evaluation that the file gives as columns. */
export function compilePoints(
  { points, autoFail, criticalErrors, nonCritical, calibration }: Points,
  context: FileContext,
): (cells: Cells) => QaFindings {
  const [earnedCell, possibleCell] = [pointCell(points.earned.column, context), pointCell(points.possible.column, context)];
  const failCell = compileSaid(autoFail, context);
  const [customer, business, compliance] = [criticalErrors.customer, criticalErrors.business, criticalErrors.compliance].map((part) =>
    compileYesNo(part, context),
  );
  const [correctCell, opportunityCell] = [countCell(nonCritical?.correct, context), countCell(nonCritical?.opportunities, context)];
  const [matchCell, itemCell] = [countCell(calibration?.matches, context), countCell(calibration?.items, context)];
  const checkParts = compileParts(
    [
      [points.earned.column, points.possible.column],
      nonCritical === undefined ? null : [nonCritical.correct.column, nonCritical.opportunities.column],
      calibration === undefined ? null : [calibration.matches.column, calibration.items.column],
    ],
    context,
  );
  return (cells) => {
    const found = {
      earned: earnedCell(cells) ?? 0,
      possible: possibleCell(cells) ?? 0,
      autoFail: failCell(cells) === true,
      customerError: customer?.(cells) ?? null,
      businessError: business?.(cells) ?? null,
      complianceError: compliance?.(cells) ?? null,
      nonCriticalCorrect: correctCell(cells),
      nonCriticalItems: opportunityCell(cells),
      calibrationItems: itemCell(cells),
      calibrationMatches: matchCell(cells),
    };
    checkParts(found, cells);
    return found.autoFail ? { ...found, earned: 0 } : found;
  };
}
