import type { CauseQuestion, CauseWindow } from "./cause-cell.ts";
import { closerOf } from "./cause-closer.ts";
import { condensed } from "./cause-condense.ts";
import { concludes } from "./cause-conclusion.ts";
import { type CauseFacts, figureOf, type RowFigure } from "./cause-facts.ts";
import { type Lead, leadOf, rateSum } from "./cause-lead.ts";
import { partWords } from "./cause-part-words.ts";
import { rowsOf } from "./cause-rows.ts";
import { isProven, NOISE_ERRORS, type WeighedChange, weighChange, type WeighedPart } from "./cause-weigh.ts";
import type { Cause, CausePart } from "./drift-view.ts";

/** Rounding of sums is no part of its own: relative to the figures. */
const ROUNDING = 1e-13;

/** The bars that stand by themselves: the first cause, then whatever else is told from noise, the largest first. */
function standing({ view, part }: Lead): WeighedPart[] {
  const others = view.parts.filter((other) => other !== part && isProven(other));
  return [...(part === null ? [] : [part]), ...others.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))];
}

function noisePart(lead: Lead, amount: number, facts: CauseFacts): CausePart {
  const shown = new Set(standing(lead));
  const names = lead.view.parts.filter((part) => !shown.has(part)).map(({ subject }) => partWords(subject, facts).name);
  const what = names.length === 0 ? "What the parts leave over" : `${names.join(", ")}: each below ${NOISE_ERRORS} standard errors`;
  return { kind: "noise", name: "Not distinguishable from noise", detail: what, amount, error: null };
}

/** The bars in order; what they leave of the change is the last one, so that they sum to it exactly. */
function barsOf(lead: Lead, change: { readonly amount: number; readonly scale: number }, facts: CauseFacts): CausePart[] {
  const bars = standing(lead).map(({ kind, subject, amount, error }): CausePart => {
    const { name, detail } = partWords(subject, facts);
    return { kind, name, detail, amount, error };
  });
  const rest = bars.reduce((left, { amount }) => left - amount, change.amount);
  return Math.abs(rest) <= ROUNDING * change.scale ? bars : [...bars, noisePart(lead, rest, facts)];
}

function conclusionOf(
  lead: Lead,
  { views, errorOfRate }: { views: WeighedChange["views"]; errorOfRate: number | null },
  facts: CauseFacts,
): string {
  const [plain] = views;
  const { part } = lead;
  const amount = plain === undefined ? 0 : rateSum(plain);
  return concludes({
    question: facts.question,
    before: figureOf(facts.rows, 0).value ?? 0,
    after: figureOf(facts.rows, 1).value ?? 0,
    lead: part === null ? null : { amount: part.amount, source: partWords(part.subject, facts).source, isMix: part.kind === "mix" },
    rate: { amount, isProven: isProven({ amount, error: errorOfRate }) },
  });
}

function windowOf({ from, to }: CauseWindow, { value, sample }: RowFigure): Cause["before"] {
  return { from, to, value: value ?? 0, n: sample };
}

/**
 * What moved a figure between two windows: an exact split into bars, the first cause first, the rest of the change in a bar of its
 * own that cannot be told from noise; one sentence; and a closer look at the first cause.
 *
 * Four exact splits of the same change are tried: mix of queues (Kitagawa) and then stayers, entrants and leavers (Melitz and
 * Polanec); the queues; talk, hold and wrap-up; and tenure bands, crossed with queues (Shapley). The one whose best part explains
 * most is shown.
 *
 * @param question cells of both windows, in any order.
 * @returns `null` where one of the windows is empty.
 */
export function causeOfChange(question: CauseQuestion): Cause | null {
  const rows = rowsOf(question);
  const [before, after] = [figureOf(rows, 0), figureOf(rows, 1)];
  if (before.value === null || after.value === null) return null;
  const facts: CauseFacts = { question, rows };
  const weighed = weighChange(condensed(rows), question);
  const amount = after.value - before.value;
  const lead = leadOf(weighed, amount);
  if (lead === null) return null;
  const scale = Math.max(Math.abs(before.value), Math.abs(after.value));
  return {
    before: windowOf(question.before, before),
    after: windowOf(question.after, after),
    parts: barsOf(lead, { amount, scale }, facts),
    conclusion: conclusionOf(lead, { views: weighed.views, errorOfRate: weighed.rateError }, facts),
    closer: lead.part === null ? null : closerOf(lead.part.subject, facts, lead.view),
  };
}
