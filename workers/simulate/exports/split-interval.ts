import { z } from "zod";
import type { FinishedCall } from "../centre/call.ts";
import type { Slot } from "../centre/run-slot.ts";

export const INTERVAL_S = 900;
/** Admin settings of the switch: the acceptable wait, and the bound of the first service level period. */
export const ACCEPTABLE_S = 20;
export const FIRST_PERIOD_S = 5;

const Count = z.int().min(0);

/**
 * Counters of one split in one interval as the switch keeps them: call-based items are booked in the interval in which
 * the call is over, after-call work included, so in every row offered = answered + abandoned.
 */
export const SplitInterval = z.strictObject({
  split: z.string(),
  startS: z.int(),
  staffedS: Count,
  answered: Count,
  answerWaitS: Count,
  talkS: Count,
  acwS: Count,
  answeredInFirstPeriod: Count,
  holds: Count,
  holdS: Count,
  abandoned: Count,
  abandonWaitS: Count,
  abandonedInFirstPeriod: Count,
  acceptable: Count,
  abandonedAcceptable: Count,
});
export type SplitInterval = z.infer<typeof SplitInterval>;

function emptyInterval(split: string, startS: number): SplitInterval {
  const answered = { answered: 0, answerWaitS: 0, talkS: 0, acwS: 0, answeredInFirstPeriod: 0, holds: 0, holdS: 0, acceptable: 0 };
  return { split, startS, staffedS: 0, ...answered, abandoned: 0, abandonWaitS: 0, abandonedInFirstPeriod: 0, abandonedAcceptable: 0 };
}

function addAnswered(interval: SplitInterval, call: FinishedCall): void {
  interval.answered++;
  interval.answerWaitS += call.waitS;
  interval.talkS += call.talkS;
  interval.acwS += call.acwS;
  interval.holds += call.holdS > 0 ? 1 : 0;
  interval.holdS += call.holdS;
  interval.answeredInFirstPeriod += call.waitS <= FIRST_PERIOD_S ? 1 : 0;
  interval.acceptable += call.waitS <= ACCEPTABLE_S ? 1 : 0;
}

function addAbandoned(interval: SplitInterval, call: FinishedCall): void {
  interval.abandoned++;
  interval.abandonWaitS += call.waitS;
  interval.abandonedInFirstPeriod += call.waitS <= FIRST_PERIOD_S ? 1 : 0;
  interval.abandonedAcceptable += call.waitS <= ACCEPTABLE_S ? 1 : 0;
}

/** Books one slot of one split. Slots lie inside one interval. An interval without any call still has its staffed time. */
export function bookSlot(
  intervals: readonly SplitInterval[],
  split: string,
  slot: Slot,
  agents: number,
  finished: readonly FinishedCall[],
): SplitInterval[] {
  const startS = Math.floor(slot.fromS / INTERVAL_S) * INTERVAL_S;
  const found = intervals.find((interval) => interval.split === split && interval.startS === startS);
  const booked = { ...(found ?? emptyInterval(split, startS)) };
  booked.staffedS += agents * (slot.toS - slot.fromS);
  for (const call of finished) {
    if (call.outcome === "answered") addAnswered(booked, call);
    else if (call.outcome === "abandoned") addAbandoned(booked, call);
  }
  return [...intervals.filter((interval) => interval !== found), booked];
}
