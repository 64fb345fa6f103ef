import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatGap } from "../../../shared/metrics/format.ts";
import type { VariantRow, Variants } from "../../../shared/protocol/compare.ts";
import { amountWords } from "../../live/amount-words.ts";
import { kindWords } from "../../live/window-words.ts";

function isMet(row: VariantRow): boolean {
  return row.verdicts.length > 0 && row.verdicts.every(({ status }) => status === "met");
}

export function metCount({ verdicts }: VariantRow): number {
  return verdicts.filter(({ status }) => status === "met").length;
}

function costs(row: VariantRow, currency: string | null, would: boolean): string {
  if (currency === null || row.credit === null || row.credit === 0) return "";
  return ` and ${would ? "would cost" : "costs"} ${amountWords(row.credit, currency)}`;
}

function agreedOne(row: VariantRow, verdict: Verdict, currency: string | null): string {
  const gap = formatGap(verdict);
  switch (verdict.status) {
    case "met":
      return gap === "—" ? "the agreed one is met" : `the agreed one is met, ${gap}`;
    case "missed":
    case "at-risk": {
      const size = gap.replace(/ (?:short|over|under)$/u, "");
      return `the agreed one misses by ${size}${costs(row, currency, verdict.window.open)}`;
    }
    default:
      return "the agreed one has no decided verdict";
  }
}

/** The answer in one sentence: "Met under 3 of 8 formulas; the agreed one misses by 1.1 pp and costs USD 2,000." */
export function variantFinding(variants: Variants): string {
  const lacking = variants.rows.filter(({ lacks }) => lacks !== null).length;
  const found = decidedFinding(variants);
  return lacking === 0 ? found : `${found} ${lacking} of them cannot be computed from this feed.`;
}

function decidedFinding({ rows, currency }: Variants): string {
  const met = rows.filter(isMet).length;
  const agreed = rows.find((row) => row.agreed);
  const [verdict, ...more] = agreed?.verdicts ?? [];
  const of = `${met} of ${rows.length} ${rows.length === 1 ? "formula" : "formulas"}`;
  if (agreed === undefined || verdict === undefined) return `Met under ${of}; the agreed one has no verdict in this time.`;
  if (more.length === 0) return `Met under ${of}; ${agreedOne(agreed, verdict, currency)}.`;
  const all = agreed.verdicts.length;
  const unit = `${kindWords(verdict.window.kind)}s`;
  const cost = costs(
    agreed,
    currency,
    agreed.verdicts.some(({ window }) => window.open),
  ).replace(" and", ", which");
  return `All ${all} ${unit} are met under ${of}; under the agreed one ${metCount(agreed)} of ${all}${cost}.`;
}
