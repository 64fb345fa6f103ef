import type { CompiledTarget } from "../agreement/compiled.ts";
import { parseLevel } from "../agreement/level.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { decimalToNumber } from "../stats/decimal.ts";
import type { Outlook } from "./outlook.ts";

/** From this probability of a miss on an open window is at risk, unless the agreement says otherwise. */
const MISS_PROBABILITY = { mantissa: 25, dp: 2 };

function riskOf({ target }: CompiledTarget, { pMiss, pace }: Outlook): string | null {
  const { missProbability, burn } = target.atRisk ?? {};
  const most = missProbability === undefined ? MISS_PROBABILITY : (parseLevel(missProbability, "ratio") ?? MISS_PROBABILITY);
  if (pMiss !== null && pMiss >= decimalToNumber(most)) {
    return `On the agreed side so far, but with a chance of ${Math.round(pMiss * 100)} % it will be missed.`;
  }
  if (burn !== undefined && pace !== null && pace > burn) {
    return `On the agreed side so far, but misses come ${pace.toFixed(1)} times as fast as the whole window allows; agreed are ${burn} at most.`;
  }
  return null;
}

/**
 * The verdict of an open window with what is to be expected of it: `met` so far becomes `at-risk` where a miss is likely enough or
 * the budget is spent too fast. Any other verdict stays as it is. To be called before the verdict is sealed.
 */
export function withOutlook(verdict: Verdict, outlook: Outlook | null, compiled: CompiledTarget): Verdict {
  if (outlook === null || verdict.status !== "met" || !verdict.window.open) return verdict;
  const reason = riskOf(compiled, outlook);
  return reason === null ? verdict : { ...verdict, status: "at-risk", reason, trace: [...verdict.trace, reason] };
}
