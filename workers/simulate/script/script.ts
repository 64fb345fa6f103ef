import { z } from "zod";
import type { Plan } from "../centre/run-slot.ts";
import { type DayCount, headroom, sampleOf } from "./day-count.ts";

/**
 * The demonstration. It turns only two knobs, arrivals and staffing of the roadside desk, and it can hold a feed back;
 * what happens then is the call centre's own doing. It looks at the desk's own count of the day to know when to go on.
 */
export const Script = z.strictObject({
  /** When people began to watch; the script repeats from here. */
  startedS: z.int(),
  phase: z.enum(["calm", "gathering", "surge", "broken", "recovery"]),
  sinceS: z.int(),
  /** Repetitions in which the surge has begun. */
  surges: z.int().min(0),
});
export type Script = z.infer<typeof Script>;

/** Seconds of one repetition: when the surge begins, and between which the feed is held back. */
const SCHEDULE = { everyS: 360, surgeAtS: 25, silentFromS: 50, silentToS: 100 } as const;
/** Roadside desk: agreed share within the agreed seconds, and the sample the script wants before it breaks the day. */
export const DESK = { agreed: 0.8, withinS: 20, enough: 34 } as const;
const BROKEN_LASTS_S = 22;
/** While broken, help comes to the desk only below this margin: the break should last long enough to be seen. */
const BROKEN_ROOM = -2;
const GIVE_UP_S = 180;

export function beginScript(nowS: number): Script {
  return { startedS: nowS, phase: "calm", sinceS: nowS, surges: 0 };
}

function nextPhase(script: Script, nowS: number, count: DayCount): Script["phase"] {
  const elapsedS = nowS - script.startedS;
  const lastedS = nowS - script.sinceS;
  const proven = sampleOf(count) >= DESK.enough;
  const room = headroom(count, DESK.agreed);
  switch (script.phase) {
    case "calm":
      if (!proven) return "gathering";
      if (room < 0) return "recovery";
      return elapsedS < script.surges * SCHEDULE.everyS + SCHEDULE.surgeAtS ? "calm" : "surge";
    case "gathering":
      return proven ? "calm" : "gathering";
    case "surge":
      return (proven && room < -1) || lastedS >= GIVE_UP_S ? "broken" : "surge";
    case "broken":
      return lastedS >= BROKEN_LASTS_S ? "recovery" : "broken";
    case "recovery":
      return (proven && room >= 3) || lastedS >= GIVE_UP_S ? "calm" : "recovery";
  }
}

/** The script one second later. */
export function direct(script: Script, nowS: number, count: DayCount): Script {
  const phase = nextPhase(script, nowS, count);
  if (phase === script.phase) return script;
  const surges = phase === "surge" ? Math.floor((nowS - script.startedS - SCHEDULE.surgeAtS) / SCHEDULE.everyS) + 1 : script.surges;
  return { ...script, phase, sinceS: nowS, surges };
}

/** Arrivals and staffing of the roadside desk in a phase. In calm times the only agent looks after the day's margin. */
export function deskPlan(script: Script, count: DayCount): Plan {
  switch (script.phase) {
    case "calm":
      return { callsPerHour: 240, agents: headroom(count, DESK.agreed) > 5 ? 0 : 3 };
    case "gathering":
      return { callsPerHour: 6000, agents: 40 };
    case "surge":
      return { callsPerHour: 4000, agents: 1 };
    case "broken":
      return { callsPerHour: 1200, agents: headroom(count, DESK.agreed) < BROKEN_ROOM ? 6 : 1 };
    case "recovery":
      return { callsPerHour: 7200, agents: 50 };
  }
}

/** Whether the script holds the second provider's call records back. */
export function holdsBack(script: Script, nowS: number): boolean {
  const inRepetition = (nowS - script.startedS) % SCHEDULE.everyS;
  return inRepetition >= SCHEDULE.silentFromS && inRepetition < SCHEDULE.silentToS;
}
