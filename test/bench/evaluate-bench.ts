import { Agreement } from "../../shared/agreement/agreement.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { type AgreementContext, createContext } from "../../shared/agreement/context.ts";
import type { DayCounts } from "../../shared/agreement/day-sums.ts";
import { evaluateWindow } from "../../shared/agreement/evaluate-window.ts";
import type { WindowEvaluation } from "../../shared/agreement/window-evaluation.ts";
import { sumTargetDay } from "../../shared/agreement/target-day.ts";
import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import { daysOf, windowAt, windowsTouched } from "../../shared/agreement/windows.ts";
import { daysBetween } from "../../shared/calendar/day.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { median, say, whole } from "./report.ts";

const PAIRS = 21;
/** Short and many, so that what else the machine does falls on both sides alike. */
const CHANGE_PAIRS = 61;
const TARGETS = 20;
const QUEUES = 8;
const NOW_MS = Date.parse("2026-12-31T12:00:00Z");
const GOAL_PER_SECOND = 50_000;

const COUNTERS = ["offered", "answered", "abandoned", "answered-within-20000", "abandoned-within-5000"] as const;

const FEED = FeedDefinition.parse({
  accord: "feed/1",
  id: "calls",
  name: "Calls",
  timeZone: "UTC",
  format: { type: "delimited", delimiter: "comma" },
  start: { instant: { column: "start", format: "iso-8601" } },
  queue: { column: "queue", unknown: "keep-with-warning" },
  kind: "interval",
  intervalMinutes: 15,
  counters: Object.fromEntries(COUNTERS.map((counter) => [counter, { column: counter }])),
});

function contextFrom(effectiveFrom: string): AgreementContext {
  const targets = Array.from({ length: TARGETS }, (_, i) => ({
    id: `target-${i}`,
    name: `Target ${i}`,
    feed: "calls",
    queues: i % 2 === 0 ? "all" : ["q1", "q2", "q3"],
    measure: { metric: "service-level", variant: "short-excluded", withinSeconds: 20, shortAbandonSeconds: 5 },
    direction: "at-least",
    expected: `${70 + i} %`,
    minimum: "60 %",
    minimumSample: 100,
    windows: ["day", "month"],
  }));
  const agreement = Agreement.parse({
    accord: "agreement/1",
    id: "bench",
    name: "Bench",
    version: 1,
    parties: { client: "Client", provider: "Provider" },
    timeZone: "Europe/Berlin",
    effectiveFrom,
    serviceHours: [{ days: ["mon", "tue", "wed", "thu", "fri", "sat"], from: "06:00", to: "22:00" }],
    targets,
  });
  return createContext(agreement, [FEED]);
}

/** 96 quarters of every queue of a local day, the same for every day but for a shift. */
function intervalsOf(context: AgreementContext, day: string, shift: number): QueueIntervals[] {
  const { fromMs } = context.zone.dayRange(day);
  return Array.from({ length: QUEUES }, (_, queue) => ({
    queue: `q${queue}`,
    intervals: Array.from({ length: 96 }, (_quarter, i) => {
      const answered = 20 + ((i * 7 + queue + shift) % 23);
      const counters = [answered + 3, answered, 3, answered - ((i + shift) % 6), 1];
      return { revision: 1, startMs: fromMs + i * 900_000, counters, claims: [] };
    }),
  }));
}

type Sums = Map<CompiledTarget, Map<string, DayCounts>>;

function historyOf(context: AgreementContext, days: readonly string[]): Sums {
  const sums: Sums = new Map(context.targets.map((compiled) => [compiled, new Map<string, DayCounts>()]));
  days.forEach((day, i) => {
    const facts = { queues: intervalsOf(context, day, i), exclusions: [] };
    for (const compiled of context.targets) sums.get(compiled)?.set(day, sumTargetDay(context, compiled, day, facts));
  });
  return sums;
}

interface Work {
  readonly input: WindowEvaluation;
  readonly counts: ReadonlyMap<string, DayCounts>;
  readonly windows: readonly VerdictWindow[];
}

function workOf(context: AgreementContext, sums: Sums): Work[] {
  return context.targets.map((compiled) => {
    const counts = sums.get(compiled) ?? new Map<string, DayCounts>();
    const base = { context, compiled, nowMs: NOW_MS, receivedMs: NOW_MS, silentSinceMs: null };
    const input = { ...base, countsOf: (day: string) => counts.get(day), volumeOf: () => null, forecastOf: () => null };
    const days = daysBetween("2026-12-01", "2026-12-30");
    const windows = days.flatMap((day) => (["day", "month"] as const).flatMap((kind) => windowAt(context, kind, day, NOW_MS) ?? []));
    return { input, counts, windows };
  });
}

