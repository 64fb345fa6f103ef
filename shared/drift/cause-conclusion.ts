import type { CauseQuestion } from "./cause-cell.ts";
import { amountText, figureText } from "./cause-words.ts";

/** What the one sentence is made of; amounts in the unit of the figure. */
export interface Concluded {
  readonly question: CauseQuestion;
  readonly before: number;
  readonly after: number;
  /** The part that is named first. */
  readonly lead: { readonly amount: number; readonly source: string; readonly isMix: boolean } | null;
  /** What is not mix, and whether it is more than noise. */
  readonly rate: { readonly amount: number; readonly isProven: boolean };
}

/** How the figure went: "fell by 2.5 pp, from 88.4 % to 85.9 %". */
function wentText({ question: { unit }, before, after }: Concluded): string {
  const change = after - before;
  if (change === 0) return `stayed at ${figureText(after, unit)}`;
  return `${change < 0 ? "fell" : "rose"} by ${amountText(change, unit)}, from ${figureText(before, unit)} to ${figureText(after, unit)}`;
}

function insideText({ rate, question }: Concluded): string {
  if (!rate.isProven || rate.amount === 0) return "what is left cannot be told from noise";
  return `inside the groups it ${rate.amount < 0 ? "fell" : "rose"} by ${amountText(rate.amount, question.unit)}`;
}

/**
 * The cause in one sentence of plain English, for somebody who has not seen the chart.
 *
 * @returns for example "1.8 pp of the 2.5 pp come from 14 agents who are new since 17 Aug: the figure fell from 88.4 % to 85.9 %."
 */
export function concludes(facts: Concluded): string {
  const { lead, rate, before, after, question } = facts;
  const change = after - before;
  if (lead === null) return `The figure ${wentText(facts)}; no part of that can be told from noise, so no cause is named.`;
  const isMixAlone = lead.isMix && (!rate.isProven || rate.amount * change <= 0);
  const opening = isMixAlone ? "Mix, not performance: " : "";
  const closing = isMixAlone ? `; ${insideText(facts)}` : "";
  const [moved, whole] = [amountText(lead.amount, question.unit), amountText(change, question.unit)];
  if (Math.abs(lead.amount) > Math.abs(change) && moved !== whole) {
    const rest = amountText(lead.amount - change, question.unit);
    const other = isMixAlone ? closing : `, and ${rest} the other way from the rest`;
    return `${opening}${isMixAlone ? "the" : "The"} figure ${wentText(facts)}: ${moved} come from ${lead.source}${other}.`;
  }
  const levels = `from ${figureText(before, question.unit)} to ${figureText(after, question.unit)}`;
  const went = `by which the figure ${change < 0 ? "fell" : "rose"}, ${levels},`;
  return `${opening}${moved} of the ${whole} ${went} come from ${lead.source}${closing}.`;
}
