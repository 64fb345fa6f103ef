import { z } from "zod";
import { FinishedCall } from "./centre/call.ts";
import { emptyQueue, QueueState } from "./centre/queue-state.ts";
import { DESK_MODEL, LISBON_LINE, MANILA, MANILA_LINES } from "./demo.ts";
import { SplitInterval } from "./exports/split-interval.ts";
import { SurveyInterval } from "./exports/survey-export.ts";
import { QualityCourse } from "./quality/quality-course.ts";
import { beginScript, Script } from "./script/script.ts";
import { DayCount, emptyDay } from "./script/day-count.ts";

/** Both call centres at one instant, and what they have not handed in yet. Plain data: it is what a second start continues from. */
export const Simulation = z.strictObject({
  seed: z.string(),
  atS: z.int(),
  /** How often something was handed in. */
  turn: z.int().min(0),
  /** Whether people watch: then time runs second by second and the script plays. */
  live: z.boolean(),
  queues: z.record(z.string(), QueueState),
  /** Intervals of the first provider that changed since they were last sent, or are not over. */
  intervals: z.array(SplitInterval),
  /** Call records of the second provider that were not sent. */
  calls: z.array(FinishedCall),
  callsSentS: z.int(),
  surveys: z.array(SurveyInterval),
  surveysSentS: z.int(),
  surveysChanged: z.boolean(),
  deskDay: DayCount,
  /** `null` before the first step; an earlier release wrote nothing of it. */
  quality: QualityCourse.nullable().default(null),
  script: Script,
});
export type Simulation = z.infer<typeof Simulation>;

/** Empty call centres at the beginning of their history. */
export function beginSimulation(seed: string, atS: number): Simulation {
  const models = [...MANILA_LINES.map((line) => line.model), DESK_MODEL, LISBON_LINE.model];
  return {
    seed,
    atS,
    turn: 0,
    live: false,
    queues: Object.fromEntries(models.map(({ id }) => [id, emptyQueue(`${seed}/${id}`)])),
    intervals: [],
    calls: [],
    callsSentS: atS,
    surveys: [],
    surveysSentS: atS,
    surveysChanged: false,
    deskDay: emptyDay(MANILA.zone.localDay(atS * 1000)),
    quality: null,
    script: beginScript(atS),
  };
}
