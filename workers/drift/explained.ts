import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { answersMoved } from "../../shared/drift/answers-moved.ts";
import type { DriftView } from "../../shared/drift/drift-view.ts";
import { evaluatorsCause, evaluatorsSay } from "../../shared/drift/evaluator-cause.ts";
import { evaluatorEffect } from "../../shared/drift/evaluator-effect.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { causeOf, isSummed } from "./cause-of.ts";
import { driftWindows } from "./drift-windows.ts";
import type { Explained, Series } from "./look-at-target.ts";
import { readAnswers } from "./read-answers.ts";
import { readEvaluated } from "./read-evaluated.ts";

/** Figures of surveys that depend on who answers. */
function isAnswered({ target: { measure } }: CompiledTarget): boolean {
  return measure.metric === "csat" || measure.metric === "nps" || (measure.metric === "fcr" && measure.method === "survey");
}

/**
 * What stands behind the standing drift of a target: what moved it by queue, agent and tenure; of scores first whether those who score
 * have moved, of answers whether others answer.
 */
export async function explained(redis: Redis, stored: StoredAgreement, series: Series, view: DriftView): Promise<Explained> {
  const cause = await causeOf(redis, stored, series, view);
  const { compiled, points } = series;
  const { drift, baseline } = view;
  const windows = drift === null || baseline === null ? null : driftWindows(stored, compiled, { points, drift, baseline });
  if (windows === null) return { cause, besides: null };
  const { feed, measure } = compiled.target;
  const kind = stored.feed(feed)?.kind;
  if (kind === "qa" && measure.metric !== "calibration" && isSummed(stored, compiled)) {
    const cells = await readEvaluated(redis, stored, windows.wanted);
    const effect = evaluatorEffect(cells);
    if (effect === null) return { cause, besides: null };
    const told = cause === null ? null : evaluatorsCause(cause, effect, cells, compiled.unit);
    return { cause: told, besides: evaluatorsSay(effect, compiled.unit) };
  }
  if (kind !== "survey" || !isAnswered(compiled)) return { cause, besides: null };
  const answers = await readAnswers(redis, stored, windows.wanted);
  return { cause, besides: answersMoved(answers.before, answers.after) };
}
