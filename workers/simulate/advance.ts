import type { FinishedCall } from "./centre/call.ts";
import { type Line, livePlan, pastPlan } from "./centre/line.ts";
import type { QueueModel } from "./centre/queue-model.ts";
import { type Plan, runSlot, type Slot } from "./centre/run-slot.ts";
import { DESK_MODEL, LISBON, LISBON_LINE, MANILA, MANILA_LINES, ROADSIDE } from "./demo.ts";
import { bookSlot, INTERVAL_S, type SplitInterval } from "./exports/split-interval.ts";
import { bookAnswers } from "./exports/survey-export.ts";
import { beginQuality, type QualityCourse } from "./quality/quality-course.ts";
import { countCall, emptyDay } from "./script/day-count.ts";
import { pastDeskPlan } from "./script/desk.ts";
import { beginScript, deskPlan, DESK, direct } from "./script/script.ts";
import type { Simulation } from "./simulation.ts";

/** Past time runs by the minute, watched time by the second. */
const PAST_SLOT_S = 60;

export interface Course {
  readonly toS: number;
  readonly live: boolean;
  /** When the past ends: its day was an ordinary one, so that the demonstration begins in calm. */
  readonly pastEndsS: number;
}

function runQueue(before: Simulation, model: QueueModel, slot: Slot, plan: Plan): { after: Simulation; finished: FinishedCall[] } {
  const queue = before.queues[model.id];
  if (queue === undefined) throw new RangeError(`the simulation has no queue "${model.id}"`);
  const { state, finished } = runSlot(model, queue, slot, plan);
  return { after: { ...before, queues: { ...before.queues, [model.id]: state } }, finished };
}

function planOf(line: Line, simulation: Simulation, slot: Slot, course: Course): Plan {
  return course.live
    ? livePlan(line, slot.fromS)
    : pastPlan(line, simulation.seed, slot.fromS, line.zone.localDay(course.pastEndsS * 1000));
}

function runSplit(before: Simulation, model: QueueModel, slot: Slot, plan: Plan): { after: Simulation; finished: FinishedCall[] } {
  const { after, finished } = runQueue(before, model, slot, plan);
  return { after: { ...after, intervals: bookSlot(after.intervals, model.id, slot, plan.agents, finished) }, finished };
}

function runDesk(before: Simulation, slot: Slot, course: Course): Simulation {
  const day = MANILA.zone.localDay(slot.fromS * 1000);
  const count = before.deskDay.day === day ? before.deskDay : emptyDay(day);
  const script = course.live ? direct(before.script, slot.fromS, count) : before.script;
  const steady = { day: MANILA.zone.localDay(course.pastEndsS * 1000), count };
  const plan = course.live ? deskPlan(script, count) : pastDeskPlan(ROADSIDE, before.seed, slot.fromS, steady);
  const { after, finished } = runSplit({ ...before, script }, DESK_MODEL, slot, plan);
  return { ...after, deskDay: finished.reduce((sum, call) => countCall(sum, call, DESK.withinS), count) };
}

function runService(before: Simulation, slot: Slot, course: Course): Simulation {
  const { after, finished } = runQueue(before, LISBON_LINE.model, slot, planOf(LISBON_LINE, before, slot, course));
  if (finished.length === 0) return after;
  const surveys = [...bookAnswers(after.surveys, finished)];
  const surveysChanged = after.surveysChanged || finished.some((call) => call.score !== null);
  return { ...after, calls: [...after.calls, ...finished], surveys, surveysChanged };
}

function runSlotOfAll(before: Simulation, slot: Slot, course: Course): Simulation {
  let simulation = before;
  for (const line of MANILA_LINES) simulation = runSplit(simulation, line.model, slot, planOf(line, simulation, slot, course)).after;
  simulation = runDesk(simulation, slot, course);
  simulation = runService(simulation, slot, course);
  return { ...simulation, atS: slot.toS };
}

/** What is to be told of quality: all of the past at once, when the rest of it is told; then what has just happened. */
function runQuality({ quality }: Simulation, { toS, live, pastEndsS }: Course): QualityCourse {
  const known = quality ?? beginQuality(LISBON.zone, pastEndsS);
  return live || toS === pastEndsS ? { ...known, dueS: Math.max(known.dueS, toS) } : known;
}

/**
 * Both call centres at a later instant. The same simulation and course give the same result, however often it is asked.
 * Turning live begins the script.
 */
export function advance(before: Simulation, course: Course): Simulation {
  const begins = course.live && !before.live;
  let simulation: Simulation = {
    ...before,
    live: course.live,
    script: begins ? beginScript(before.atS) : before.script,
    quality: runQuality(before, course),
  };
  // Intervals that are over are set aside, so that each slot copies three of them and not a week.
  const over: SplitInterval[] = [];
  while (simulation.atS < course.toS) {
    if (simulation.atS % INTERVAL_S === 0) {
      over.push(...simulation.intervals);
      simulation = { ...simulation, intervals: [] };
    }
    const slotS = course.live ? 1 : PAST_SLOT_S - (simulation.atS % PAST_SLOT_S);
    simulation = runSlotOfAll(simulation, { fromS: simulation.atS, toS: Math.min(course.toS, simulation.atS + slotS) }, course);
  }
  return { ...simulation, intervals: [...over, ...simulation.intervals] };
}
