import type { FinishedCall } from "./call.ts";
import type { QueueModel } from "./queue-model.ts";
import type { QueueState } from "./queue-state.ts";
import { Random } from "./random.ts";
import { type QueueEvent, step } from "./step.ts";

/** How busy and how staffed a queue is. */
export interface Plan {
  readonly callsPerHour: number;
  readonly agents: number;
}

export interface Slot {
  readonly fromS: number;
  readonly toS: number;
}

/** Nobody calls in the first second of an hour: midnight would be written `0:00:00`, which means "never" in call records. */
function arrivalsIn(slot: Slot, callsPerHour: number, random: Random): number[] {
  const lengthS = slot.toS - slot.fromS;
  const count = random.poisson((callsPerHour * lengthS) / 3600);
  const times = Array.from({ length: count }, () => slot.fromS + Math.floor(random.unit() * lengthS));
  return times.filter((atS) => atS % 3600 !== 0).toSorted((a, b) => a - b);
}

function earlier(a: QueueEvent | null, b: QueueEvent): QueueEvent {
  return a === null || b.atS < a.atS ? b : a;
}

/** At equal seconds an agent is freed before a call arrives, and a call arrives before a caller leaves. */
function nextEvent(state: QueueState, arrivalS: number | undefined): QueueEvent | null {
  let next: QueueEvent | null = null;
  for (const call of state.serving) next = earlier(next, { kind: "agent-freed", atS: call.endsS, number: call.number });
  if (arrivalS !== undefined) next = earlier(next, { kind: "call-arrived", atS: arrivalS });
  for (const call of state.waiting) next = earlier(next, { kind: "caller-left", atS: call.leavesS, number: call.number });
  return next;
}

/**
 * Runs one queue through a slot of time in which rate and staffing are constant: Poisson arrivals, then events in order.
 *
 * @returns the state at the end of the slot and the calls that ended in [fromS, toS).
 */
export function runSlot(model: QueueModel, before: QueueState, slot: Slot, plan: Plan): { state: QueueState; finished: FinishedCall[] } {
  const random = new Random(before.random);
  const arrivals = arrivalsIn(slot, plan.callsPerHour, random);
  const finished: FinishedCall[] = [];
  let { state } = step(model, { ...before, random: random.state }, { kind: "staffed", atS: slot.fromS, agents: plan.agents });
  for (let arrived = 0; ;) {
    const event = nextEvent(state, arrivals[arrived]);
    if (event === null || event.atS >= slot.toS) return { state, finished };
    if (event.kind === "call-arrived") arrived++;
    const stepped = step(model, state, event);
    state = stepped.state;
    finished.push(...stepped.finished);
  }
}
