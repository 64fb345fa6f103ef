import type { MeasureUnit } from "../metrics/measure.ts";
import { amountText, figureText } from "./cause-words.ts";
import type { Cause, DriftView } from "./drift-view.ts";
import type { EvaluatedCell, EvaluatorEffect } from "./evaluator-effect.ts";

/** "2.5 pp of the 2.8 pp", or how it goes beyond them. */
function partText({ amount, change }: EvaluatorEffect, unit: MeasureUnit): string {
  const [part, whole] = [amountText(amount, unit), amountText(change, unit)];
  return Math.abs(amount) <= Math.abs(change) || part === whole ? `${part} of the ${whole}` : `${part}, more than the ${whole},`;
}

function sourceText({ evaluator, shift, amount }: EvaluatorEffect, unit: MeasureUnit): string {
  if (evaluator === null) return `${amount < 0 ? "stricter" : "more lenient"} evaluators score more of the work than before`;
  const by = `${amountText(shift, unit)} ${shift < 0 ? "less" : "more"}`;
  return `evaluator ${evaluator} now gives ${by} for the same work, against the other evaluators, than before`;
}

/** What of a drift comes from those who score, as a part of a sentence for its alert. */
export function evaluatorsSay(effect: EvaluatorEffect, unit: MeasureUnit): NonNullable<DriftView["besides"]> {
  return { kind: "evaluators", says: `${partText(effect, unit)} come from the scoring: ${sourceText(effect, unit)}` };
}

/** The cause of a drift that those who score explain: its own sentence, and a table of the evaluators. The bars stay. */
export function evaluatorsCause(cause: Cause, effect: EvaluatorEffect, cells: readonly EvaluatedCell[], unit: MeasureUnit): Cause {
  const { before, after } = cause;
  const went = `by which the figure ${effect.change < 0 ? "fell" : "rose"}, from ${figureText(before.value, unit)} to ${figureText(after.value, unit)},`;
  const conclusion = `The evaluators have moved, not the team: ${partText(effect, unit)} ${went} come from the scoring: ${sourceText(effect, unit)}.`;
  const sums = (evaluator: string, window: 0 | 1) =>
    cells
      .filter((cell) => cell.evaluator === evaluator && cell.window === window)
      .reduce((sum, cell) => ({ n: sum.n + cell.n, num: sum.num + cell.num, sample: sum.sample + cell.sample }), {
        n: 0,
        num: 0,
        sample: 0,
      });
  const rows = [...new Set(cells.map(({ evaluator }) => evaluator))].toSorted().flatMap((evaluator) => {
    const [was, is] = [sums(evaluator, 0), sums(evaluator, 1)];
    if (was.n === 0 || is.n === 0) return [];
    const proven = evaluator === effect.evaluator;
    return [{ name: `Evaluator ${evaluator}`, n: is.sample, value: is.num / is.n, against: was.num / was.n, proven }];
  });
  return { ...cause, conclusion, closer: rows.length === 0 ? cause.closer : { title: "By evaluator, before and since", rows } };
}
