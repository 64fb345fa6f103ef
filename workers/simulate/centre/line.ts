import type { Zone } from "../../../shared/calendar/zone.ts";
import { callsPerHourAt, moodOf } from "./day-profile.ts";
import { handleMeanS, type QueueModel } from "./queue-model.ts";
import type { Plan } from "./run-slot.ts";
import { agentsFor } from "./staffing.ts";

/** A queue with the traffic it gets and the staffing its provider gives it. */
export interface Line {
  readonly model: QueueModel;
  readonly zone: Zone;
  readonly perDay: number;
  readonly safety: { readonly usual: number; readonly thin: number; readonly steady: number };
  /** While people watch: at least this many calls an hour, so that the screen moves, with its own staffing. */
  readonly live: { readonly callsPerHour: number; readonly safety: number };
}

/** Rate and staffing of an ordinary moment in the past. On the steady day, the one in which people begin to watch, more than enough agents came. */
export function pastPlan(line: Line, seed: string, atS: number, steadyDay: string): Plan {
  const day = line.zone.localDay(atS * 1000);
  const mood = moodOf(seed, line.model.id, day);
  const safety = day === steadyDay ? line.safety.steady : line.safety[mood.thin ? "thin" : "usual"];
  const expected = callsPerHourAt(line.zone, atS, line.perDay);
  const agents = agentsFor(expected, handleMeanS(line.model), safety);
  return { callsPerHour: expected * mood.volume, agents };
}

/** Rate and staffing while the demonstration runs. */
export function livePlan(line: Line, atS: number): Plan {
  const expected = callsPerHourAt(line.zone, atS, line.perDay);
  const callsPerHour = expected === 0 ? 0 : Math.max(line.live.callsPerHour, expected);
  return { callsPerHour, agents: agentsFor(callsPerHour, handleMeanS(line.model), line.live.safety) };
}
