import type { Zone } from "../../../shared/calendar/zone.ts";
import type { FinishedCall } from "../centre/call.ts";
import { LISBON_AGENTS } from "../quality/people.ts";
import { clockText } from "./clock-text.ts";

/** Columns of the call-by-call file of the "Anonymous Bank", 1999. */
const COLUMNS = [
  "vru+line",
  "call_id",
  "customer_id",
  "priority",
  "type",
  "date",
  "vru_entry",
  "vru_exit",
  "vru_time",
  "q_start",
  "q_exit",
  "q_time",
  "outcome",
  "ser_start",
  "ser_exit",
  "ser_time",
  "server",
] as const;
type Column = (typeof COLUMNS)[number];

const NEVER = "0:00:00";
const NO_SERVER = "NO_SERVER";
const LINES = 65;
const OUTCOMES = { answered: "AGENT", abandoned: "HANG", "left-in-menu": "HANG", "line-test": "PHANTOM" } as const;

/** More positions than names: the pool repeats with a number, as a switch would show log-ins of two shifts. */
function serverName(agent: number): string {
  const name = LISBON_AGENTS[agent % LISBON_AGENTS.length] ?? NO_SERVER;
  return agent < LISBON_AGENTS.length ? name : `${name}${Math.floor(agent / LISBON_AGENTS.length) + 1}`;
}

function lineName(number: number): string {
  const line = number % LINES;
  return `AA0${Math.floor(line / 16) + 1}${String((line % 16) + 1).padStart(2, "0")}`;
}

function queueCells(zone: Zone, call: FinishedCall): { q_start: string; q_exit: string; q_time: number } {
  const reached = call.outcome === "abandoned" || call.waitS > 0;
  if (!reached) return { q_start: NEVER, q_exit: NEVER, q_time: 0 };
  return { q_start: clockText(zone, call.queuedS).clock, q_exit: clockText(zone, call.queuedS + call.waitS).clock, q_time: call.waitS };
}

function cells(zone: Zone, call: FinishedCall): Record<Column, string | number> {
  const entered = clockText(zone, call.queuedS - call.menuS);
  const serviceS = call.talkS + call.holdS + call.acwS;
  const servedS = call.queuedS + call.waitS;
  const served = call.outcome === "answered";
  return {
    "vru+line": lineName(call.number),
    call_id: 30_000 + call.number,
    customer_id: 0,
    priority: 0,
    type: call.number % 4 === 0 ? "NW" : "PS",
    date: entered.day.replaceAll("-", "").slice(2),
    vru_entry: entered.clock,
    vru_exit: clockText(zone, call.queuedS).clock,
    vru_time: call.menuS,
    ...queueCells(zone, call),
    outcome: OUTCOMES[call.outcome],
    ser_start: served ? clockText(zone, servedS).clock : NEVER,
    ser_exit: served ? clockText(zone, servedS + serviceS).clock : NEVER,
    ser_time: served ? serviceS : 0,
    server: call.agent === null ? NO_SERVER : serverName(call.agent),
  };
}

/** A call-by-call file of the second provider: tabs, CRLF, one record per call that is over. */
export function callRecords(zone: Zone, calls: readonly FinishedCall[]): string {
  const lines = calls.map((call) => {
    const row = cells(zone, call);
    return COLUMNS.map((column) => row[column]).join("\t");
  });
  return `${[COLUMNS.join("\t"), ...lines].join("\r\n")}\r\n`;
}
