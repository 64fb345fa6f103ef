import { z } from "zod";
import type { FinishedCall } from "../centre/call.ts";

/** What the provider itself has counted for one queue on one local day, by the end of each call. */
export const DayCount = z.strictObject({ day: z.string(), answered: z.int(), abandoned: z.int(), within: z.int() });
export type DayCount = z.infer<typeof DayCount>;

export function emptyDay(day: string): DayCount {
  return { day, answered: 0, abandoned: 0, within: 0 };
}

/** Adds a call that is over; one that never reached the queue counts nowhere. */
export function countCall(count: DayCount, call: FinishedCall, withinS: number): DayCount {
  if (call.outcome === "abandoned") return { ...count, abandoned: count.abandoned + 1 };
  if (call.outcome !== "answered") return count;
  return { ...count, answered: count.answered + 1, within: count.within + (call.waitS <= withinS ? 1 : 0) };
}

export function sampleOf(count: DayCount): number {
  return count.answered + count.abandoned;
}

/**
 * How many more calls in a row may go wrong before within / (answered + abandoned) falls below `agreed`.
 * Negative: how many too many already did. Example: 84 of 100 at 0.8 is 5.
 */
export function headroom(count: DayCount, agreed: number): number {
  return Math.floor(count.within / agreed - sampleOf(count) + 1e-9);
}
