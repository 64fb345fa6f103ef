import type { Claim, IntervalRow } from "./canonical.ts";
import { compileClaimColumn } from "./claim-column.ts";
import { agreesWithin, claimMismatch, claimRulesOf } from "./claim-rule.ts";
import { compileChecks } from "./column-checks.ts";
import { type FileContext, placeOf } from "./column-reader.ts";
import { compileCountColumn } from "./count-column.ts";
import { breaksRule, countRulesOf } from "./count-rules.ts";
import type { CountFeed } from "./feed-kinds.ts";
import type { RowReader } from "./file-row.ts";
import { compileSpan } from "./interval-span.ts";
import { layoutOf } from "./layout.ts";
import { present } from "./mapped-columns.ts";
import { compileQueue } from "./queue-reader.ts";
import type { Cells } from "./record-splitter.ts";
import { compileVersion } from "./version-reader.ts";

/** Compiles the rules between the counters of a row: one that is broken refuses it, or is a warning where the definition says so. */
function compileCountRules(
  definition: CountFeed,
  { header, severities, problems }: FileContext,
): (cells: Cells, counters: IntervalRow["counters"]) => void {
  const rules = countRulesOf(layoutOf(definition)).flatMap((rule) => {
    const count = definition.counters[rule.id];
    return count !== undefined && "column" in count ? [{ rule, ...placeOf(count.column, header) }] : [];
  });
  return (cells, counters) => {
    for (const { rule, column, position } of rules) {
      if (breaksRule(rule, counters)) problems.add(severities[rule.rule], { column, value: cells[position] ?? "" }, rule.fault);
    }
  };
}

/** Compiles the comparison of printed ratios with the counts beside them: the counts decide, and a difference is a warning unless the definition says more. */
function compileClaimRules(
  definition: CountFeed,
  { header, severities, problems }: FileContext,
): (cells: Cells, row: Pick<IntervalRow, "counters" | "claims">) => void {
  const rules = claimRulesOf(layoutOf(definition)).map((rule) => ({ rule, ...placeOf(definition.claims[rule.id]?.column ?? "", header) }));
  return (cells, { counters, claims }) => {
    for (const { rule, column, position } of rules) {
      const claim = claims[rule.claim] ?? null;
      const num = counters[rule.num] ?? null;
      const den = counters[rule.den] ?? null;
      if (claim === null || num === null || den === null || den === 0 || agreesWithin(claim, num, den)) continue;
      problems.add(severities["claim-mismatch"], { column, value: cells[position] ?? "" }, claimMismatch(rule, num, den));
    }
  };
}

/** Compiles a definition and a file's header into the function that reads interval and daily rows. */
export function compileIntervalReader(definition: CountFeed, context: FileContext): RowReader<IntervalRow> {
  const span = compileSpan(definition, context);
  const queueCell = compileQueue(definition.queue, context);
  const counterCells = present(definition.counters).map((count) => compileCountColumn(count, context));
  const claimCells = present(definition.claims).map((claim) => compileClaimColumn(claim, context));
  const versionCell = compileVersion(definition.version, context);
  const checks = compileChecks(definition, context);
  const checkCounts = compileCountRules(definition, context);
  const checkClaims = compileClaimRules(definition, context);
  return (cells) => {
    const when = span(cells);
    const queue = queueCell(cells);
    const counters: (number | null)[] = [];
    for (const counterCell of counterCells) counters.push(counterCell(cells));
    const claims: (Claim | null)[] = [];
    for (const claimCell of claimCells) claims.push(claimCell(cells));
    const version = versionCell(cells);
    for (const check of checks) check(cells);
    checkCounts(cells, counters);
    if (when === null || context.problems.refuses()) return null;
    const row = { queue, startMs: when.startMs, lengthMs: when.lengthMs, counters, claims, version };
    checkClaims(cells, row);
    return context.problems.refuses() ? null : row;
  };
}
