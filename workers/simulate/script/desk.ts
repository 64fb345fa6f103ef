import type { Zone } from "../../../shared/calendar/zone.ts";
import { callsPerHourAt, moodOf } from "../centre/day-profile.ts";
import type { Plan } from "../centre/run-slot.ts";
import { Random, seedOf } from "../centre/random.ts";
import { DESK } from "./script.ts";
import { type DayCount, headroom } from "./day-count.ts";

/** A small desk with one agent, who is sometimes away for a minute. */
export interface Desk {
  readonly queue: string;
  readonly zone: Zone;
  readonly perDay: number;
}

const AWAY = { usual: 0.08, thin: 0.3 } as const;
/** On the steady day the agent is away whenever the day can afford it, so that the day stands a little above what was agreed. */
const SPARE = 4;

/** Rate and staffing of the desk in the past. */
export function pastDeskPlan(desk: Desk, seed: string, atS: number, steady: { readonly day: string; readonly count: DayCount }): Plan {
  const day = desk.zone.localDay(atS * 1000);
  const mood = moodOf(seed, desk.queue, day);
  const callsPerHour = callsPerHourAt(desk.zone, atS, desk.perDay) * mood.volume;
  if (day === steady.day) return { callsPerHour, agents: headroom(steady.count, DESK.agreed) >= SPARE ? 0 : 2 };
  const away = new Random(seedOf(`${seed}/${desk.queue}/${Math.floor(atS / 60)}`)).chance(mood.thin ? AWAY.thin : AWAY.usual);
  return { callsPerHour, agents: away ? 0 : 2 };
}
