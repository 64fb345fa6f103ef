import { z } from "zod";
import { VerdictWindow } from "../agreement/verdict.ts";

/** Where an open window will end, in events, probability and money. Everything is per target and window. */
export const Outlook = z.strictObject({
  targetId: z.string(),
  version: z.int(),
  window: VerdictWindow,
  asOfMs: z.int().nullable(),
  /** Contacts (answers, evaluations) counted so far, and how many of them count for the agreed side (for "at most 5 % abandoned": those not abandoned). */
  n: z.int(),
  good: z.int(),
  /** Contacts still expected in the rest of the window, with the 10 % and 90 % points of that forecast. `null` without a forecast. */
  remaining: z.strictObject({ expected: z.int(), low: z.int(), high: z.int() }).nullable(),
  /** `locked`: both parties' forecast; `profile`: mean of the same weekdays before; `none`: too little history. */
  forecast: z.enum(["locked", "profile", "none"]),
  /** How many may go wrong in the whole window, and how many did. `null` for means (handle time, scores). */
  budget: z.strictObject({ events: z.int(), spent: z.int() }).nullable(),
  /** Share of the budget spent / share of the volume seen: above 1 the budget runs out early. Never above 1 / (1 - T). */
  pace: z.number().nullable(),
  /** What the rest must reach, 0..1 for shares, in the unit of the figure for means; above 1 the window is lost. */
  neededRate: z.number().nullable(),
  /** Further misses in a row that are affordable right now: floor((good - T n) / T). */
  headroom: z.int().nullable(),
  /** `lost`: arithmetic says so. `out-of-reach`: more than the best ever held over that volume. */
  reach: z.enum(["open", "out-of-reach", "lost", "safe"]),
  bestRate: z.number().nullable(),
  /** Where the figure is expected to end, 0..1 for shares, else in the unit of the figure. */
  projected: z.number().nullable(),
  /** Probability that the window is missed; `null` with too little to say. */
  pMiss: z.number().min(0).max(1).nullable(),
  /** Intraclass correlation of the days: how much more they differ than chance would have it. */
  rho: z.number().min(0).max(1),
  /** Days with data behind the estimate. */
  daysKnown: z.int(),
  /** Credit of a default of this target in this window, and that times P(miss), in minor units of the currency. */
  credit: z.strictObject({ currency: z.string(), atStake: z.int(), expected: z.int() }).nullable(),
});
export type Outlook = z.infer<typeof Outlook>;
