import type { Fault } from "../problem-list.ts";

/** One event of a queue_log: `time|call|queue|agent|event|data...`. */
export interface QueueEvent {
  /** Seconds since 1970. */
  readonly time: number;
  readonly call: string;
  readonly queue: string;
  readonly agent: string;
  readonly event: string;
  readonly data: readonly string[];
}

/** A call that left its queue, or was done after it. Times in seconds, but for `ringMs`. */
export interface QueueCall {
  readonly call: string;
  readonly queue: string;
  /** By its last event when the file begins after the call did. */
  readonly entered: number;
  readonly ended: number;
  /** The event that ended it. */
  readonly event: string;
  readonly agent: string;
  readonly wait: number;
  readonly talk: number | null;
  readonly rings: number;
  readonly ringMs: number;
}

interface OpenCall {
  readonly entered: number | null;
  last: number;
  connected: boolean;
  rings: number;
  ringMs: number;
}

/** Where the seconds stand in the data of an event that ends a call; -1 counts from the end. */
interface Ending {
  readonly wait: number;
  readonly talk: number | null;
}

/** Ends of calls that an agent had taken: Asterisk 1.2 to 22 write these columns. */
const AFTER_CONNECT: ReadonlyMap<string, Ending> = new Map([
  ["COMPLETEAGENT", { wait: 0, talk: 1 }],
  ["COMPLETECALLER", { wait: 0, talk: 1 }],
  ["TRANSFER", { wait: 2, talk: 3 }],
  ["BLINDTRANSFER", { wait: 2, talk: 3 }],
  // Its own columns differ by kind of transfer; the last three are always hold time, call time and position.
  ["ATTENDEDTRANSFER", { wait: -3, talk: -2 }],
]);
const IN_QUEUE: ReadonlyMap<string, Ending> = new Map([
  ["ABANDON", { wait: 2, talk: null }],
  ["EXITWITHTIMEOUT", { wait: 2, talk: null }],
  ["EXITWITHKEY", { wait: 3, talk: null }],
  ["EXITEMPTY", { wait: 2, talk: null }],
]);
/** Events of a call that neither begin nor end it here. */
const BESIDE = new Set(["DID", "INFO", "RINGCANCELED", "AGENTDUMP", "SYSCOMPAT", "JOINEMPTY", "CALLSTATUS"]);

function impossible(event: QueueEvent, why: string): Fault {
  return {
    rule: "impossible-order",
    message: `has ${event.event} of call ${event.call} ${why}`,
    remedy: "Send the log as Asterisk wrote it; lines must not be sorted or taken out",
  };
}

function badSeconds(event: QueueEvent): Fault {
  return { rule: "missing-seconds", message: `has ${event.event} without its times`, remedy: "Send the log as Asterisk wrote it" };
}

/** Seconds in the data of an event, `null` where they are not plain digits. */
function secondsAt(data: readonly string[], at: number): number | null {
  const text = data.at(at)?.trim() ?? "";
  return /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

/** What an event makes of the calls that are open. */
export type EventOutcome = { readonly call: QueueCall } | { readonly fault: Fault } | null;

export interface CallFolder {
  take(event: QueueEvent): EventOutcome;
  /** Calls that have not ended. */
  open(): number;
  /** Events that are not known, by name. */
  unknown(): readonly string[];
}

const MOST_UNKNOWN = 20;

function ended(event: QueueEvent, open: OpenCall | undefined, ending: Ending): EventOutcome {
  const { call, queue, time } = event;
  const waited = typeof open?.entered === "number" && ending.talk === null ? time - open.entered : null;
  // Old versions leave the waiting time out where a caller left by key.
  const wait = secondsAt(event.data, ending.wait) ?? waited;
  const talk = ending.talk === null ? null : secondsAt(event.data, ending.talk);
  if (wait === null || (ending.talk !== null && talk === null)) return { fault: badSeconds(event) };
  const entered = open?.entered ?? time - wait - (talk ?? 0);
  const agent = event.agent === "NONE" ? "" : event.agent;
  return {
    call: { call, queue, entered, ended: time, event: event.event, agent, wait, talk, rings: open?.rings ?? 0, ringMs: open?.ringMs ?? 0 },
  };
}

/** What an end needs to have come before it; calls that began before the file did are taken at their word. */
function orderFault(event: QueueEvent, open: OpenCall | undefined, afterConnect: boolean): Fault | null {
  if (open === undefined) return null;
  if (event.time < open.last) return impossible(event, "before the event that precedes it");
  if (afterConnect && !open.connected) return impossible(event, "although no agent had taken it");
  if (!afterConnect && open.connected) return impossible(event, "although an agent had taken it");
  return null;
}

/** Folds events into calls: a call is one stay in one queue, and is there once its last event is. */
export function createCallFolder(): CallFolder {
  const calls = new Map<string, OpenCall>();
  const unknown = new Set<string>();
  const progress = (event: QueueEvent, key: string): EventOutcome => {
    const rings = event.event === "RINGNOANSWER";
    const known = calls.get(key);
    if (known === undefined && rings) return null;
    const open = known ?? { entered: null, last: event.time, connected: false, rings: 0, ringMs: 0 };
    if (event.time < open.last) return { fault: impossible(event, "before the event that precedes it") };
    if (!rings && open.connected) return { fault: impossible(event, "although an agent had taken it") };
    open.last = event.time;
    open.connected ||= !rings;
    open.rings += rings ? 1 : 0;
    open.ringMs += rings ? (secondsAt(event.data, 0) ?? 0) : 0;
    calls.set(key, open);
    return null;
  };
  const take = (event: QueueEvent): EventOutcome => {
    const key = `${event.call}|${event.queue}`;
    const ending = AFTER_CONNECT.get(event.event) ?? IN_QUEUE.get(event.event);
    if (ending !== undefined) {
      const open = calls.get(key);
      const fault = orderFault(event, open, AFTER_CONNECT.has(event.event));
      if (fault !== null) return { fault };
      calls.delete(key);
      return ended(event, open, ending);
    }
    if (event.event === "ENTERQUEUE") {
      if (calls.has(key)) return { fault: impossible(event, "although it is in this queue already") };
      calls.set(key, { entered: event.time, last: event.time, connected: false, rings: 0, ringMs: 0 });
    } else if (event.event === "CONNECT" || event.event === "RINGNOANSWER") return progress(event, key);
    else if (!BESIDE.has(event.event) && unknown.size < MOST_UNKNOWN) unknown.add(event.event);
    return null;
  };
  return { take, open: () => calls.size, unknown: () => [...unknown] };
}
