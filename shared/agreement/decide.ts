import type { Ratio } from "../stats/ratio.ts";
import { isMet, isMetButForOne } from "./compare-level.ts";
import type { DaySums } from "./day-sums.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import { sampleInterval } from "./sample.ts";
import type { Tally } from "./tally.ts";
import type { Verdict, VerdictStatus } from "./verdict.ts";
import { isInTerm } from "./windows.ts";

export interface Decision {
  readonly status: VerdictStatus;
  readonly reason: string;
  readonly needed: number | null;
  readonly interval: Verdict["interval"];
}

type Short = Omit<Decision, "interval">;

function plain(status: VerdictStatus, reason: string): Short {
  return { status, reason, needed: null };
}

function whyNoFigure({ intervals, incomplete, outside }: DaySums): string {
  if (intervals > 0) return "Nothing to divide by: what was handed in counts no contact in the denominator.";
  if (incomplete > 0) return `All ${incomplete} intervals lack a count that the formula needs.`;
  return outside > 0 ? `All ${outside} intervals lie outside the measured hours.` : "Nothing was handed in for this window.";
}

/** Whether there was a figure before claims and the volume band took everything away. */
function isLeftOut(input: EvaluationInput, { sums, value }: Tally): boolean {
  return value === null && sums.excluded > 0 && sums.incomplete === 0 && (input.recomputed ?? input.adjusted).value !== null;
}

/** Why no figure can decide, if that is so. A silent feed, nothing measured and nothing known are never green. */
function withoutFigure(input: EvaluationInput, tally: Tally): Short | null {
  if (!isInTerm(input.term, input.window.start))
    return plain("not-counted", `Version ${input.agreement.version} is not in force in this window.`);
  if (input.compiled.lacks !== null) return plain("not-derivable", `Not derivable: ${input.compiled.lacks}.`);
  if (!input.measured) return plain("not-counted", "Closed all through this window.");
  if (input.silentSinceMs !== null && input.window.open) return plain("no-data", "The feed is silent although data is due.");
  if (isLeftOut(input, tally)) return plain("not-counted", "All of it is left out by accepted claims or the agreed volume band.");
  return tally.value === null ? plain("no-data", whyNoFigure(tally.sums)) : null;
}

function onSide(input: EvaluationInput, met: boolean): Short {
  const { open } = input.window;
  if (met) return plain("met", open ? "On the agreed side so far." : "On the agreed side.");
  return open
    ? plain("at-risk", "On the wrong side so far; the window is still open.")
    : plain("missed", "On the wrong side at the end of the window.");
}

/** Below the minimum sample: not proven, unless the agreement allows one miss. */
function smallSample(input: EvaluationInput, tally: Tally, value: Ratio): Short {
  const { minimumSample, onLowSample } = input.compiled.target;
  if (onLowSample === "allow-one-miss" && input.compiled.unit === "ratio") {
    if (isMet(input.compiled, value, tally.levels)) return onSide(input, true);
    if (!isMetButForOne(input.compiled, value, tally.levels)) return onSide(input, false);
    return plain("met", `On the agreed side but for one, and one is allowed below ${minimumSample}.`);
  }
  const needed = minimumSample - tally.n;
  const together = tally.joined ? " together with the window before" : "";
  return { status: "not-proven", needed, reason: `${tally.n} of the ${minimumSample} needed${together}; ${needed} more decide.` };
}

/** Decides one count of a window; the first gate that applies ends it. */
export function decide(input: EvaluationInput, tally: Tally): Decision {
  const { compiled } = input;
  const { value, sums } = tally;
  const sampled = value !== null && compiled.formula.sampled && compiled.target.aggregation.by === "ratio-of-sums";
  const interval = sampled ? sampleInterval(compiled, tally) : null;
  const blocked = withoutFigure(input, tally);
  if (blocked !== null || value === null) return { ...(blocked ?? plain("no-data", whyNoFigure(sums))), interval };
  if (tally.n < compiled.target.minimumSample) return { ...smallSample(input, tally, value), interval };
  const isOpenQuestion =
    interval !== null &&
    [tally.levels.expected, ...(compiled.notBelow === null ? [] : [compiled.notBelow])].some(
      ({ mantissa, dp }) => interval.low <= mantissa / 10 ** dp && mantissa / 10 ** dp <= interval.high,
    );
  if (isOpenQuestion) return { ...plain("not-proven", "The agreed level lies inside the 95 % interval of this sample."), interval };
  return { ...onSide(input, isMet(compiled, value, tally.levels)), interval };
}
