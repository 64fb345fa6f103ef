import { Agreement } from "../../shared/agreement/agreement.ts";
import { type AgreementContext, createContext } from "../../shared/agreement/context.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { DayCounts } from "../../shared/agreement/day-sums.ts";
import { evaluateWindow } from "../../shared/agreement/evaluate-window.ts";
import { windowAt } from "../../shared/agreement/windows.ts";
import { addDays, type Day, daysBetween } from "../../shared/calendar/day.ts";
import { projectWindow } from "../../shared/outlook/project-window.ts";
import { buildFeed } from "../support/sample-agreement.ts";

/** How a simulated provider behaves. Shares are of calls answered in time, around the agreed 80 %. */
export interface Regime {
  readonly name: string;
  /** Calls on a middling weekday. */
  readonly calls: number;
  /** Intraclass correlation of the days, drawn evenly from 0 to this for each year. */
  readonly rho: number;
  /** Standard deviation between weekdays. */
  readonly season: number;
  /** Standard deviation of the step that the level takes each day. */
  readonly drift: number;
  /** Chance of each day that the level becomes another one at once, some 2.5 points above or below the agreed one. */
  readonly breaks: number;
}

export const REGIMES: readonly Regime[] = [
  { name: "stable", calls: 1500, rho: 0, season: 0, drift: 0, breaks: 0 },
  { name: "weekly season", calls: 1500, rho: 0.006, season: 0.03, drift: 0, breaks: 0 },
  { name: "day shocks", calls: 1500, rho: 0.02, season: 0, drift: 0, breaks: 0 },
  { name: "slow drift", calls: 1500, rho: 0.006, season: 0, drift: 0.003, breaks: 0 },
  { name: "small volume", calls: 25, rho: 0.02, season: 0, drift: 0.001, breaks: 0 },
  { name: "sudden breaks", calls: 1500, rho: 0.006, season: 0, drift: 0, breaks: 0.02 },
];

const FIRST_DAY = "2025-01-01";
const HISTORY_DAYS = 56;
/** Calls by weekday, Monday first, as a multiple of a middling one. */
const WEEKDAY_CALLS = [1.2, 1.1, 1, 1, 1.05, 0.6, 0.4];
/** After how many days of a month it is projected. */
const ASKED_AFTER = [2, 8, 15, 22, 26];
const AGREED = 0.8;

/** Seeded numbers in [0, 1): mulberry32, by Tommy Ettinger, public domain. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How many of `n` succeed: one by one for few, by the normal form for many. */
function successes(random: () => number, n: number, chance: number): number {
  if (n > 60) return Math.min(n, Math.max(0, Math.round(n * chance + normal(random) * Math.sqrt(n * chance * (1 - chance)))));
  let count = 0;
  for (let i = 0; i < n; i++) if (random() < chance) count++;
  return count;
}

function limited(chance: number): number {
  return Math.min(0.995, Math.max(0.2, chance));
}

interface SimulatedDay {
  readonly calls: number;
  readonly inTime: number;
}

/** A year and the history before it. The level starts near the agreed one, and is drawn back slowly to where it started. */
function simulateDays(regime: Regime, random: () => number, days: number): SimulatedDay[] {
  const rho = regime.rho * random();
  const season = WEEKDAY_CALLS.map(() => normal(random) * regime.season);
  const home = AGREED + 0.03 * normal(random);
  let level = home;
  return Array.from({ length: days }, (_, i) => {
    level += regime.drift * normal(random) - 0.01 * (level - home);
    if (regime.breaks > 0 && random() < regime.breaks) level = AGREED + (random() < 0.5 ? -0.025 : 0.025) + 0.01 * normal(random);
    const weekday = i % 7;
    const usual = limited(level + (season[weekday] ?? 0));
    const chance = limited(usual + normal(random) * Math.sqrt(usual * (1 - usual) * rho));
    const calls = Math.max(1, Math.round(regime.calls * (WEEKDAY_CALLS[weekday] ?? 1) * (1 + 0.1 * normal(random))));
    return { calls, inTime: successes(random, calls, chance) };
  });
}

const AGREEMENT = Agreement.parse({
  accord: "agreement/1",
  id: "simulated",
  name: "Simulated line",
  version: 1,
  parties: { client: "Acme Insurance", provider: "Norcall" },
  timeZone: "UTC",
  effectiveFrom: FIRST_DAY,
  serviceHours: "always",
  targets: [
    {
      id: "service-level",
      name: "Service level",
      feed: "calls",
      measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
      direction: "at-least",
      expected: "80 %",
      windows: ["month"],
    },
  ],
});

