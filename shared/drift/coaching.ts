import { z } from "zod";
import { MEASURE_UNITS } from "../metrics/measure.ts";
import { PartyActor } from "../settlement/party.ts";

export const COACHING_KINDS = ["side-by-side", "script", "knowledge", "calibration", "other"] as const;

const Name = z.string().min(1).max(120);

/** Whom an action reached: everybody to whom all that is said applies. */
export const Cohort = z
  .strictObject({
    queues: z.array(Name).min(1).max(50).exactOptional(),
    /** Agents who began after this day. */
    joinedAfter: z.iso.date().exactOptional(),
    /** Pseudonyms. */
    agents: z.array(Name).min(1).max(500).exactOptional(),
  })
  .refine(({ queues, joinedAfter, agents }) => queues !== undefined || joinedAfter !== undefined || agents !== undefined, {
    error: "must name queues, agents, or the day after which agents joined",
  });
export type Cohort = z.infer<typeof Cohort>;

/** What somebody writes down of an action. */
export const CoachingNote = z.strictObject({
  targetId: z.string().max(130),
  kind: z.enum(COACHING_KINDS),
  cohort: Cohort,
  /** The first day on which it may show. */
  startDay: z.iso.date(),
  /** Days before and after the start that are compared. */
  days: z.int().min(7).max(90),
  words: z.string().min(1).max(1000),
});

/** An action as it was noted; it stays as it is. */
export const CoachingAction = z.strictObject({ id: z.string(), ...CoachingNote.shape, by: PartyActor, notedAtMs: z.int() });
export type CoachingAction = z.infer<typeof CoachingAction>;

/** The figure of one group before and after the start, in the unit of the metric. */
const GroupFigure = z.strictObject({ before: z.number(), after: z.number(), sample: z.number() });

/** What became of an action. */
export const CoachingEffect = z.discriminatedUnion("state", [
  /** Too few days, agents or cases to tell, or none that can be compared. */
  z.strictObject({ state: z.literal("unknown"), why: z.string() }),
  z.strictObject({
    state: z.literal("measured"),
    /** Change of the cohort less the change of the others, in the unit of the metric, with 90 % limits. */
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    cohort: GroupFigure,
    others: GroupFigure,
    /** What is independent of each other: agents who are known on both sides of the start, or days. */
    clusters: z.strictObject({ by: z.enum(["agent", "day"]), cohort: z.int(), others: z.int() }),
    unit: z.enum(MEASURE_UNITS),
    worse: z.enum(["down", "up", "both"]),
    /** The last day that counts. */
    to: z.iso.date(),
  }),
]);
export type CoachingEffect = z.infer<typeof CoachingEffect>;

/** An action with what it has come to; `null` until somebody has looked. */
export const CoachingView = z.strictObject({ action: CoachingAction, effect: CoachingEffect.nullable() });
export type CoachingView = z.infer<typeof CoachingView>;
