import { z } from "zod";

const Seconds = z.int();
const Length = z.int().min(0);

/** A caller in the queue. All times are whole seconds: `...S` at the end is an instant since 1970 or a length. */
export const WaitingCall = z.strictObject({
  number: z.int(),
  /** Seconds spent in the voice menu before the queue. */
  menuS: Length,
  queuedS: Seconds,
  /** When this caller's patience ends. */
  leavesS: Seconds,
});
export type WaitingCall = z.infer<typeof WaitingCall>;

/** A caller with an agent. The agent is free again at `endsS`, after hold and after-call work. */
export const ServedCall = z.strictObject({
  number: z.int(),
  menuS: Length,
  queuedS: Seconds,
  waitS: Length,
  agent: z.int().min(0),
  talkS: Length,
  holdS: Length,
  acwS: Length,
  endsS: Seconds,
});
export type ServedCall = z.infer<typeof ServedCall>;

/** A call that is over. `left-in-menu` never reached the queue; `line-test` is a technical call of the switch itself. */
export const FinishedCall = z.strictObject({
  queue: z.string(),
  number: z.int(),
  outcome: z.enum(["answered", "abandoned", "left-in-menu", "line-test"]),
  menuS: Length,
  queuedS: Seconds,
  waitS: Length,
  agent: z.int().min(0).nullable(),
  talkS: Length,
  holdS: Length,
  acwS: Length,
  endedS: Seconds,
  /** The caller's answer, 1 to 5, to the survey after the call. */
  score: z.int().min(1).max(5).nullable(),
});
export type FinishedCall = z.infer<typeof FinishedCall>;
