import { z } from "zod";
import { ServedCall, WaitingCall } from "./call.ts";
import { seedOf } from "./random.ts";

/** Everything one queue is at one instant, random numbers included. Plain data, so that it can be stored and continued. */
export const QueueState = z.strictObject({
  random: z.int().min(0),
  nextNumber: z.int().min(1),
  agents: z.int().min(0),
  /** In order of arrival. */
  waiting: z.array(WaitingCall),
  serving: z.array(ServedCall),
  /** Calls that ever reached the queue. */
  offered: z.int().min(0),
});
export type QueueState = z.infer<typeof QueueState>;

export function emptyQueue(seed: string): QueueState {
  return { random: seedOf(seed), nextNumber: 1, agents: 0, waiting: [], serving: [], offered: 0 };
}
