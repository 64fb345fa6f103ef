import { z } from "zod";
import { IsoDuration } from "../calendar/iso-duration.ts";

/** How pressing an alert is. `high` is between a warning and a breach: probably lost, or spent too fast. */
export const AlertSeverity = z.enum(["warning", "high", "critical"]);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** Who may be asked to answer, by role in the agreement. */
export const DutyRole = z.enum(["provider", "qa-lead", "client-manager"]);
export type DutyRole = z.infer<typeof DutyRole>;

/** Whom a level of the escalation chain notifies, by role in the agreement. */
const Rung = z.strictObject({ to: DutyRole, within: IsoDuration });
const Chain = z.array(Rung).min(1).max(6);

const Probability = z.number().gt(0).lt(1);

const Baseline = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

/** How often a drift may be told of that is none, what is usual, and what is watched. */
const DriftClauses = z.strictObject({
  /** False alarms a month that both sides put up with, over all watched targets together. */
  toleratePerMonth: z.number().positive().max(100).default(1),
  /** Target or member -> the days that say what is usual. Without one the first weeks are, and they stay until the parties agree on others. */
  baselines: z.record(z.string(), Baseline).default({}),
  watch: z.union([z.literal("all"), z.array(z.string()).min(1)]).default("all"),
});
type DriftClauses = z.infer<typeof DriftClauses>;

/**
 * What the parties agreed about alerts. Everything has a usual value; a version that leaves the section out has them all.
 * Durations are ISO 8601 (`PT15M`, `PT8H`, `P1D`).
 */
export const AlertClauses = z.strictObject({
  /** Who must answer within what time, level by level; unanswered, it goes to the next. */
  escalation: z.strictObject({ warning: Chain.optional(), high: Chain.optional(), critical: Chain.optional() }).default({}),
  /** How long an acknowledgement lasts at most without a sign of life. */
  acknowledgedFor: z
    .strictObject({ warning: IsoDuration.optional(), high: IsoDuration.optional(), critical: IsoDuration.optional() })
    .default({}),
  /** Whether the time to answer warnings and `high` passes in service hours only. What is critical never waits. */
  hours: z.enum(["service", "always"]).default("service"),
  /** How long a breach must hold before it is told, and how long its end must hold before it is over. */
  hold: IsoDuration.optional(),
  keepFiring: IsoDuration.optional(),
  /** A breach that comes again within this time after its end is the same episode. */
  reopenWithin: IsoDuration.optional(),
  /** Probability of missing the window at which a warning, a high and a critical alert come. */
  missProbability: z.strictObject({ warning: Probability, high: Probability, critical: Probability }).optional(),
  /** A share of the window's budget of misses spent within a share of its volume; `burn` is their quotient. */
  spend: z
    .array(z.strictObject({ volume: Probability, budget: z.number().positive().max(10), severity: AlertSeverity }))
    .max(6)
    .optional(),
  /** How figures are watched for drift before a window is missed. */
  drift: DriftClauses.optional(),
});
export type AlertClauses = z.infer<typeof AlertClauses>;

const USUAL_DRIFT: DriftClauses = { toleratePerMonth: 1, baselines: {}, watch: "all" };

/** What was agreed about drift, or the usual: one false alarm a month, everything watched, the first weeks as the baseline. */
export function driftClausesOf(alerts: AlertClauses | undefined): DriftClauses {
  return alerts?.drift ?? USUAL_DRIFT;
}

/** Whether a target, or one member of it, is watched: a list that names the target means all its members. */
export function isWatched(alerts: AlertClauses | undefined, { id, base }: { readonly id: string; readonly base: string }): boolean {
  const { watch } = driftClausesOf(alerts);
  return watch === "all" || watch.includes(id) || watch.includes(base);
}
