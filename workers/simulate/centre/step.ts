import type { FinishedCall, ServedCall, WaitingCall } from "./call.ts";
import type { QueueModel } from "./queue-model.ts";
import type { QueueState } from "./queue-state.ts";
import { Random } from "./random.ts";

/** What can happen to a queue. */
export type QueueEvent =
  | { readonly kind: "staffed"; readonly atS: number; readonly agents: number }
  | { readonly kind: "call-arrived"; readonly atS: number }
  | { readonly kind: "caller-left"; readonly atS: number; readonly number: number }
  | { readonly kind: "agent-freed"; readonly atS: number; readonly number: number };

export interface Stepped {
  readonly state: QueueState;
  readonly finished: readonly FinishedCall[];
}

const NO_SERVICE = { agent: null, talkS: 0, holdS: 0, acwS: 0, score: null } as const;

function freeAgent(serving: readonly ServedCall[]): number {
  for (let agent = 0; ; agent++) if (!serving.some((call) => call.agent === agent)) return agent;
}

function serve(model: QueueModel, call: WaitingCall, atS: number, agent: number, random: Random): ServedCall {
  const talkS = Math.max(1, Math.round(random.lognormal(model.talk.meanS, model.talk.sigma)));
  const holdS = random.chance(model.hold.share) ? Math.round(random.exponential(model.hold.meanS)) : 0;
  const acwS = model.acwMeanS === 0 ? 0 : Math.round(random.exponential(model.acwMeanS));
  const { number, menuS, queuedS } = call;
  return { number, menuS, queuedS, waitS: atS - queuedS, agent, talkS, holdS, acwS, endsS: atS + talkS + holdS + acwS };
}

/** Gives waiting callers to free agents, the longest waiting first. */
function assign(model: QueueModel, state: QueueState, atS: number): QueueState {
  if (state.waiting.length === 0 || state.serving.length >= state.agents) return state;
  const random = new Random(state.random);
  const waiting = [...state.waiting];
  const serving = [...state.serving];
  while (serving.length < state.agents) {
    const call = waiting.shift();
    if (call === undefined) break;
    serving.push(serve(model, call, atS, freeAgent(serving), random));
  }
  return { ...state, random: random.state, waiting, serving };
}

/** Never so long that the call began in the first second of an hour: `0:00:00` means "never" in call records. */
function menuOf(model: QueueModel, atS: number, random: Random): number {
  if (model.menu === null) return 0;
  const menuS = Math.max(2, Math.round(random.exponential(model.menu.meanS)));
  return (atS - menuS) % 3600 === 0 ? menuS + 1 : menuS;
}

function arrive(model: QueueModel, before: QueueState, atS: number): Stepped {
  const random = new Random(before.random);
  const number = before.nextNumber;
  const menuS = menuOf(model, atS, random);
  const hangsUp = model.menu !== null && random.chance(model.menu.leaveShare);
  const state = { ...before, nextNumber: number + 1 };
  if (hangsUp) {
    const call: FinishedCall = {
      queue: model.id,
      number,
      outcome: "left-in-menu",
      menuS,
      queuedS: atS,
      waitS: 0,
      endedS: atS,
      ...NO_SERVICE,
    };
    return { state: { ...state, random: random.state }, finished: [call] };
  }
  const patienceS = Math.max(1, Math.round(random.exponential(model.patienceMeanS)));
  const waiting = [...state.waiting, { number, menuS, queuedS: atS, leavesS: atS + patienceS }];
  return { state: assign(model, { ...state, random: random.state, waiting, offered: state.offered + 1 }, atS), finished: [] };
}

function leave(model: QueueModel, state: QueueState, atS: number, number: number): Stepped {
  const call = state.waiting.find((waiting) => waiting.number === number);
  if (call === undefined) return { state, finished: [] };
  const { menuS, queuedS } = call;
  const finished: FinishedCall = {
    queue: model.id,
    number,
    outcome: "abandoned",
    menuS,
    queuedS,
    waitS: atS - queuedS,
    endedS: atS,
    ...NO_SERVICE,
  };
  return { state: { ...state, waiting: state.waiting.filter((waiting) => waiting !== call) }, finished: [finished] };
}

function scoreOf(model: QueueModel, random: Random): FinishedCall["score"] {
  if (model.survey === null || !random.chance(model.survey.share)) return null;
  let left = random.unit() * 100;
  const index = model.survey.scores.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? 5 : index + 1;
}

function free(model: QueueModel, before: QueueState, atS: number, number: number): Stepped {
  const call = before.serving.find((served) => served.number === number);
  if (call === undefined) return { state: before, finished: [] };
  const random = new Random(before.random);
  const score = scoreOf(model, random);
  const serving = before.serving.filter((served) => served !== call);
  const { menuS, queuedS, waitS, agent, talkS, holdS, acwS } = call;
  const finished: FinishedCall = {
    queue: model.id,
    number,
    outcome: "answered",
    menuS,
    queuedS,
    waitS,
    agent,
    talkS,
    holdS,
    acwS,
    endedS: atS,
    score,
  };
  return { state: assign(model, { ...before, random: random.state, serving }, atS), finished: [finished] };
}

/** One event at one queue: the next state and the calls that are over with it. An event about an unknown call changes nothing. */
export function step(model: QueueModel, state: QueueState, event: QueueEvent): Stepped {
  switch (event.kind) {
    case "staffed":
      return { state: assign(model, state.agents === event.agents ? state : { ...state, agents: event.agents }, event.atS), finished: [] };
    case "call-arrived":
      return arrive(model, state, event.atS);
    case "caller-left":
      return leave(model, state, event.atS, event.number);
    case "agent-freed":
      return free(model, state, event.atS, event.number);
  }
}
