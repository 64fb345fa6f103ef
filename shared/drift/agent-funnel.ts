import type { AgentDay } from "./agent-days.ts";
import { type AgentTotal, agentTotals } from "./agent-totals.ts";
import { clusteredTail, type DayScatter, dayScatter, inflationOf, pooledInflation } from "./clustered-tail.ts";
import { falseDiscoveryRates } from "./false-discovery.ts";
import { peerSpread, peerTail } from "./peer-tail.ts";

/** The chance that anybody at all is named in a month in which nobody does anything. */
export const NAMED_AT = 0.001;
/** Among agents that stand this far outside of their colleagues' funnel, one in ten does so by chance. */
const OUTSIDE_AT = 0.1;
/** Below this an agent is not judged: too little is known of them to be fair. */
const LEAST_CALLS = 100;
const LEAST_DAYS = 4;
/** Whoever has fewer short calls than this is never named. */
const LEAST_SHORT = 10;
/** On so many of the days with brief calls the short ones must be the most: a headset that failed for a week is nobody's habit. */
const MOST_DAYS = 2 / 3;
/** Fewer colleagues than this do not show what is usual. */
const LEAST_AGENTS = 8;
/**
 * The share of calls below the limit, of those below twice the limit, that no honest worker exceeds: talks grow more frequent with
 * their length up to their usual length, so that of two spans of equal length the later one has more.
 */
const HONEST_SHARE = 0.5;

/** Where one agent stands. Shares are 0..1. */
export interface AgentStanding {
  readonly agent: string;
  readonly days: number;
  readonly n: number;
  readonly short: number;
  readonly next: number;
  readonly share: number;
  /** The share that colleagues would have with the same calls. */
  readonly expected: number;
  /** 998 of 1,000 honest agents with so many calls lie within. */
  readonly limits: { readonly low: number; readonly high: number };
  /** P(so many short calls or more), if this were one of the colleagues. */
  readonly amongPeers: number;
  /** The same as false-discovery rate among those judged. */
  readonly discovery: number;
  /** P(so many of the brief calls are short), for a worker who is only quick. */
  readonly byPace: number;
  /** At most this is the chance that the agent is named wrongly, with everybody else judged at the same time. */
  readonly chance: number;
  /** Days on which most brief calls were short, of those that had any. */
  readonly heapDays: { readonly short: number; readonly brief: number };
  readonly verdict: "named" | "not-accused" | "too-little";
}

export interface AgentFunnel {
  /** How much more colleagues and days differ than chance makes them: variance of the ratio to the expected share, and inflation. */
  readonly between: number;
  readonly inflation: number;
  /** How many could be judged. */
  readonly judged: number;
  /** Queues in which short calls are usual. */
  readonly leftOut: readonly string[];
  /** Worst first. */
  readonly agents: readonly AgentStanding[];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}

function enough({ n, days }: AgentTotal): boolean {
  return n >= LEAST_CALLS && days >= LEAST_DAYS;
}

/** How days scatter around the agent's own excess of short calls over `share` of the brief ones, which on all days is the same part of the calls. */
function excessScatter({ byDay, n, short, next }: AgentTotal, share: number): DayScatter {
  const brief = short + next;
  const excess = short - share * brief;
  return dayScatter(
    byDay.map((day) => ({
      distance: day.short - share * day.brief - (excess * day.n) / n,
      variance: (share * (1 - share) * brief * day.n) / n,
    })),
  );
}

/** P(so many of an agent's calls below twice the limit are below it) at the share of an honest worker. */
function paceTails(judged: readonly AgentTotal[]): number[] {
  // Where all have more, something else cuts calls short: nobody is blamed for what the floor has.
  const usual = median(judged.map(({ short, next }) => (short + next === 0 ? 0 : short / (short + next))));
  const share = Math.min(0.99, Math.max(HONEST_SHARE, usual));
  const scatters = judged.map((total) => excessScatter(total, share));
  const pooled = pooledInflation(scatters);
  return judged.map(({ short, next }, i) => {
    const n = short + next;
    if (n === 0) return 1;
    const variance = (inflationOf(scatters[i] ?? { squares: 0, free: 0 }, pooled) * share * (1 - share)) / n;
    return clusteredTail({ events: short, n, share, variance });
  });
}

function heapDaysOf({ byDay }: AgentTotal): { short: number; brief: number } {
  const told = byDay.filter(({ brief }) => brief > 0);
  return { short: told.filter(({ short, brief }) => 2 * short > brief).length, brief: told.length };
}

function unjudged(total: AgentTotal): AgentStanding {
  const { agent, days, n, short, next, expected } = total;
  const counts = { agent, days, n, short, next, share: short / n, expected: expected / n };
  const unknown = { limits: { low: 0, high: 1 }, amongPeers: 1, discovery: 1, byPace: 1, chance: 1 };
  return { ...counts, ...unknown, heapDays: heapDaysOf(total), verdict: "too-little" };
}

function isNamed({ short, chance, discovery, heapDays }: Omit<AgentStanding, "verdict">): boolean {
  const steadily = heapDays.short >= MOST_DAYS * heapDays.brief;
  return short >= LEAST_SHORT && steadily && chance <= NAMED_AT && discovery <= OUTSIDE_AT;
}

/**
 * Which agents end calls in their first seconds. An agent is named when two looks agree: the share of short calls lies
 * outside of the over-dispersed funnel of the colleagues (false-discovery rate 10 %), and the agent's own calls have a heap in the
 * first seconds that no quick worker's have, at 1 in 1,000 for the whole floor (Bonferroni) and on two days of three. Mix by queue is taken out, days count
 * as clusters. Everybody else is not accused.
 *
 * @param cells of one month or some weeks.
 * @returns all agents, worst first. With fewer than 8 agents of 100 calls on 4 days nobody is judged.
 */
export function agentFunnel(cells: readonly AgentDay[]): AgentFunnel {
  const { totals, leftOut } = agentTotals(cells);
  const judged = totals.filter(enough);
  const inflation = pooledInflation(judged.map(({ scatter }) => scatter));
  if (judged.length < LEAST_AGENTS || judged.every(({ short }) => short === 0))
    return { between: 0, inflation, judged: 0, leftOut, agents: totals.map(unjudged) };
  const spread = peerSpread(judged.map((total) => ({ ...total, inflation: inflationOf(total.scatter, inflation) })));
  const peers = judged.map((total) => peerTail(spread, { ...total, inflation: inflationOf(total.scatter, inflation) }));
  const discovery = falseDiscoveryRates(peers.map(({ tail }) => tail));
  const pace = paceTails(judged);
  const standings = judged.map((total, i): AgentStanding => {
    const { agent, days, n, short, next } = total;
    const { tail, expected, limits } = peers[i] ?? { tail: 1, expected: 0, limits: { low: 0, high: 1 } };
    const looks = { limits, amongPeers: tail, discovery: discovery[i] ?? 1, byPace: pace[i] ?? 1, heapDays: heapDaysOf(total) };
    const standing = {
      agent,
      days,
      n,
      short,
      next,
      share: short / n,
      expected,
      ...looks,
      chance: Math.min(1, looks.byPace * judged.length),
    };
    return { ...standing, verdict: isNamed(standing) ? "named" : "not-accused" };
  });
  const agents = [...standings, ...totals.filter((total) => !enough(total)).map(unjudged)].toSorted((a, b) => a.chance - b.chance);
  return { between: spread.tau2, inflation, judged: judged.length, leftOut, agents };
}
