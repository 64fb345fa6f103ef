import type { Formula, Formulas, MeasureOf } from "./measure.ts";
import { duration, minus, ratio } from "./terms.ts";

/** Handle time has two formulas that say the same: its own sum, or the sum of its parts where a feed gives those. */
const AHT: Formulas = [
  duration("handle-ms", "answered", "handle time ÷ answered"),
  duration(["talk-ms", "hold-ms", "acw-ms"], "answered", "(talk + hold + after-call work) ÷ answered"),
];
const TALK_TIME = duration("talk-ms", "answered", "talk time ÷ answered");
const HOLD_TIME = duration("hold-ms", "answered", "hold time ÷ answered");
const AFTER_CALL_WORK = duration("acw-ms", "answered", "after-call work ÷ answered");

const OCCUPANCY = ratio("on-contact-ms", ["on-contact-ms", "idle-ms"], "time on contacts ÷ (time on contacts + idle time)");
const ADHERENCE = ratio("adherent-ms", "scheduled-ms", "time spent as scheduled ÷ scheduled time");
const CONFORMANCE = ratio("worked-ms", "scheduled-ms", "time worked ÷ scheduled time");
const SHRINKAGE = ratio(["paid-ms", minus("available-ms")], "paid-ms", "(paid time − time available for contacts) ÷ paid time");
const SCHEDULE_COVERAGE = ratio("covered-ms", "required-ms", "required time that was staffed ÷ required time");

/** WAPE, the sum of absolute errors over the sum of actuals, against the locked forecast (domain reference 2.3). */
function forecastAccuracy({ method }: MeasureOf<"forecast-accuracy">): Formula {
  if (method === "wape") return ratio("forecast-error", "offered", "sum of absolute forecast errors ÷ offered");
  return ratio(["offered", minus("forecast-error")], "offered", "(offered − sum of absolute forecast errors) ÷ offered");
}

export type WorkMeasure = MeasureOf<
  | "aht"
  | "talk-time"
  | "hold-time"
  | "after-call-work"
  | "occupancy"
  | "adherence"
  | "conformance"
  | "shrinkage"
  | "schedule-coverage"
  | "forecast-accuracy"
>;

/** What the agents' time went into, and how well it was planned. */
export function workFormulas(measure: WorkMeasure): Formulas {
  switch (measure.metric) {
    case "aht":
      return AHT;
    case "talk-time":
      return [TALK_TIME];
    case "hold-time":
      return [HOLD_TIME];
    case "after-call-work":
      return [AFTER_CALL_WORK];
    case "occupancy":
      return [OCCUPANCY];
    case "adherence":
      return [ADHERENCE];
    case "conformance":
      return [CONFORMANCE];
    case "shrinkage":
      return [SHRINKAGE];
    case "schedule-coverage":
      return [SCHEDULE_COVERAGE];
    case "forecast-accuracy":
      return [forecastAccuracy(measure)];
  }
}
