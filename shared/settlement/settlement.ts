import { z } from "zod";
import { DecimalValue, Quotient, VerdictStatus } from "../agreement/verdict.ts";

/** An amount in minor units (cents) of the agreement's currency. */
const Minor = z.int();

/**
 * What one target costs or earns in one period. Of an open period `points`, `credit`, `capped` and `ifAllAccepted` are as it stands now, as if
 * it ended with the figures it has: they make up the period's `atStake`, not its `credit`. Nothing is a default, earned back or a bonus yet.
 */
export const SettlementLine = z.strictObject({
  targetId: z.string(),
  name: z.string(),
  status: VerdictStatus,
  value: Quotient.nullable(),
  expected: DecimalValue,
  /** `null` where it is none, and while the period is open. */
  default: z.enum(["expected", "minimum", "not-measured"]).nullable(),
  points: z.int(),
  /** The credit after multipliers and the limit per target, before the caps of the period and the year. */
  credit: Minor,
  /** What the caps took away from it. */
  capped: Minor,
  /** What the target earned back of it later. */
  earnedBack: Minor,
  bonus: Minor,
  /** `credit` if every open claim were accepted; `null` where no open claim touches it. */
  ifAllAccepted: Minor.nullable(),
  /** Why, one readable line per step. */
  trace: z.array(z.string()),
});
export type SettlementLine = z.infer<typeof SettlementLine>;

export const PeriodSettlement = z.strictObject({
  /** First day of the period, or of the part of it that one version governs. */
  start: z.iso.date(),
  fromMs: z.int(),
  toMs: z.int(),
  open: z.boolean(),
  version: z.int(),
  fees: Minor,
  atRisk: Minor,
  lines: z.array(SettlementLine),
  /** Sum of the lines' points; of an open period as it stands now. */
  points: z.int(),
  /** Closed period: sum of the lines' credits after all caps, minus what was earned back: what the client may deduct. Open: 0. */
  credit: Minor,
  /** What the caps took from the lines of a closed period. Open: 0. */
  cappedAway: Minor,
  earnedBack: Minor,
  bonus: Minor,
  /** Open period: sum of the lines' credits after all caps, as it stands now. Closed: 0. */
  atStake: Minor,
  /** Credits are suspended: ramp-up. */
  suspended: z.boolean(),
});
export type PeriodSettlement = z.infer<typeof PeriodSettlement>;

/** How near a right to terminate is. */
export const TerminationProgress = z.strictObject({
  id: z.string(),
  says: z.string(),
  targetId: z.string().nullable(),
  count: z.int(),
  needed: z.int(),
  periods: z.array(z.iso.date()),
  triggered: z.boolean(),
  /** Until when notice must be given, once triggered. */
  noticeUntilMs: z.int().nullable(),
});
export type TerminationProgress = z.infer<typeof TerminationProgress>;

/** A right or a duty that ends at an instant. */
export const Deadline = z.strictObject({
  kind: z.enum(["report", "claim-credit", "dispute", "exclusion-notice", "exclusion-decision", "termination-notice"]),
  /** Who must act. */
  party: z.enum(["client", "provider"]),
  says: z.string(),
  dueAtMs: z.int(),
  lapsed: z.boolean(),
  amount: Minor.nullable(),
});
export type Deadline = z.infer<typeof Deadline>;

/** A rise of an expected level that the improvement clause calls for; both must sign a version to make it so. */
export const LevelProposal = z.strictObject({ targetId: z.string(), from: z.string(), to: z.string(), says: z.string() });
export type LevelProposal = z.infer<typeof LevelProposal>;

/** The whole money side of an agreement, recomputed from its verdicts and claims each time it is asked for. */
export const Settlement = z.strictObject({
  currency: z.string().nullable(),
  periods: z.array(PeriodSettlement),
  years: z.array(z.strictObject({ year: z.int(), credit: Minor, most: Minor.nullable() })),
  terminations: z.array(TerminationProgress),
  deadlines: z.array(Deadline),
  proposals: z.array(LevelProposal),
});
export type Settlement = z.infer<typeof Settlement>;
