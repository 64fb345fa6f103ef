import { z } from "zod";
import type { Verdict } from "../agreement/verdict.ts";

/** Whom a change of what is known serves: a better figure the provider, a worse one the client. */
export const Favour = z.enum(["provider", "client", "neutral"]);
export type Favour = z.infer<typeof Favour>;

function favourOf(gain: number): Favour {
  if (gain === 0) return "neutral";
  return gain > 0 ? "provider" : "client";
}

/** How far a figure lies on the wrong side, in the unit of its verdict; the smaller the better, below 0 on the good side of a one-sided level. */
function distance({ value, direction, expected, notBelow }: Verdict): number | null {
  if (value === null || value.den === 0) return null;
  const figure = value.num / value.den;
  const level = expected.mantissa / 10 ** expected.dp;
  if (direction === "at-least") return -figure;
  if (direction === "at-most") return figure;
  const low = notBelow === null ? Number.NEGATIVE_INFINITY : notBelow.mantissa / 10 ** notBelow.dp;
  return Math.max(0, figure - level, low - figure);
}

/** For verdicts without a figure: a default, or a miss, is worse than anything else. */
function badness({ default: missed, status }: Verdict): number {
  return missed !== null || status === "missed" ? 1 : 0;
}

/**
 * Whom the change from one verdict to the next of the same target and window serves, by the target's direction: of two
 * figures the better one serves the provider; where either has none, the status decides.
 */
export function favourOfChange(before: Verdict, after: Verdict): Favour {
  const [old, now] = [distance(before), distance(after)];
  if (old === null || now === null) return favourOf(badness(before) - badness(after));
  return favourOf(old - now);
}

/**
 * Whom a set of changes serves as a whole. Each target has one vote, that of most of its changed windows, so that a target
 * with many windows does not outvote the others; a tie is neutral.
 */
export function favourOfAll(changes: readonly { readonly targetId: string; readonly favour: Favour }[]): Favour {
  const leaning = (favours: readonly Favour[]): number =>
    favours.filter((favour) => favour === "provider").length - favours.filter((favour) => favour === "client").length;
  const byTarget = Map.groupBy(changes, ({ targetId }) => targetId);
  const votes = [...byTarget.values()].map((own) => favourOf(leaning(own.map(({ favour }) => favour))));
  return favourOf(leaning(votes));
}
