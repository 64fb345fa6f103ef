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

/** What a target measures, with every choice that changes the number written out. */
export const Measure = z.discriminatedUnion("metric", [
  z.strictObject({
    metric: z.literal("service-level"),
    variant: z.enum(SERVICE_LEVEL_VARIANTS),
    withinSeconds: Seconds,
    shortAbandonSeconds: Seconds.optional(),
  }),
  z.strictObject({
    metric: z.literal("abandonment"),
    denominator: z.enum(["offered", "answered-and-abandoned"]),
    shortAbandonSeconds: Seconds.optional(),
  }),
  z.strictObject({ metric: z.literal("answer-rate"), denominator: z.enum(["offered", "answered-and-abandoned"]) }),
  z.strictObject({ metric: z.literal("aht") }),
  z.strictObject({ metric: z.literal("asa") }),
  z.strictObject({ metric: z.literal("csat"), method: z.enum(["top-2-box", "mean"]) }),
]);
export type Measure = z.infer<typeof Measure>;

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
  readonly denominator: readonly Term[];
  /** Sample metrics carry sampling error against the agreed figure; census metrics do not (domain rule R4). */
  readonly sampled: boolean;
  /** The formula in words, as a person reads it on the screen. */
  readonly says: string;
}