/** Every target in a day and a month window; returns windows per second. */
function evaluateOnce(work: readonly Work[]): number {
  const startedAt = performance.now();
  let [done, met] = [0, 0];
  for (const { input, windows } of work) {
    for (const window of windows) {
      if (evaluateWindow(input, window).status === "met") met++;
      done++;
    }
  }
  if (met === 0 || met === done) throw new Error("the bench must hold both met and missed windows");
  return done / ((performance.now() - startedAt) / 1000);
}

/** The peer: add the days of a window up and divide, with nothing checked and nothing said. */
function bareOnce(work: readonly Work[], daysByWindow: ReadonlyMap<string, readonly string[]>): number {
  const startedAt = performance.now();
  let [done, met] = [0, 0];
  for (const { counts, windows, input } of work) {
    const level = input.compiled.expected.mantissa / 10 ** input.compiled.expected.dp;
    for (const { kind, start } of windows) {
      let [num, den] = [0, 0];
      for (const day of daysByWindow.get(`${kind}.${start}`) ?? []) {
        const [within = 0, answered = 0, abandoned = 0, short = 0] = counts.get(day)?.recomputed.totals ?? [];
        num += within;
        den += answered + abandoned - short;
      }
      if (num / den >= level) met++;
      done++;
    }
  }
  if (met === 0) throw new Error("the peer must meet something");
  return done / ((performance.now() - startedAt) / 1000);
}

const CHANGES = 60;

/** One changed interval: its day is summed anew and its windows are judged. Microseconds per change. */
function changeOnce(context: AgreementContext, work: readonly Work[]): number {
  const [first] = work;
  const compiled = first?.input.compiled;
  if (first === undefined || compiled === undefined) throw new Error("there is no target");
  const day = "2026-12-15";
  const queues = intervalsOf(context, day, 3);
  const fresh = new Map<string, DayCounts>();
  const input = { ...first.input, countsOf: (each: string) => fresh.get(each) ?? first.counts.get(each) };
  const startedAt = performance.now();
  for (let i = 0; i < CHANGES; i++) {
    fresh.set(day, sumTargetDay(context, compiled, day, { queues, exclusions: [] }));
    for (const window of windowsTouched(context, compiled, [day], NOW_MS)) evaluateWindow(input, window);
  }
  return ((performance.now() - startedAt) / CHANGES) * 1000;
}

interface Case {
  readonly context: AgreementContext;
  readonly work: readonly Work[];
}

function caseFrom(first: string): Case {
  const context = contextFrom(first);
  return { context, work: workOf(context, historyOf(context, daysBetween(first, "2026-12-30"))) };
}

function benchSpeed({ context, work }: Case): void {
  const windows = work.flatMap((each) => each.windows);
  const daysByWindow = new Map(windows.map((window) => [`${window.kind}.${window.start}`, daysOf(context, window)]));
  const [accord, bare, noise]: [number[], number[], number[]] = [[], [], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    const [a, b] = [evaluateOnce(work), bareOnce(work, daysByWindow)];
    accord.push(a);
    bare.push(b);
    noise.push(evaluateOnce(work) / a);
  }
  say(`  median: ${whole(median(accord))} targets/s (goal >= ${whole(GOAL_PER_SECOND)}), A/A ${median(noise).toFixed(2)}`);
  say(
    `  bare sum and divide: ${whole(median(bare))} /s, so a verdict with its trace costs ${(median(bare) / median(accord)).toFixed(1)} times that`,
  );
}

function benchChange(month: Case, year: Case): void {
  const [short, long, noise]: [number[], number[], number[]] = [[], [], []];
  for (let pair = 0; pair < CHANGE_PAIRS; pair++) {
    const [a, b] = [changeOnce(month.context, month.work), changeOnce(year.context, year.work)];
    short.push(a);
    long.push(b);
    noise.push(changeOnce(month.context, month.work) / a);
  }
  const ratio = median(long.map((value, i) => value / (short[i] ?? NaN)));
  say(
    `  one changed interval: ${median(short).toFixed(0)} us with a month of history, ${median(long).toFixed(0)} us with 13 months; ratio ${ratio.toFixed(2)} (goal 0.80 to 1.20), A/A ${median(noise).toFixed(2)}`,
  );
}

/** Pure evaluation from loaded partial sums on one core, beside a bare sum, and what one changed interval costs by length of history. */
export function evaluateBench(): void {
  say(`evaluate: ${TARGETS} targets in day and month windows of a month, ${PAIRS} alternated runs`);
  const [month, year] = [caseFrom("2026-12-01"), caseFrom("2025-12-01")];
  evaluateOnce(year.work);
  for (const { context, work } of [month, year]) changeOnce(context, work);
  benchSpeed(year);
  benchChange(month, year);
}
