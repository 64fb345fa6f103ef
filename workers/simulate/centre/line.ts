import { addDays } from "../../../shared/calendar/day.ts";
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
  /** `lean`: through most of the calendar month before people began to watch too few agents came, so that it was missed and costs money. */
  readonly safety: { readonly usual: number; readonly thin: number; readonly steady: number; readonly lean: number };
  /** While people watch: at least this many calls an hour, so that the screen moves, with its own staffing. */
  readonly live: { readonly callsPerHour: number; readonly safety: number };
}

const LEAN_FROM = "-04";
const LEAN_TO = "-26";

/** Whether a day lies in the lean weeks of the month before. */
function isLean(day: string, steadyDay: string): boolean {
  const monthBefore = addDays(`${steadyDay.slice(0, 8)}01`, -1).slice(0, 7);
  return day >= `${monthBefore}${LEAN_FROM}` && day <= `${monthBefore}${LEAN_TO}`;
}

/** Rate and staffing of an ordinary moment in the past. On the steady day, the one in which people begin to watch, more than enough agents came. */
export function pastPlan(line: Line, seed: string, atS: number, steadyDay: string): Plan {
  const day = line.zone.localDay(atS * 1000);
  const mood = moodOf(seed, line.model.id, day);
  const past = mood.thin ? "thin" : isLean(day, steadyDay) ? "lean" : "usual";
  const safety = line.safety[day === steadyDay ? "steady" : past];
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
