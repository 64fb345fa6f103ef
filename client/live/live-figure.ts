import type { Verdict } from "../../shared/agreement/verdict.ts";
import { formatFigure } from "../../shared/metrics/format.ts";

/** Whether a verdict's figure stands. One of a silent feed does not: it is only what the figure was. */
export function isLiveFigure(verdict: Verdict | null): verdict is Verdict {
  return verdict !== null && verdict.status !== "no-data" && verdict.value !== null;
}

/** The figure, "was" and the figure for a silent feed, or a dash. */
export function figureWords(verdict: Verdict | null): string {
  if (verdict === null || verdict.value === null) return "—";
  return isLiveFigure(verdict) ? formatFigure(verdict) : `was ${formatFigure(verdict)}`;
}