/** Sums of a day as the store would hold them. */
function countsOf(compiled: CompiledTarget, { calls, inTime }: SimulatedDay, startMs: number): DayCounts {
  const totals = compiled.counters.map((counter) => (counter === "answered" ? calls : counter === "abandoned" ? 0 : inTime));
  const none = { incomplete: 0, outside: 0, excluded: 0, judged: 0, passed: 0, claim: null };
  const recomputed = { ...none, intervals: 96, totals, lastStartMs: startMs + 95 * 15 * 60_000 };
  return { recomputed, adjusted: null, ifAllAccepted: null };
}

/** What was foretold at one moment of one month, and what came. */
export interface Foretold {
  readonly pMiss: number;
  readonly missed: boolean;
}

interface Year {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly counts: ReadonlyMap<Day, DayCounts>;
}

function simulateYear(regime: Regime, random: () => number): Year {
  const context = createContext(AGREEMENT, [buildFeed()]);
  const [compiled] = context.targets;
  if (compiled === undefined) throw new Error("the agreement has no target");
  const days = daysBetween(FIRST_DAY, addDays(FIRST_DAY, HISTORY_DAYS + 365));
  const simulated = simulateDays(regime, random, days.length);
  const counts = new Map(
    simulated.map((day, i) => [days[i] ?? "", countsOf(compiled, day, context.zone.dayRange(days[i] ?? "").fromMs)] as const),
  );
  return { context, compiled, counts };
}

function basisAt({ context, compiled, counts }: Year, lastDay: Day) {
  const nowMs = context.zone.dayRange(lastDay).toMs;
  return {
    context,
    compiled,
    nowMs,
    receivedMs: nowMs,
    silentSinceMs: null,
    countsOf: (day: Day) => (day <= lastDay ? counts.get(day) : undefined),
    volumeOf: () => null,
    forecastOf: () => null,
    compiledOn: () => compiled,
  };
}

/** Projects a month after some of its days. */
function foretell(year: Year, month: string): Foretold[] {
  const { context, counts } = year;
  const first = `${month}-01`;
  const lastDay = [...counts.keys()].findLast((day) => day.startsWith(month)) ?? first;
  const whole = basisAt(year, lastDay);
  const closed = windowAt(context, "month", first, whole.nowMs);
  if (closed === null) return [];
  const missed = evaluateWindow(whole, closed).status === "missed";
  return ASKED_AFTER.flatMap((after) => {
    const basis = basisAt(year, addDays(first, after - 1));
    const window = windowAt(context, "month", first, basis.nowMs);
    if (window === null) return [];
    const outlook = projectWindow({ ...basis, verdict: evaluateWindow(basis, window) });
    return outlook === null || outlook.pMiss === null ? [] : [{ pMiss: outlook.pMiss, missed }];
  });
}

/** One simulated year of a regime, projected at five points of each of its months. */
export function foretellYear(regime: Regime, random: () => number): Foretold[] {
  const year = simulateYear(regime, random);
  const months = Array.from({ length: 11 }, (_, i) => `2025-${String(i + 3).padStart(2, "0")}`).filter((month) => month <= "2025-12");
  return [...months, "2026-01"].flatMap((month) => foretell(year, month));
}

export interface Bucket {
  readonly from: number;
  readonly count: number;
  readonly foretold: number;
  readonly observed: number;
}

export interface Calibration {
  readonly count: number;
  readonly brier: number;
  /** Brier score of always saying the share that was missed. */
  readonly baseBrier: number;
  /** Mean absolute difference of foretold and observed by tenth of P(miss), weighted by count. */
  readonly reliabilityError: number;
  readonly buckets: readonly Bucket[];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Brier 1950, Mon. Weather Rev. 78:1-3; reliability after Murphy 1973, J. Appl. Meteorol. 12:595-600. */
export function calibrationOf(foretold: readonly Foretold[]): Calibration {
  const base = mean(foretold.map(({ missed }) => Number(missed)));
  const groups = Map.groupBy(foretold, ({ pMiss }) => Math.min(9, Math.floor(pMiss * 10)));
  const buckets = [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([tenth, some]) => ({
      from: tenth / 10,
      count: some.length,
      foretold: mean(some.map(({ pMiss }) => pMiss)),
      observed: mean(some.map(({ missed }) => Number(missed))),
    }));
  return {
    count: foretold.length,
    brier: mean(foretold.map(({ pMiss, missed }) => (pMiss - Number(missed)) ** 2)),
    baseBrier: base * (1 - base),
    reliabilityError:
      buckets.reduce((sum, bucket) => sum + Math.abs(bucket.foretold - bucket.observed) * bucket.count, 0) / foretold.length,
    buckets,
  };
}
