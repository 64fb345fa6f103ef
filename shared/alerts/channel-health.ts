import { z } from "zod";
import type { SendOutcome } from "./delivery.ts";

/** So many refusals in a row, over at least so long, switch a channel off: nobody is behind it. */
const REFUSALS = 6;
const REFUSED_FOR_MS = 86_400_000;

/** How it has gone at one channel lately. */
export const ChannelHealth = z.strictObject({
  refusedInRow: z.int().min(0),
  refusedSinceMs: z.int().nullable(),
  lastSentAtMs: z.int().nullable(),
  /** Set when Accord has switched it off by itself. */
  disabled: z.strictObject({ atMs: z.int(), why: z.string() }).nullable(),
});
export type ChannelHealth = z.infer<typeof ChannelHealth>;

export const UNTRIED: ChannelHealth = { refusedInRow: 0, refusedSinceMs: null, lastSentAtMs: null, disabled: null };

/** What one more attempt makes of it. An attempt of which nobody knows how it ended says nothing. */
export function healthAfter(health: ChannelHealth, outcome: SendOutcome, nowMs: number): ChannelHealth {
  if (outcome.kind === "unknown") return health;
  if (outcome.kind === "sent") return { ...health, refusedInRow: 0, refusedSinceMs: null, lastSentAtMs: nowMs };
  const refusedSinceMs = health.refusedSinceMs ?? nowMs;
  const refusedInRow = health.refusedInRow + 1;
  const next = { ...health, refusedInRow, refusedSinceMs };
  if (outcome.gone === true) return { ...next, disabled: { atMs: nowMs, why: "It answered that it is gone for good (410)" } };
  if (refusedInRow < REFUSALS || nowMs - refusedSinceMs < REFUSED_FOR_MS) return next;
  const why = `It has refused ${refusedInRow} times in a row for a day or more, last: ${outcome.detail}`;
  return { ...next, disabled: { atMs: nowMs, why } };
}
