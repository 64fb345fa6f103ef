import { claimAgrees } from "./claim.ts";
import { isBelowMinimum } from "./compare-level.ts";
import { type Decision, decide } from "./decide.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import type { Tally } from "./tally.ts";
import { traceOf } from "./trace.ts";
import type { FedClaim, OtherCount, Verdict } from "./verdict.ts";

function asOf({ adjusted, recomputed, intervalMs, window, receivedMs }: EvaluationInput): number | null {
  const lastStartMs = (recomputed ?? adjusted).sums.lastStartMs;
  return lastStartMs === null ? null : Math.max(lastStartMs, Math.min(lastStartMs + intervalMs, window.toMs, receivedMs));
}

/** A printed figure is compared with sums of counts only: a share of intervals or a mean of days is something else. */
function fedOf({ compiled, adjusted, recomputed }: EvaluationInput): FedClaim | null {
  const { sums, value } = recomputed ?? adjusted;
  if (sums.claim === null) return null;
  const comparable = value !== null && compiled.target.aggregation.by === "ratio-of-sums";
  return { value: sums.claim, agrees: comparable ? claimAgrees(sums.claim, value, compiled.unit) : null };
}

/** What a closed window counts as for the money. */
function defaultOf({ window, compiled }: EvaluationInput, { status }: Decision, below: boolean): Verdict["default"] {
  if (window.open) return null;
  if (status === "missed") return below ? "minimum" : "expected";
  return status === "no-data" && compiled.target.onNoData === "default" ? "not-measured" : null;
}

function otherCount(input: EvaluationInput, tally: Tally | null): OtherCount | null {
  if (tally === null) return null;
  return { value: tally.value === null ? null : { ...tally.value }, n: tally.n, status: decide(input, tally).status };
}

/**
 * Evaluates one target in one window. Pure: the same counts, version and window give the same verdict, bit for bit.
 *
 * The order is that of "How a verdict is decided" in `docs/agreements.md`: version in force, measured hours, sums without
 * accepted exclusions and days outside the volume band, no-data and sample gates, rounding as agreed, comparison with the
 * level in force, default. Every step leaves a line in the trace.
 */
export function evaluate(input: EvaluationInput): Verdict {
  const { compiled, window, adjusted } = input;
  const decision = decide(input, adjusted);
  const { value, levels } = adjusted;
  const below = value !== null && isBelowMinimum(compiled, value, levels);
  const recomputed = otherCount(input, input.recomputed);
  const ifAllAccepted = otherCount(input, input.ifAllAccepted);
  return {
    targetId: compiled.target.id,
    version: input.agreement.version,
    window,
    status: decision.status,
    unit: compiled.unit,
    value: value === null ? null : { num: value.num, den: value.den },
    n: adjusted.n,
    needed: decision.needed,
    direction: compiled.target.direction,
    expected: { mantissa: levels.expected.mantissa, dp: levels.expected.dp },
    notBelow: compiled.notBelow === null ? null : { mantissa: compiled.notBelow.mantissa, dp: compiled.notBelow.dp },
    belowMinimum: below,
    default: defaultOf(input, decision, below),
    recomputed,
    ifAllAccepted,
    interval: decision.interval,
    fed: fedOf(input),
    asOfMs: asOf(input),
    reason: decision.reason,
    trace: traceOf(input, decision, { recomputed, ifAllAccepted }),
    hash: "",
  };
}
