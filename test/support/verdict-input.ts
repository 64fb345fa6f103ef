import type { Target } from "../../shared/agreement/agreement.ts";
import type { DaySums } from "../../shared/agreement/day-sums.ts";
import type { EvaluationInput } from "../../shared/agreement/evaluation-input.ts";
import { tallyOf } from "../../shared/agreement/tally.ts";
import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import type { CounterId } from "../../shared/metrics/counter.ts";
import { buildTarget, contextOf, intervalFeed } from "./target-case.ts";

export const DAY = {
  kind: "day",
  part: false,
  start: "2026-03-02",
  fromMs: Date.parse("2026-03-02T00:00:00Z"),
  toMs: Date.parse("2026-03-03T00:00:00Z"),
} as const;
export const CLOSED: VerdictWindow = { ...DAY, open: false };
export const OPEN: VerdictWindow = { ...DAY, open: true };

export const AHT: Partial<Target> = { measure: { metric: "aht" }, direction: "at-most", expected: "3:00" };
const FEED = intervalFeed([
  "offered",
  "answered",
  "abandoned",
  "answered-within-20000",
  "handle-ms",
  "csat-1",
  "csat-2",
  "csat-3",
  "csat-4",
  "csat-5",
]);

export type Counts = Partial<Record<CounterId, number>>;

/** The input of one target whose counters stand at `counts`; `null` stands for a day without any interval. */
export function verdictInput(
  target: Partial<Target>,
  counts: Counts | null,
  change: Partial<EvaluationInput> & { days?: Partial<DaySums> } = {},
): EvaluationInput {
  const { agreement, term, targets } = contextOf([buildTarget(target)], {}, [FEED]);
  const [compiled] = targets;
  if (compiled === undefined) throw new Error("the context has no target");
  const { days = {}, ...rest } = change;
  const totals = compiled.counters.map((id) => counts?.[id] ?? 0);
  const sums: DaySums = {
    intervals: counts === null ? 0 : 4,
    incomplete: 0,
    outside: 0,
    excluded: 0,
    judged: 0,
    passed: 0,
    totals,
    lastStartMs: counts === null ? null : DAY.fromMs,
    claim: null,
    ...days,
  };
  return {
    agreement,
    term,
    compiled,
    window: CLOSED,
    says: "2026-03-02T00:00:00Z to 2026-03-03T00:00:00Z",
    adjusted: tallyOf(compiled, [{ day: DAY.start, sums }], null),
    recomputed: null,
    ifAllAccepted: null,
    notes: [],
    measured: true,
    intervalMs: 900_000,
    receivedMs: DAY.toMs,
    silentSinceMs: null,
    ...rest,
  };
}

export function serviceLevel(within: number, answered: number, abandoned = 0): Counts {
  return { "answered-within-20000": within, answered, abandoned };
}
