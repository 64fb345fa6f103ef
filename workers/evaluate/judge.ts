import { evaluateWindow } from "../../shared/agreement/evaluate-window.ts";
import type { WindowEvaluation } from "../../shared/agreement/window-evaluation.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import { projectWindow } from "../../shared/outlook/project-window.ts";
import { withOutlook } from "../../shared/outlook/with-outlook.ts";
import { withCredit } from "../../shared/settlement/with-credit.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";
import type { Plan } from "./plan.ts";

export interface Judged {
  readonly verdict: Verdict;
  readonly outlook: Outlook | null;
}

/** What a plan's windows are judged from. */
export function inputOf(
  { stored, nowMs, feeds, source, forecastOf }: EvaluationRequest,
  { context, compiled, compiledOn }: Plan,
): WindowEvaluation {
  const state = feeds.find(({ feed }) => feed.id === compiled.target.feed);
  return {
    context,
    compiled,
    nowMs,
    receivedMs: state?.health.lastReceiptAtMs ?? nowMs,
    silentSinceMs: state?.cadence.silentSinceMs ?? null,
    countsOf: (day) => {
      const same = compiledOn(day);
      return same === undefined ? undefined : source.get(same, day);
    },
    volumeOf: (day) => {
      const volume = stored.history.contextOn(day)?.volume ?? null;
      return volume === null ? null : (source.get(volume, day)?.recomputed.totals[0] ?? null);
    },
    forecastOf,
  };
}

/** Judges every window of a plan from the counts at hand; pure but for what `source` has loaded. */
export function judge(request: EvaluationRequest, plan: Plan): Judged[] {
  const input = inputOf(request, plan);
  const { context, compiled } = plan;
  return plan.windows.map((window) => {
    const verdict = evaluateWindow(input, window);
    const projected = projectWindow({ ...input, verdict, compiledOn: plan.compiledOn });
    const judged = withOutlook(verdict, projected, compiled);
    return { verdict: sealVerdict(judged, sha256), outlook: projected === null ? null : withCredit(projected, context) };
  });
}
