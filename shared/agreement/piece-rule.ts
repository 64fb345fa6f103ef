import { compareRatio, type Ratio } from "../stats/ratio.ts";
import type { ResolvedTarget } from "./compiled.ts";
import { figureOf } from "./figure.ts";
import type { PieceRule } from "./sum-day.ts";

const MINUTE_MS = 60_000;

/** Whether an interval or a day by itself reaches the level of its kind. */
export function reachesLevel({ pieceLevel }: Pick<ResolvedTarget, "pieceLevel">, figure: Ratio): boolean {
  if (pieceLevel === null) return false;
  const side = compareRatio(figure, pieceLevel.level);
  return pieceLevel.moreIsBetter ? side >= 0 : side <= 0;
}

/** How intervals are judged one by one; `null` where the agreement does not count them. */
export function pieceRuleOf(compiled: ResolvedTarget, intervalMs: number): PieceRule | null {
  const { aggregation } = compiled.target;
  if (aggregation.by !== "intervals-met") return null;
  return {
    lengthMs: Math.max(intervalMs, (aggregation.minutes ?? 0) * MINUTE_MS),
    passes: (totals) => {
      const figure = figureOf(compiled, totals);
      return figure === null ? null : reachesLevel(compiled, figure.value);
    },
  };
}
