import type { AgentDay } from "./agent-days.ts";
import { type DayScatter, dayScatter } from "./clustered-tail.ts";

/** What an agent did on one day. */
export interface AgentDayTotal {
  readonly n: number;
  readonly short: number;
  /** Below twice the limit, the short ones with them. */
  readonly brief: number;
  readonly expected: number;
}

/** One agent's month: own counts, and what colleagues would have had with the same calls. */
export interface AgentTotal {
  readonly agent: string;
  readonly days: number;
  readonly n: number;
  readonly short: number;
  readonly next: number;
  /** Short calls that the floor's shares by queue give for these calls. */
  readonly expected: number;
  /** How the agent's days scatter around the agent's own share of short calls. */
  readonly scatter: DayScatter;
  readonly byDay: readonly AgentDayTotal[];
}

/** Where more of all calls than this are short, short is how such calls are: call-backs that nobody takes, wrong numbers. */
const SHORT_IS_USUAL = 0.2;

type Cell = AgentDay & { readonly expected: number };

function sum(cells: readonly Cell[], of: (cell: Cell) => number): number {
  return cells.reduce((total, cell) => total + of(cell), 0);
}

function queueShares(cells: readonly AgentDay[]): ReadonlyMap<string, number> {
  const shares = [...Map.groupBy(cells, ({ queue }) => queue)].map(([queue, own]): [string, number] => {
    const [n, short] = own.reduce(([all, few], cell) => [all + cell.n, few + cell.short], [0, 0]);
    return [queue, n === 0 ? 0 : short / n];
  });
  return new Map(shares);
}

function totalOf(agent: string, cells: readonly Cell[]): AgentTotal {
  const byDay = [...Map.groupBy(cells, ({ day }) => day).values()].map((own) => ({
    n: sum(own, ({ n }) => n),
    short: sum(own, ({ short }) => short),
    brief: sum(own, (cell) => cell.short + cell.next),
    expected: sum(own, ({ expected }) => expected),
  }));
  const [n, short, next] = [sum(cells, (cell) => cell.n), sum(cells, (cell) => cell.short), sum(cells, (cell) => cell.next)];
  const expected = sum(cells, (cell) => cell.expected);
  const ratio = expected > 0 ? short / expected : 0;
  return {
    agent,
    days: byDay.length,
    n,
    short,
    next,
    expected,
    scatter: dayScatter(
      byDay.map((day) => ({ distance: day.short - ratio * day.expected, variance: ratio * day.expected * (1 - short / n) })),
    ),
    byDay,
  };
}

/** Sums by agent, of the queues in which short calls are not usual, and the queues that were left out. */
export function agentTotals(cells: readonly AgentDay[]): { readonly totals: AgentTotal[]; readonly leftOut: string[] } {
  const shares = queueShares(cells);
  const counted = cells.filter(({ queue }) => (shares.get(queue) ?? 0) <= SHORT_IS_USUAL);
  const expected = counted.map((cell) => ({ ...cell, expected: cell.n * (shares.get(cell.queue) ?? 0) }));
  const leftOut = [...shares].filter(([, share]) => share > SHORT_IS_USUAL).map(([queue]) => queue);
  const totals = [...Map.groupBy(expected, ({ agent }) => agent)].map(([agent, own]) => totalOf(agent, own));
  return { totals: totals.filter(({ n }) => n > 0).toSorted((a, b) => (a.agent < b.agent ? -1 : 1)), leftOut: leftOut.toSorted() };
}
