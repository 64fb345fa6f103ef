import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateAll } from "../../../../shared/agreement/evaluate-all.ts";
import { createHistory } from "../../../../shared/agreement/history.ts";
import { type OtherCount, type Verdict, verdictKey } from "../../../../shared/agreement/verdict.ts";
import { daysBetween } from "../../../../shared/calendar/day.ts";
import { anyWorld } from "../../../support/naive-arbitrary.ts";
import {
  type NaiveCase,
  naiveCases,
  type NaiveDays,
  naiveWindows,
  type NaiveWorld,
  neighbour,
  startOf,
} from "../../../support/naive-calendar.ts";
import { naiveVerdict } from "../../../support/naive-oracle.ts";
import { intervalFeed } from "../../../support/target-case.ts";

const AGREEMENTS = process.env["ACCORD_TESTS"] === "full" ? 2000 : 600;
const COUNTERS = ["offered", "answered", "abandoned", "answered-within-20000", "handle-ms"] as const;
const PATIENCE_MS = 120_000;

function judged({ agreements, rows, exclusions, forecast, nowMs }: NaiveWorld): Verdict[] {
  const history = createHistory(agreements.map((agreement) => ({ agreement, feeds: [intervalFeed(COUNTERS)] })));
  const { counters: layout } = history.latest.layout("calls");
  const queues = [...Map.groupBy(rows, ({ queue }) => queue)].map(([queue, own]) => ({
    queue,
    intervals: own.map(({ startMs, counts: { offered, answered, abandoned, within, handleMs } }) => {
      const values = [offered, answered, abandoned, within, handleMs];
      const counters = layout.map((counter) => values[COUNTERS.findIndex((one) => one === counter)] ?? null);
      return { revision: 1, startMs, counters, claims: [] };
    }),
  }));
  const starts = rows.map(({ startMs }) => startMs);
  const span = { firstMs: Math.min(...starts), lastMs: Math.max(...starts) };
  return evaluateAll(history, new Map([["calls", { queues, span }]]), { nowMs, exclusions, forecast });
}

/** The windows of the days from the first to the last with data, and those that a small sample is joined to. */
function windowsOf(of: NaiveCase, kind: string): NaiveDays[] {
  const days = of.rows.map(({ day }) => day).toSorted();
  const spoken = daysBetween(days[0] ?? "", days.at(-1) ?? "");
  const months = of.agreement.volume?.unit === "month" ? spoken.flatMap((day) => naiveWindows(of, "month", day)) : [];
  const reached = new Set([...spoken, ...months.flatMap(({ first, last }) => daysBetween(first, last))]);
  const covering = [...reached].flatMap((day) => naiveWindows(of, kind, day));
  if (of.target.onLowSample !== "join-previous") return covering;
  const after = covering.flatMap((window) => neighbour(of, kind, window, "after") ?? []);
  return [...covering, ...after.filter(({ first }) => startOf(of, first) <= of.nowMs)];
}

/** One line per verdict, in which equal quotients read alike. */
function line(value: { num: bigint; den: bigint } | null, status: string): string {
  return `${status} ${value === null ? "-" : `${value.num}/${value.den}`}`;
}

function ofEngine(verdict: Verdict): string {
  const other = (count: OtherCount | null): string =>
    count === null ? "-" : line(count.value && { num: BigInt(count.value.num), den: BigInt(count.value.den) }, count.status);
  const { value, n, status, recomputed, ifAllAccepted } = verdict;
  return [other({ value, n, status }), `n ${n}`, verdict.default, other(recomputed), other(ifAllAccepted)].join(" | ");
}

function expectedOf(world: NaiveWorld): Map<string, string> {
  const found = new Map<string, string>();
  for (const of of naiveCases(world)) {
    for (const kind of of.target.windows) {
      for (const window of windowsOf(of, kind)) {
        const key = verdictKey(of.id, { kind, start: window.first });
        if (found.has(key)) continue;
        const { recomputed, ifAllAccepted, ...own } = naiveVerdict(of, kind, window);
        const [mine, bare, all] = [own, recomputed, ifAllAccepted].map((count) =>
          count === null ? "-" : line(count.value && { num: count.value[0], den: count.value[1] }, count.status),
        );
        found.set(key, [mine, `n ${own.value?.[1] ?? 0}`, own.default, bare, all].join(" | "));
      }
    }
  }
  return found;
}

describe("the engine and a naive reading of the documents", () => {
  it(
    "agree on every verdict of random agreements, versions, claims and histories over clock changes",
    () => {
      let count = 0;
      fc.assert(
        fc.property(anyWorld, (world) => {
          const expected = [...expectedOf(world)].map((entry) => entry.join(": ")).toSorted();
          const verdicts = judged(world).map((verdict) => `${verdictKey(verdict.targetId, verdict.window)}: ${ofEngine(verdict)}`);
          count += verdicts.length;
          expect(verdicts.toSorted()).toEqual(expected);
        }),
        { numRuns: AGREEMENTS, seed: 20_261_121 },
      );
      expect(count).toBeGreaterThan(17.5 * AGREEMENTS);
    },
    PATIENCE_MS,
  );
});
