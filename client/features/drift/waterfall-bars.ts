import type { Cause, CausePart } from "../../../shared/drift/drift-view.ts";

/** How a bar is filled: the largest one strongest, what lowers as an outline, chance hatched. */
export type Tone = "lead" | "raises" | "lowers" | "noise";

export interface Bar {
  readonly part: CausePart;
  readonly tone: Tone;
  /** Left end and width, in percent of the axis. */
  readonly left: number;
  readonly width: number;
}

export interface Waterfall {
  readonly bars: readonly Bar[];
  /** Where the figure before and the figure now stand, in percent of the axis. */
  readonly before: number;
  readonly after: number;
  /** Ends of the axis, in the metric's unit. */
  readonly low: number;
  readonly high: number;
}

/** Room beside the outermost ends, as a share of what is between them. */
const MARGIN = 0.12;

function toneOf(part: CausePart, largest: number): Tone {
  if (part.kind === "noise") return "noise";
  if (part.amount < 0) return "lowers";
  return Math.abs(part.amount) === largest ? "lead" : "raises";
}

/** Where the bars lie: each begins where the one before ended, the first at the figure before, and the last ends at the figure now. */
export function waterfallBars({ before, after, parts }: Cause): Waterfall {
  const ends = parts.reduce<number[]>((known, { amount }) => [...known, (known.at(-1) ?? before.value) + amount], [before.value]);
  const [least, most] = [Math.min(...ends, after.value), Math.max(...ends, after.value)];
  const room = most > least ? (most - least) * MARGIN : Math.max(Math.abs(most) * MARGIN, Number.EPSILON);
  const [low, high] = [least - room, most + room];
  const at = (value: number): number => ((value - low) / (high - low)) * 100;
  const largest = Math.max(0, ...parts.filter(({ kind }) => kind !== "noise").map(({ amount }) => Math.abs(amount)));
  const bars = parts.map((part, index): Bar => {
    const [from, to] = [ends[index] ?? before.value, ends[index + 1] ?? before.value];
    return { part, tone: toneOf(part, largest), left: at(Math.min(from, to)), width: at(Math.max(from, to)) - at(Math.min(from, to)) };
  });
  return { bars, before: at(before.value), after: at(after.value), low, high };
}
