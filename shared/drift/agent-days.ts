import type { Day } from "../calendar/day.ts";

/** What an agent's calls of one day and queue came to. */
export interface AgentDay {
  readonly agent: string;
  readonly day: Day;
  readonly queue: string;
  /** Calls the agent answered. */
  readonly n: number;
  /** Of them shorter than the limit. */
  readonly short: number;
  /** Of them as long as the limit, but not twice as long. */
  readonly next: number;
}

/** A call that an agent answered. `spokenMs` is what it spent with the caller: without after-call work where that is known. */
export interface AnsweredCall {
  readonly agent: string;
  readonly day: Day;
  readonly queue: string;
  readonly spokenMs: number;
}

/** Ten seconds: nobody's matter is settled in them. */
export const SHORT_MS = 10_000;

/** Counts calls below `limitMs` and from there to twice it, by agent, day and queue. */
export function agentDaysOf(calls: Iterable<AnsweredCall>, limitMs: number = SHORT_MS): AgentDay[] {
  const found = new Map<string, { agent: string; day: Day; queue: string; n: number; short: number; next: number }>();
  for (const { agent, day, queue, spokenMs } of calls) {
    const key = JSON.stringify([agent, day, queue]);
    const cell = found.get(key) ?? { agent, day, queue, n: 0, short: 0, next: 0 };
    cell.n++;
    if (spokenMs < limitMs) cell.short++;
    else if (spokenMs < 2 * limitMs) cell.next++;
    found.set(key, cell);
  }
  return [...found.values()];
}
