import type { Target } from "../agreement/agreement.ts";
import type { FoundDrift } from "./drift-view.ts";

/** A watched target with the drift that stands, either way. */
export interface Watched {
  readonly target: Pick<Target, "measure">;
  readonly drift: FoundDrift | null;
}

/** Scores move when those who score move, answers when others answer, handle time with new agents: what to look at first, and how it is said. */
function companionOf({ measure }: Watched["target"]): { readonly metric: string; readonly says: string } | null {
  switch (measure.metric) {
    case "qa-score":
    case "accuracy":
      return { metric: "calibration", says: "the evaluators have moved as well" };
    case "aht":
    case "talk-time":
    case "attrition":
      return { metric: "tenure-mix", says: "the share of contacts handled by new agents has moved as well" };
    case "csat":
    case "nps":
      return { metric: "response-rate", says: "the share of customers who answer has moved as well" };
    case "fcr":
      return measure.method === "survey" ? { metric: "response-rate", says: "the share of customers who answer has moved as well" } : null;
    default:
      return null;
  }
}

/**
 * What else has moved that may explain a target's drift, in words for its alert.
 *
 * @param watched all watched targets of the agreement.
 * @returns `null` for nothing.
 */
export function movedBesides(target: Watched["target"], watched: readonly Watched[]): string | null {
  const companion = companionOf(target);
  if (companion === null) return null;
  return watched.some((one) => one.drift !== null && one.target.measure.metric === companion.metric) ? companion.says : null;
}
