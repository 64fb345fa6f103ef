import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { type OtherCount, type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import { formatCount, formatExpected, formatFigure } from "../../shared/metrics/format.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import { formatAmount } from "../../shared/settlement/amount.ts";
import type { Judged } from "./judged.ts";
import { windowName } from "./window-name.ts";
import { wrapped } from "./wrapped.ts";

function sums({ value, n }: Pick<Verdict, "value" | "n">, unit: Verdict["unit"]): string {
  if (value === null) return "";
  return unit === "duration" || unit === "score" ? `of ${formatCount(n)}` : `${formatCount(value.num)} of ${formatCount(value.den)}`;
}

function row(verdict: Verdict, name: string): string {
  const columns = [
    name.padEnd(23),
    verdict.status.padEnd(13),
    formatFigure(verdict).padStart(9),
    `agreed ${formatExpected(verdict)}`.padEnd(16),
    sums(verdict, verdict.unit).padStart(18),
  ];
  return `  ${columns.join("  ")}`.trimEnd();
}

function other(verdict: Verdict, count: OtherCount | null, says: string): string[] {
  if (count === null) return [];
  const figure = formatFigure({ ...verdict, value: count.value });
  return [`    ${says}: ${figure}, ${count.status}${count.value === null ? "" : `, ${sums(count, verdict.unit)}`}`];
}

function keyOf({ targetId, window }: Pick<Verdict, "targetId" | "window">): string {
  return verdictKey(targetId, window);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** Where an open window will end, in a sentence. */
function outlookLine(verdict: Verdict, outlook: Outlook | undefined): string[] {
  if (outlook === undefined || outlook.pMiss === null) return [];
  if (outlook.reach === "safe") return ["    outlook: safe, whatever the rest brings"];
  if (outlook.reach === "lost") return ["    outlook: lost, whatever the rest brings"];
  const rest = outlook.remaining === null ? "" : `, about ${formatCount(outlook.remaining.expected)} still to come`;
  const needed = verdict.unit === "ratio" && outlook.neededRate !== null ? `, the rest must reach ${percent(outlook.neededRate)}` : "";
  const stake = outlook.credit === null ? "" : `, ${formatAmount(outlook.credit.atStake, outlook.credit.currency)} at stake`;
  const reach = outlook.reach === "open" ? "" : ", more than its best so far";
  return wrapped(`outlook: missed with a probability of ${percent(outlook.pMiss)}${rest}${needed}${reach}${stake}`, 4);
}

/** Statuses that explain themselves; the others get their reason on a line of its own. */
const PLAIN: ReadonlySet<Verdict["status"]> = new Set(["met", "missed", "not-counted"]);

function verdictLines(verdict: Verdict, name: string, outlook: Outlook | undefined): string[] {
  const reason = PLAIN.has(verdict.status) ? [] : wrapped(verdict.reason, 4);
  const below = verdict.belowMinimum ? ["    below the minimum level"] : [];
  return [
    row(verdict, name),
    ...reason,
    ...below,
    ...other(verdict, verdict.recomputed, "with nothing left out"),
    ...other(verdict, verdict.ifAllAccepted, "if all open claims were accepted"),
    ...outlookLine(verdict, outlook),
  ];
}

function saysOf({ target: { aggregation }, formula: { says } }: CompiledTarget): string {
  switch (aggregation.by) {
    case "ratio-of-sums":
      return says;
    case "intervals-met":
      return `share of intervals that reach ${aggregation.level} of ${says}`;
    case "days-met":
      return `share of days that reach ${aggregation.level} of ${says}`;
    case "mean-of-days":
      return `mean of the days' ${says}`;
  }
}

/** Verdicts by target: a heading with the formula, then a line per window in order of time. */
export function verdictTable({ history, outlooks: open }: Judged, verdicts: readonly Verdict[]): string[] {
  const { zone } = history.latest;
  const outlooks = new Map(open.map((outlook) => [keyOf(outlook), outlook]));
  return [...Map.groupBy(verdicts, ({ targetId }) => targetId)].flatMap(([id, own]) => {
    const compiled = history.versions.flatMap(({ targets }) => targets).findLast(({ target }) => target.id === id);
    const heading = wrapped(`${compiled?.target.name ?? id} (${id}): ${compiled === undefined ? "" : saysOf(compiled)}`, 0);
    const byKind = [...Map.groupBy(own, ({ window }) => window.kind).values()];
    const lines = byKind.flatMap((some) =>
      some
        .toSorted((a, b) => a.window.fromMs - b.window.fromMs)
        .flatMap((verdict) => verdictLines(verdict, windowName(verdict, zone), outlooks.get(keyOf(verdict)))),
    );
    return ["", ...heading, ...lines];
  });
}
