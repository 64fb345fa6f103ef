import { z } from "zod";

/** The id of a target, or of one member of a target with `each` (`service-level@Sales`). */
const TargetRef = z.string().min(1).max(130);
const Percent = z.string().regex(/^\d{1,3}(?:\.\d{1,6})?\s?%$/u, { error: 'must be a percentage with its sign, such as "12.5 %"' });
/** An amount in the agreement's currency with two decimals at most, without grouping. */
export const Amount = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/u, { error: 'must be a plain amount such as "120000" or "99.50"' });
const Factor = z.string().regex(/^\d{1,3}(?:\.\d{1,4})?$/u, { error: 'must be a plain factor such as "1.5"' });
/** ISO 8601 duration of days or hours. */
export const Term = z.string().regex(/^P(?:\d{1,4}D|T\d{1,4}H)$/u, { error: 'must be days or hours such as "P15D" or "PT48H"' });

/** How often money is settled; the windows of that kind decide. */
export const SettlementPeriod = z.enum(["week", "month", "quarter"]);
export type SettlementPeriod = z.infer<typeof SettlementPeriod>;

export const Fees = z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/u), amount: Amount, per: SettlementPeriod });
export type Fees = z.infer<typeof Fees>;

/** Credit of a target = pool of its category x its allocation x the amount at risk (Texas DIR Exhibit 3). Both add to 100 % at most. */
const AllocationScheme = z.strictObject({
  kind: z.literal("allocation"),
  categories: z.array(z.strictObject({ id: z.string().min(1).max(40), pool: Percent, targets: z.record(TargetRef, Percent) })).min(1),
});

/**
 * Points per default. `table` reads the credit off the sum (TELUS: 5 points 0 %, 10 -> 2 %, ... 30 -> 10 % of the fees);
 * `ratchet` prices points above a free number in bands (PFI: 20 free, x1.0 to 100, x1.2 to 200, then x1.5).
 */
const PointsScheme = z.strictObject({
  kind: z.literal("points"),
  points: z.record(TargetRef, z.strictObject({ expected: z.int().min(0).max(1000), minimum: z.int().min(0).max(1000).optional() })),
  price: z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("table"), rows: z.array(z.strictObject({ from: z.int().min(0), credit: Percent })).min(1) }),
    z.strictObject({
      by: z.literal("ratchet"),
      free: z.int().min(0),
      perPoint: Amount,
      /** In order; the last has no `to`. A band prices the points above the one before. */
      bands: z.array(z.strictObject({ to: z.int().min(1).optional(), factor: Factor })).min(1),
    }),
  ]),
});

/** Credit as a share of the fees by how far the figure is from what was agreed: the worst band whose `beyond` is passed counts. */
const BandsScheme = z.strictObject({
  kind: z.literal("bands"),
  targets: z.record(TargetRef, z.array(z.strictObject({ beyond: z.string().min(1).max(20), credit: Percent })).min(1)),
});

const Peak = z.strictObject({ from: z.iso.date(), to: z.iso.date(), factor: Factor.optional(), earnBack: z.boolean().default(false) });

export const Credits = z.strictObject({
  period: SettlementPeriod,
  /** Of the fees of a period: no period's credits ever exceed it. */
  atRisk: Percent,
  scheme: z.discriminatedUnion("kind", [AllocationScheme, PointsScheme, BandsScheme]),
  /** No single target takes more than this share of the amount at risk. */
  perTargetMost: Percent.optional(),
  /** The credit of a default below the minimum level, as a multiple of that of a default below the expected one. */
  minimumFactor: Factor.optional(),
  /** The credit of a target that defaulted in the period before too. */
  repeatFactor: Factor.optional(),
  peaks: z.array(Peak).default([]),
  /** Share of a calendar year's fees that all its credits together may reach. */
  yearMost: Percent.optional(),
});
export type Credits = z.infer<typeof Credits>;

export const Bonus = z.strictObject({
  /** Share of the fees, by target, where the figure reaches the target's `stretch` level. */
  targets: z.record(TargetRef, Percent),
  most: Percent,
});

/** A credit is earned back when the target recovers; peak periods without earn-back and defaults below the minimum never are. */
export const EarnBack = z.strictObject({
  rule: z.discriminatedUnion("by", [
    /** The figure over this many later periods together, sums first, is on the agreed side. */
    z.strictObject({ by: z.literal("average"), periods: z.int().min(1).max(12) }),
    /** So many periods in a row right after it without a default. */
    z.strictObject({ by: z.literal("consecutive"), periods: z.int().min(1).max(12) }),
  ]),
  excludeMinimumDefaults: z.boolean().default(true),
});

/** How an expected level rises from what was achieved. Proposed to both sides, never applied by itself. */
export const Improvement = z.strictObject({
  targets: z.array(TargetRef).min(1),
  /**
   * `halfway`: above the level in each of 12 months -> halfway between the level and the 12-month average (Sears-CSC).
   * `average-of-best`: mean of the best `best` months of the last 12.
   */
  formula: z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("halfway") }),
    z.strictObject({ by: z.literal("average-of-best"), best: z.int().min(1).max(12) }),
  ]),
  /** The step is at most this share of what is left to 100 % (Gap-IBM). */
  mostOfGap: Percent.optional(),
});

export const Termination = z.discriminatedUnion("when", [
  /** The same target missed `times` times within `within` periods. */
  z.strictObject({
    id: z.string().min(1).max(40),
    when: z.literal("same-target"),
    times: z.int().min(1),
    within: z.int().min(1),
    notice: Term,
  }),
  /** Credits reached the amount at risk in `times` of `within` periods. */
  z.strictObject({
    id: z.string().min(1).max(40),
    when: z.literal("cap-reached"),
    times: z.int().min(1),
    within: z.int().min(1),
    notice: Term,
  }),
  /** Below the minimum level `times` periods in a row. */
  z.strictObject({ id: z.string().min(1).max(40), when: z.literal("below-minimum"), times: z.int().min(1), notice: Term }),
  /** The figure over `within` periods together is beyond a level. */
  z.strictObject({
    id: z.string().min(1).max(40),
    when: z.literal("rolling"),
    target: TargetRef,
    within: z.int().min(2),
    beyond: z.string().max(20),
    notice: Term,
  }),
]);
export type Termination = z.infer<typeof Termination>;

/** Who may ask that time be left out, within what time, and what an unanswered claim becomes. */
export const ExclusionRules = z.strictObject({
  kinds: z.array(z.enum(["client-outage", "third-party", "force-majeure", "volume", "agreed-change", "bad-client-feed"])).min(1),
  /** Counted from the end of what is claimed. A later notice lapses. */
  noticeWithin: Term,
  decideWithin: Term,
  undecided: z.enum(["lapsed", "accepted"]),
});
export type ExclusionRules = z.infer<typeof ExclusionRules>;
export const EXCLUSION_KINDS = ExclusionRules.shape.kinds.element.options;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

/** The clocks that let a right lapse, each counted from the end of the period. */
export const Deadlines = z.strictObject({
  reportWithin: Term.optional(),
  claimCreditWithin: Term.optional(),
  disputeWithin: Term.optional(),
});
