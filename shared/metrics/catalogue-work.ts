import { CENSUS, type MetricFamily, SUMS } from "./metric.ts";
import type { WorkMeasure } from "./work-formulas.ts";

const TIMES = "None: all time is counted.";

/** What the agents' time went into, and how well it was planned. */
export const WORK_METRICS: MetricFamily<WorkMeasure["metric"]> = {
  aht: {
    id: "aht",
    name: "Average handle time",
    definition: "(Talk + hold + after-call work) ÷ answered calls.",
    explanation:
      "How long a call occupies an agent. It decides what a call costs. Too long is slow; too short is often bought with calls that come back, so a band is fairer than a ceiling. Time in a status of the provider's own is not in it.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      { name: "talk, hold and after-call work", measure: { metric: "aht" }, source: "COPC-2000 4.1; Amazon Connect, average handle time" },
    ],
  },
  "talk-time": {
    id: "talk-time",
    name: "Average talk time",
    definition: "Talk time ÷ answered calls.",
    explanation: "The part of handle time in which agent and caller speak.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [{ name: "per answered call", measure: { metric: "talk-time" }, source: "a part of handle time, Amazon Connect" }],
  },
  "hold-time": {
    id: "hold-time",
    name: "Average hold time",
    definition: "Time on hold ÷ answered calls.",
    explanation:
      "The part of handle time in which the caller waits while the agent looks something up. It grows where agents do not know the product.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [{ name: "per answered call", measure: { metric: "hold-time" }, source: "a part of handle time, Amazon Connect" }],
  },
  "after-call-work": {
    id: "after-call-work",
    name: "Average after-call work",
    definition: "After-call work ÷ answered calls.",
    explanation: "The part of handle time after the caller is gone. If it falls while other statuses grow, it was only moved there.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [{ name: "per answered call", measure: { metric: "after-call-work" }, source: "COPC-2000 4.1: a component of handle time" }],
  },
  occupancy: {
    id: "occupancy",
    name: "Occupancy",
    definition: "Agents' time on contacts ÷ (time on contacts + time waiting for contacts).",
    explanation:
      "How much of their ready time agents are busy. Low means too many agents; above 88 to 90 % for weeks wears people out and drives them away.",
    direction: "within",
    merge: SUMS,
    minimumSample: TIMES,
    variants: [
      {
        name: "without concurrency",
        measure: { metric: "occupancy" },
        source: "Amazon Connect: one chat of several is fully occupied; ringing is idle",
      },
    ],
  },
  adherence: {
    id: "adherence",
    name: "Schedule adherence",
    definition: "Time spent doing what the schedule says at that moment ÷ scheduled time.",
    explanation: "Whether agents are where they should be when they should be. Schedules that are edited afterwards lift it.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: TIMES,
    variants: [
      {
        name: "of scheduled time",
        measure: { metric: "adherence" },
        source: "Amazon Connect, schedule adherence; Genesys, 1 − exceptions ÷ scheduled",
      },
    ],
  },
  conformance: {
    id: "conformance",
    name: "Schedule conformance",
    definition: "Time worked ÷ scheduled time, whenever it was worked.",
    explanation:
      "Whether the hours were worked at all. Eight hours at the wrong time conform fully and adhere not at all. It can exceed 100 %.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: TIMES,
    variants: [{ name: "of scheduled time", measure: { metric: "conformance" }, source: "usual in workforce planning" }],
  },
  shrinkage: {
    id: "shrinkage",
    name: "Shrinkage",
    definition: "(Paid time − time available for contacts) ÷ paid time.",
    explanation:
      "How much paid time goes into leave, illness, training, meetings and breaks. Planned with, it is harmless; forgotten, every queue is short.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: TIMES,
    variants: [
      { name: "of paid time", measure: { metric: "shrinkage" }, source: "planned and unplanned together, usual in workforce planning" },
    ],
  },
  "schedule-coverage": {
    id: "schedule-coverage",
    name: "Schedule coverage",
    definition: "Of every interval the smaller of staffed and required time, added up ÷ required time.",
    explanation:
      "How much of the required staff was there when it was required. Too many at noon do not make up for too few at nine, as they would in a net figure.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: TIMES,
    variants: [
      {
        name: "interval by interval",
        measure: { metric: "schedule-coverage" },
        source: "this catalogue: net coverage hides what cancels out",
      },
    ],
  },
  "forecast-accuracy": {
    id: "forecast-accuracy",
    name: "Forecast accuracy",
    definition: "1 − sum of |offered − locked forecast| over the intervals ÷ offered. The error alone is WAPE.",
    explanation:
      "How well the volume was foreseen. Measured against the forecast as it was locked, and against all calls offered, answered or not. Errors of intervals do not cancel out.",
    direction: "at-least",
    merge: "Absolute errors of intervals and calls are added, then divided. A file of longer intervals gives a smaller error.",
    minimumSample: "None; but in intervals of under five calls chance alone makes a large error.",
    variants: [
      {
        name: "1 − WAPE",
        measure: { metric: "forecast-accuracy", method: "one-minus-wape" },
        source: "what WAPE leaves of 1; some divide by the forecast instead (Acquire)",
      },
      {
        name: "WAPE",
        measure: { metric: "forecast-accuracy", method: "wape" },
        source: "weighted absolute percentage error, usual in workforce planning",
        direction: "at-most",
      },
    ],
  },
};
