import type { FileReport } from "./read-facts.ts";

const MOST_ROWS = 20;

/** What became of a file: how many rows, and the first of those that were refused or doubted. */
export function fileLines({ path, rows, refused, problems, refusals }: FileReport): string[] {
  const warnings = problems.filter(({ severity }) => severity === "warning").length;
  const lines = [`${path}: ${rows} rows, ${refused} refused, ${warnings} warnings`];
  const errors = problems.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, MOST_ROWS);
  for (const { line, column, value, rule, message, remedy } of shown)
    lines.push(`  line ${line}, ${column} "${value}" (${rule}): ${message}. ${remedy}`);
  if (errors.length > MOST_ROWS) lines.push(`  ... and ${errors.length - MOST_ROWS} more refused`);
  const doubts = Map.groupBy(
    problems.filter(({ severity }) => severity === "warning"),
    ({ column, rule, message }) => `${column} (${rule}): ${message}`,
  );
  for (const [what, some] of doubts) lines.push(`  ${some.length} ${some.length === 1 ? "warning" : "warnings"}: ${what}`);
  for (const { rule, message, remedy } of refusals) lines.push(`  refused (${rule}): ${message} ${remedy}`);
  return lines;
}
