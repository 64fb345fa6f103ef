import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { WindowKind } from "../../shared/calendar/window-kind.ts";
import { describeMeasure } from "../../shared/metrics/describe.ts";
import { formatFigure } from "../../shared/metrics/format.ts";
import type { Measure } from "../../shared/metrics/measure.ts";
import { variantsOf } from "../../shared/metrics/variants.ts";
import { formatAmount } from "../../shared/settlement/amount.ts";
import { settlementKind } from "../../shared/settlement/version.ts";
import { CommandError } from "./command.ts";
import { type Case, judge, settleJudged } from "./judged.ts";
import { WIDTH, wrapped } from "./wrapped.ts";
import { windowName } from "./window-name.ts";

/** One way to compute a target: its verdicts, and what each period would cost. */
interface Column {
  readonly variant: string;
  readonly says: string;
  readonly agreed: boolean;
  readonly lacks: string | null;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly credits: ReadonlyMap<string, number>;
}

function withMeasure(agreement: Agreement, targetId: string, measure: Measure): Agreement {
  return { ...agreement, targets: agreement.targets.map((target) => (target.id === targetId ? { ...target, measure } : target)) };
}

function columnOf(input: Case, targetId: string, measure: Measure, agreed: Measure): Column {
  const documents = input.documents.map(({ agreement, feeds }) => ({ agreement: withMeasure(agreement, targetId, measure), feeds }));
  const judged = judge({ ...input, documents });
  const compiled = judged.history.latest.targets.filter(({ base }) => base === targetId);
  const ids = new Set(compiled.map(({ target }) => target.id));
  const settlement = settleJudged(judged, input);
  const credits = settlement.periods.flatMap(({ start, lines }) =>
    lines
      .filter((line) => ids.has(line.targetId))
      .map((line): [string, number] => [`${line.targetId} ${start}`, line.credit - line.capped]),
  );
  return {
    variant: describeMeasure(measure).variant.split("/").slice(1).join("/"),
    says: compiled[0]?.formula.says ?? "",
    agreed: JSON.stringify(measure) === JSON.stringify(agreed),
    lacks: compiled[0]?.lacks ?? null,
    verdicts: new Map(
      judged.verdicts
        .filter((verdict) => ids.has(verdict.targetId))
        .map((verdict) => [`${verdict.targetId} ${verdict.window.kind} ${verdict.window.start}`, verdict]),
    ),
    credits: new Map(credits),
  };
}

const NAME_WIDTH = 24;
const CELL_WIDTH = 23;
const PER_BLOCK = Math.floor((WIDTH - NAME_WIDTH) / (CELL_WIDTH + 2));

interface Money {
  readonly currency: string | null;
  readonly period: WindowKind;
}

function cell(column: Column, key: string, money: Money): string {
  const verdict = column.verdicts.get(key);
  if (verdict === undefined) return "-";
  const [id = "", kind, start = ""] = key.split(" ");
  const credit = kind === money.period ? (column.credits.get(`${id} ${start}`) ?? 0) : 0;
  const cost = money.currency === null || credit === 0 ? "" : ` ${formatAmount(credit, "").trim()}`;
  const status = verdict.status === "not-proven" ? "unproven" : verdict.status;
  return `${formatFigure(verdict).padStart(7)} ${status}${cost}`;
}

function total(column: Column, { currency }: Money): string {
  const sum = [...column.credits.values()].reduce((all, credit) => all + credit, 0);
  return currency === null ? "" : formatAmount(sum, currency);
}

function block(columns: readonly Column[], rows: readonly { key: string; name: string }[], money: Money): string[] {
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(NAME_WIDTH - 2)}${cells.map((text) => `  ${text.padEnd(CELL_WIDTH)}`).join("")}`.trimEnd();
  const heads = columns.map(({ variant, agreed }) => `${variant}${agreed ? " (agreed)" : ""}`);
  const body = rows.map(({ key, name }) =>
    line(
      name,
      columns.map((column) => cell(column, key, money)),
    ),
  );
  const costs =
    money.currency === null
      ? []
      : [
          line(
            "costs in all",
            columns.map((column) => total(column, money)),
          ),
        ];
  return ["", line("", heads), ...body, ...costs];
}

/** Which targets, windows and formulas to compare; all formulas where none is named. */
export interface Comparison {
  readonly targets: readonly Target[];
  readonly kinds: ReadonlySet<WindowKind>;
  readonly variants: readonly string[] | undefined;
}

/** `negative` and `negative/20` both name the formula; the agreed one is always there. */
function measuresOf({ measure: agreed }: Target, variants: readonly string[] | undefined): Measure[] {
  const all = variantsOf(agreed);
  if (variants === undefined) return [...all];
  const named = all.filter((measure) => {
    const { variant } = describeMeasure(measure);
    const own = variant.split("/").slice(1);
    return variants.includes(own[0] ?? "") || variants.includes(own.join("/"));
  });
  if (named.length > 0) return all.filter((measure) => named.includes(measure) || JSON.stringify(measure) === JSON.stringify(agreed));
  const names = all.map((measure) => describeMeasure(measure).variant.split("/").slice(1).join("/"));
  throw new CommandError(`There is no formula "${variants.join(", ")}". Name one of: ${names.join(", ")}.`);
}

function tableOf(input: Case, target: Target, { kinds, variants }: Comparison): string[] {
  if (variantsOf(target.measure).length < 2) return ["", `${target.name} (${target.id}): there is one way to compute it.`];
  const measures = measuresOf(target, variants);
  const columns = measures.map((measure) => columnOf(input, target.id, measure, target.measure));
  const known = columns.filter(({ lacks }) => lacks === null);
  const { history } = judge({ ...input });
  const { agreement, zone } = history.latest;
  const money = {
    currency: agreement.credits === undefined ? null : (agreement.fees?.currency ?? null),
    period: settlementKind({ agreement }),
  };
  const keys = [...(known[0]?.verdicts ?? [])].filter(([, { window }]) => kinds.has(window.kind));
  const members = new Set(keys.map(([, { targetId }]) => targetId)).size > 1;
  const rows = keys.map(([key, verdict]) => {
    const member = members ? `${verdict.targetId.split("@")[1] ?? ""} ` : "";
    return { key, name: `${member}${windowName(verdict, zone)}` };
  });
  const blocks = Array.from({ length: Math.ceil(known.length / PER_BLOCK) }, (_, i) =>
    block(known.slice(i * PER_BLOCK, (i + 1) * PER_BLOCK), rows, money),
  );
  return [
    "",
    `${target.name} (${target.id}) under other formulas, agreed ${target.direction.replace("-", " ")} ${target.expected}`,
    ...known.flatMap(({ variant, says }) => wrapped(`${variant}: ${says}`, 2)),
    ...columns
      .filter(({ lacks }) => lacks !== null)
      .flatMap(({ variant, lacks }) => wrapped(`${variant}: not derivable, ${lacks ?? ""}`, 2)),
    ...blocks.flat(),
  ];
}

/** Each target under every variant of its measure side by side: verdict, figure and cost of each window. */
export function variantTable(input: Case, comparison: Comparison): string[] {
  const one = (target: Target): boolean => variantsOf(target.measure).length < 2;
  const compared = comparison.variants === undefined ? comparison.targets : comparison.targets.filter((target) => !one(target));
  return compared.flatMap((target) => tableOf(input, target, comparison));
}
