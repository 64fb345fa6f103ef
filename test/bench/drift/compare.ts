import { calibrated, delaysOf, type Effort, movedSeed, quietSeed } from "./contest.ts";
import { type Mean, meanOf } from "./ladder.ts";
import { firstAlarm, type Watcher } from "./ours.ts";
import type { Scores } from "./scores.ts";
import { signedShift } from "./signed-shift.ts";

/** One shift: how late ours is, and how late the best chart for it. */
export interface ShiftDelay {
  readonly shift: number;
  readonly ours: Mean;
  readonly optimum: Mean;
  /** Ours over the optimum, with the standard error of the quotient; both saw the same numbers. */
  readonly ratio: Mean;
  /** The most that is allowed. */
  readonly goal: number;
}

/** Within 10 % of the optimum from half a standard deviation to two, within 25 % from a quarter to three. */
function goalFor(shift: number): number {
  return shift >= 0.5 && shift <= 2 ? 1.1 : 1.25;
}

/** Quotient of two means of pairs; its error by the delta method. */
function ratioOf(ours: readonly number[], optimum: readonly number[]): Mean {
  const [a, b] = [meanOf(ours).mean, meanOf(optimum).mean];
  const ratio = a / b;
  const { error } = meanOf(ours.map((own, at) => (own - ratio * (optimum[at] ?? 0)) / b));
  return { mean: ratio, error };
}

/** Mean days between false alarms of ours: days watched for each alarm. */
export function measuredRunLength(watcher: Watcher, runLength: number, { quiet }: Pick<Effort, "quiet">): Mean {
  const longest = 12 * runLength;
  let [days, alarms] = [0, 0];
  for (let run = 0; run < quiet; run++) {
    const day = firstAlarm(watcher, { seed: quietSeed(watcher.model, run), shift: 0, longest });
    days += day ?? longest;
    if (day !== null) alarms += 1;
  }
  const mean = days / Math.max(1, alarms);
  return { mean, error: mean / Math.sqrt(Math.max(1, alarms)) };
}

/** Delays of the chart that is tuned to this very shift and knows what nobody can, run by run. */
function optimalDelays(quiet: Scores, moved: Scores, { runLength, effort }: { runLength: number; effort: Effort }): number[] {
  const { chart, threshold, sides } = moved.model.optimum(moved.shift);
  const asked = { chart, which: "ideal" } as const;
  const own =
    threshold?.(runLength) ?? calibrated(quiet, asked, { runLength: sides === 1 ? 2 * runLength : runLength, runs: effort.quiet });
  return delaysOf(moved, asked, { threshold: own, runs: effort.moved, longest: Math.ceil(8 * runLength) });
}

/** Delays of ours and of the optimum at the same run length. */
export function shiftDelay(
  watcher: Watcher,
  scores: { quiet: Scores; moved: Scores },
  asked: { runLength: number; effort: Effort },
): ShiftDelay {
  const { model, shift } = scores.moved;
  const longest = Math.ceil(8 * asked.runLength);
  const ours = Array.from(
    { length: asked.effort.moved },
    (_, run) => firstAlarm(watcher, { seed: movedSeed(model, shift, run), shift: signedShift(model, shift, run), longest }) ?? longest,
  );
  const optimum = optimalDelays(scores.quiet, scores.moved, asked);
  return { shift, ours: meanOf(ours), optimum: meanOf(optimum), ratio: ratioOf(ours, optimum), goal: goalFor(shift) };
}
