import type { MeasureUnit } from "../metrics/measure.ts";
import type { CounterId } from "../metrics/counter.ts";
import { weigh } from "../metrics/formula.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareDecimal, roundRatio } from "../stats/round.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { DaySums } from "./day-sums.ts";
import { claimAgrees } from "./claim.ts";
import { sampleInterval } from "./sample.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import { Trace } from "./trace.ts";
import type { Verdict, VerdictStatus } from "./verdict.ts";

interface Decision {
  readonly status: VerdictStatus;
  readonly reason: string;
  readonly needed?: number;
}

/** Decimals of the unit as people read it: percent, seconds, points. */
const READ_SHIFT: Record<MeasureUnit, number> = { ratio: 2, duration: -3, score: 0, points: 0, count: 0 };

function ratioOf(compiled: CompiledTarget, sums: DaySums): Ratio | null {
  const totals = new Map<CounterId, number>(compiled.counters.map((counter, i) => [counter, sums.totals[i] ?? 0]));
  const den = weigh(compiled.formula.denominator, totals);
  return sums.intervals === 0 || den <= 0 ? null : { num: weigh(compiled.formula.numerator, totals), den };
}

/** -1, 0 or 1 for the figure against a level, rounded first only if the agreement says so. */
function against(compiled: CompiledTarget, value: Ratio, level: Decimal): -1 | 0 | 1 {
  const rounding = compiled.target.rounding;
  if (rounding === undefined) return compareRatio(value, level);
  const places = rounding.dp + READ_SHIFT[compiled.formula.unit];
  if (places < 0) {
    const factor = 10 ** -places;
    const coarse = roundRatio({ num: value.num, den: value.den * factor }, 0, rounding.mode);
    return compareDecimal({ mantissa: coarse.mantissa * factor, dp: 0 }, level);
  }
  return compareDecimal(roundRatio(value, places, rounding.mode), level);
}

function isWithin(compiled: CompiledTarget, value: Ratio, level: Decimal): boolean {
  const side = against(compiled, value, level);
  return compiled.target.direction === "at-least" ? side >= 0 : side <= 0;
}

function inForce(input: EvaluationInput): boolean {
  const { effectiveFrom, effectiveTo } = input.agreement;
  return (
    input.window.start >= effectiveFrom.slice(0, input.window.kind === "month" ? 7 : 10) &&
    (effectiveTo === undefined || input.window.start <= effectiveTo)
  );
}

/** Why no figure can decide, if that is so. A silent feed, nothing measured and nothing known are never green. */
function withoutFigure(input: EvaluationInput, value: Ratio | null): Decision | null {
  if (!inForce(input)) return { status: "not-counted", reason: `Version ${input.agreement.version} is not in force in this window.` };
  if (input.compiled.lacks !== null) return { status: "not-derivable", reason: `Not derivable: ${input.compiled.lacks}.` };
  if (!input.measured) return { status: "not-counted", reason: "Closed all through this window." };
  if (input.silentSinceMs !== null && input.window.open) return { status: "no-data", reason: "The feed is silent although data is due." };
  return value === null ? { status: "no-data", reason: whyNoFigure(input.sums) } : null;
}

function whyNoFigure({ intervals, incomplete, outside }: DaySums): string {
  if (intervals > 0) return "Nothing to divide by: what was handed in counts no contact in the denominator.";
  if (incomplete > 0) return `All ${incomplete} intervals lack a count that the formula needs.`;
  return outside > 0 ? `All ${outside} intervals lie outside the measured hours.` : "Nothing was handed in for this window.";
}

function decide(input: EvaluationInput, value: Ratio, interval: { low: number; high: number } | null): Decision {
  const { compiled, window } = input;
  const minimumSample = compiled.target.minimumSample;
  if (value.den < minimumSample) {
    const needed = minimumSample - value.den;
    return { status: "not-proven", needed, reason: `${value.den} of the ${minimumSample} needed; ${needed} more decide.` };
  }
  const expected = compiled.expected.mantissa / 10 ** compiled.expected.dp;
  if (interval !== null && interval.low <= expected && expected <= interval.high) {
    return { status: "not-proven", reason: "The agreed level lies inside the 95 % interval of this sample." };
  }
  if (isWithin(compiled, value, compiled.expected))
    return { status: "met", reason: window.open ? "On the agreed side so far." : "On the agreed side." };
  return window.open
    ? { status: "at-risk", reason: "On the wrong side so far; the window is still open." }
    : { status: "missed", reason: "On the wrong side at the end of the window." };
}

function asOf(lastStartMs: number, { intervalMs, window, receivedMs }: EvaluationInput): number {
  return Math.max(lastStartMs, Math.min(lastStartMs + intervalMs, window.toMs, receivedMs));
}

/**
 * Evaluates one target in one window. Pure: the same sums, version and window give the same verdict, bit for bit.
 *
 * Order (domain reference 3.3): version in force, measured hours, sums, no-data and sample gates, ratio, rounding as
 * agreed, comparison. Every step leaves a line in the trace.
 */
export function evaluate(input: EvaluationInput): Verdict {
  const { compiled, window, sums } = input;
  const value = compiled.lacks === null ? ratioOf(compiled, sums) : null;
  const interval = value === null || !compiled.formula.sampled ? null : sampleInterval(compiled, sums, value);
  const blocked = withoutFigure(input, value);
  const decision = blocked ?? (value === null ? { status: "no-data" as const, reason: whyNoFigure(sums) } : decide(input, value, interval));
  const below = value !== null && compiled.minimum !== null && !isWithin(compiled, value, compiled.minimum);
  return {
    targetId: compiled.target.id,
    version: input.agreement.version,
    window,
    status: decision.status,
    unit: compiled.formula.unit,
    value: value === null ? null : { num: value.num, den: value.den },
    n: value?.den ?? 0,
    needed: decision.needed ?? null,
    direction: compiled.target.direction,
    expected: { mantissa: compiled.expected.mantissa, dp: compiled.expected.dp },
    belowMinimum: below,
    interval,
    fed:
      sums.claim === null
        ? null
        : { value: sums.claim, agrees: value === null ? null : claimAgrees(sums.claim, value, compiled.formula.unit) },
    asOfMs: sums.lastStartMs === null ? null : asOf(sums.lastStartMs, input),
    reason: decision.reason,
    trace: new Trace(input, value).lines(decision),
  };
}
