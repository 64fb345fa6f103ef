import { z } from "zod";
import type { SendOutcome } from "./delivery.ts";

/** So many attempts in vain in a row, over at least so long, switch a channel off: nobody is behind it. */
const REFUSALS = 6;
const REFUSED_FOR_MS = 86_400_000;

/** How it has gone at one channel lately. */
export const ChannelHealth = z.strictObject({
  /** Attempts in vain since the last that was taken: refused ones and, counted apart as well, those without an answer. */
  refusedInRow: z.int().min(0),
  unansweredInRow: z.int().min(0).default(0),
  refusedSinceMs: z.int().nullable(),
  lastSentAtMs: z.int().nullable(),
  /** Set when Accord has switched it off by itself. */
  disabled: z.strictObject({ atMs: z.int(), why: z.string() }).nullable(),
});
export type ChannelHealth = z.infer<typeof ChannelHealth>;

export const UNTRIED: ChannelHealth = { refusedInRow: 0, unansweredInRow: 0, refusedSinceMs: null, lastSentAtMs: null, disabled: null };

/** What the attempts in vain have in common, of which there must be one at least. */
export function inVain({ refusedInRow, unansweredInRow }: ChannelHealth): "refused" | "not answered" | "refused or not answered" {
  if (unansweredInRow === 0) return "refused";
  return unansweredInRow === refusedInRow ? "not answered" : "refused or not answered";
}

/** What one more attempt makes of it. One of which nobody knows how it ended says nothing, unless it is the other side that was silent. */
export function healthAfter(health: ChannelHealth, outcome: SendOutcome, nowMs: number): ChannelHealth {
  if (outcome.kind === "sent") return { ...health, refusedInRow: 0, unansweredInRow: 0, refusedSinceMs: null, lastSentAtMs: nowMs };
  const isUnanswered = outcome.kind === "unknown";
  if (isUnanswered && outcome.unanswered !== true) return health;
  const refusedSinceMs = health.refusedSinceMs ?? nowMs;
  const refusedInRow = health.refusedInRow + 1;
  const next = { ...health, refusedInRow, refusedSinceMs, unansweredInRow: health.unansweredInRow + (isUnanswered ? 1 : 0) };
  if (outcome.kind === "refused" && outcome.gone === true)
    return { ...next, disabled: { atMs: nowMs, why: "It answered that it is gone for good (410)" } };
  if (refusedInRow < REFUSALS || nowMs - refusedSinceMs < REFUSED_FOR_MS) return next;
  const why = `It has ${inVain(next)} ${refusedInRow} times in a row for a day or more, last: ${outcome.detail}`;
  return { ...next, disabled: { atMs: nowMs, why } };
}
