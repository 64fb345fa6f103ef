import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { Ratio } from "../../shared/stats/ratio.ts";
import type { AgreementState } from "./agreement-state.ts";
import { isBeyond } from "./beyond.ts";
import { outlookOf } from "./windows.ts";

/** What an open window would cost, in minor units, if it ended with this figure; `null` where nothing is priced. */
export function stakeAt(state: AgreementState, verdict: Verdict, value: Ratio | null): number | null {
  const credit = outlookOf(state, verdict)?.credit ?? null;
  if (credit === null || value === null || value.den <= 0) return null;
  return isBeyond(value, verdict) ? credit.atStake : 0;
}
