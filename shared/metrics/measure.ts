import { z } from "zod";
import type { CounterId } from "./counter.ts";

/** The eight ways in which "80/20" is computed; names and sources in `docs/language.md`. */
export const SERVICE_LEVEL_VARIANTS = [
  "positive",
  "answered-only",
  "negative",
  "ignore-within",
  "short-as-met",
  "short-excluded",
  "+flowouts",
  "talkdesk-calls",
] as const;

const Seconds = z.int().min(0).max(86_400);
const Days = z.int().min(1).max(365);
/** The version of the evaluation form; scores of two versions are never added. */
const Form = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,19}$/u, { error: "must be 1 to 20 of a-z, 0-9, . and -, such as 2026-1" });

const Fcr = z.discriminatedUnion("method", [
  z.strictObject({ metric: z.literal("fcr"), method: z.literal("survey") }),
  z.strictObject({ metric: z.literal("fcr"), method: z.literal("no-repeat"), withinDays: Days }),
]);

/** What a target measures, with every choice that changes the number written out. */
export const Measure = z.discriminatedUnion("metric", [
  z.strictObject({
    metric: z.literal("service-level"),
    variant: z.enum(SERVICE_LEVEL_VARIANTS),
    withinSeconds: Seconds,
    shortAbandonSeconds: Seconds.optional(),
  }),
  z.strictObject({ metric: z.literal("asa") }),
  z.strictObject({ metric: z.literal("longest-wait") }),
  z.strictObject({ metric: z.literal("tail-share"), overSeconds: Seconds }),
  z.strictObject({
    metric: z.literal("abandonment"),
    denominator: z.enum(["offered", "queued", "answered-and-abandoned"]),
    shortAbandonSeconds: Seconds.optional(),
  }),
  z.strictObject({ metric: z.literal("answer-rate"), denominator: z.enum(["offered", "answered-and-abandoned"]) }),
  z.strictObject({ metric: z.literal("blocked-calls") }),
  z.strictObject({ metric: z.literal("aht") }),
  z.strictObject({ metric: z.literal("talk-time") }),
  z.strictObject({ metric: z.literal("hold-time") }),
  z.strictObject({ metric: z.literal("after-call-work") }),
  z.strictObject({ metric: z.literal("occupancy") }),
  z.strictObject({ metric: z.literal("adherence") }),
  z.strictObject({ metric: z.literal("conformance") }),
  z.strictObject({ metric: z.literal("shrinkage") }),
  z.strictObject({ metric: z.literal("schedule-coverage") }),
  z.strictObject({ metric: z.literal("forecast-accuracy"), method: z.enum(["one-minus-wape", "wape"]) }),
  z.strictObject({ metric: z.literal("transfer-rate"), denominator: z.enum(["handled", "answered"]) }),
  z.strictObject({ metric: z.literal("repeat-contact"), withinDays: Days }),
  Fcr,
  z.strictObject({ metric: z.literal("csat"), method: z.enum(["top-2-box", "mean"]) }),
  z.strictObject({ metric: z.literal("nps") }),
  z.strictObject({ metric: z.literal("response-rate") }),
  z.strictObject({ metric: z.literal("qa-score"), form: Form }),
  z.strictObject({
    metric: z.literal("accuracy"),
    errors: z.enum(["customer-critical", "business-critical", "compliance-critical", "non-critical"]),
  }),
  z.strictObject({ metric: z.literal("calibration") }),
  z.strictObject({ metric: z.literal("attrition"), per: z.enum(["month", "year-times-12", "year-compounded"]) }),
  z.strictObject({ metric: z.literal("early-survival"), days: Days }),
  z.strictObject({ metric: z.literal("tenure-mix"), underDays: Days }),
  z.strictObject({ metric: z.literal("backlog"), method: z.enum(["last", "mean"]) }),
  z.strictObject({ metric: z.literal("backlog-age"), method: z.enum(["mean", "oldest"]) }),
]);
export type Measure = z.infer<typeof Measure>;
export type MetricId = Measure["metric"];
/** The measures of some metrics. */
export type MeasureOf<Metric extends MetricId> = Extract<Measure, { metric: Metric }>;

/**
 * `ratio` is a share, shown in percent; `duration` is milliseconds; `score` is points on a scale of 1 to 5; `points` run
 * from -100 to 100; `count` is a number of things.
 */
export const MEASURE_UNITS = ["ratio", "duration", "score", "points", "count"] as const;
export type MeasureUnit = (typeof MEASURE_UNITS)[number];

export interface Term {
  readonly counter: CounterId;
  readonly weight: number;
}

/** A metric as a quotient of weighted counter sums. Nothing else is ever divided. */
export interface Formula {
  readonly unit: MeasureUnit;
  readonly numerator: readonly Term[];
  /** Without a term nothing is divided: the figure is the numerator. */
  readonly denominator: readonly Term[];
  /** What the figure rests on, where the denominator does not count that: evaluations, while points are divided. */
  readonly sample?: readonly Term[];
  /** `compound-12`: the share of a month, carried on for a year. Applied to the quotient. */
  readonly transform?: "compound-12";
  /** Sample metrics carry sampling error against the agreed figure; census metrics do not (domain rule R4). */
  readonly sampled: boolean;
  /** The formula in words, as a person reads it on the screen. */
  readonly says: string;
}

/** The formulas of a measure, best first: they say the same, from different counters. */
export type Formulas = readonly [Formula, ...Formula[]];
