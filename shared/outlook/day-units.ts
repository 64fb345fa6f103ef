import type { CompiledTarget } from "../agreement/compiled.ts";
import type { DaySums } from "../agreement/day-sums.ts";
import { figureOf } from "../agreement/figure.ts";
import { READ_SHIFT } from "../agreement/level.ts";
import { reachesLevel } from "../agreement/piece-rule.ts";
import { decimalToNumber } from "../stats/decimal.ts";
import type { Ratio } from "../stats/ratio.ts";
import { roundRatio } from "../stats/round.ts";

/** A day's figure rounded half up to some decimals; to tens, hundreds where they are negative. */
function roundedDay({ num, den }: Ratio, places: number): number {
  const coarse = 10 ** Math.max(0, -places);
  return decimalToNumber(roundRatio({ num, den: den * coarse }, Math.max(0, places), "half-up")) * coarse;
}

/** What a day adds above and below the line of its window's figure; `null` for a day of which nothing is known. */
export function unitsOfDay(compiled: CompiledTarget, sums: DaySums): { num: number; n: number } | null {
  if (sums.intervals === 0) return null;
  const { aggregation } = compiled.target;
  if (aggregation.by === "intervals-met") return { num: sums.passed, n: sums.judged };
  const figure = figureOf(compiled, sums.totals)?.value ?? null;
  switch (aggregation.by) {
    case "ratio-of-sums":
      return { num: figure?.num ?? 0, n: figure?.den ?? 0 };
    case "days-met":
      return figure === null ? null : { num: reachesLevel(compiled, figure) ? 1 : 0, n: 1 };
    case "mean-of-days":
      return figure === null ? null : { num: roundedDay(figure, aggregation.dp + READ_SHIFT[compiled.formula.unit]), n: 1 };
  }
}
