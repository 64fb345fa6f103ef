import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { layoutOf } from "../../../../shared/feeds/layout.ts";
import { readRows } from "../../../../shared/feeds/read-feed.ts";
import { contactRows, countRows } from "../../../../shared/feeds/row-kinds.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { advance } from "../../../../workers/simulate/advance.ts";
import type { FinishedCall } from "../../../../workers/simulate/centre/call.ts";
import { LISBON, MANILA } from "../../../../workers/simulate/demo.ts";
import { callRecords } from "../../../../workers/simulate/exports/call-records.ts";
import { cmsExport } from "../../../../workers/simulate/exports/cms-export.ts";
import type { SplitInterval } from "../../../../workers/simulate/exports/split-interval.ts";
import { surveyExport } from "../../../../workers/simulate/exports/survey-export.ts";
import { beginSimulation, type Simulation } from "../../../../workers/simulate/simulation.ts";

async function definition(name: string): Promise<FeedDefinition> {
  const file = fileURLToPath(new URL(`../../../../docs/examples/demo/${name}`, import.meta.url));
  return FeedDefinition.parse(parse(await readFile(file, "utf8")));
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function rowsOf<Row>(
  batches: AsyncIterable<{
    kind: string;
    rows?: readonly { row: Row | null; problems: readonly unknown[] }[];
    problems?: readonly unknown[];
  }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) {
    expect(batch.problems ?? []).toEqual([]);
    for (const { row, problems } of batch.rows ?? []) {
      expect(problems).toEqual([]);
      if (row !== null) rows.push(row);
    }
  }
  return rows;
}

const RUNS = 8;
const TIMEOUT_MS = 30_000;

/** Days of both call centres, from any start: the last ones in October contain Lisbon's change of the clocks. */
const histories = fc.record({
  seed: fc.stringMatching(/^[a-z]{1,8}$/u),
  startS: fc.integer({ min: Date.UTC(2026, 2, 27) / 86_400_000, max: Date.UTC(2026, 10, 20) / 86_400_000 }),
});

function simulate({ seed, startS }: { seed: string; startS: number }, days = 2): Simulation {
  const fromS = startS * 86_400;
  return advance(beginSimulation(seed, fromS), { toS: fromS + days * 86_400, live: false, pastEndsS: fromS + days * 86_400 });
}

function contactOf(call: FinishedCall): object {
  const outcome = { answered: "answered", abandoned: "abandoned", "left-in-menu": "left-before-queue", "line-test": "not-a-contact" }[
    call.outcome
  ];
  const handleMs = (call.talkS + call.holdS + call.acwS) * 1000;
  return { queue: "service", startMs: (call.queuedS - call.menuS) * 1000, outcome, waitMs: call.waitS * 1000, handleMs };
}

function countsOf(interval: SplitInterval): Partial<Record<CounterId, number>> {
  return {
    offered: interval.answered + interval.abandoned,
    answered: interval.answered,
    abandoned: interval.abandoned,
    "answered-within-20000": interval.acceptable,
    "abandoned-within-20000": interval.abandonedAcceptable,
    "abandoned-within-5000": interval.abandonedInFirstPeriod,
    "answer-wait-ms": interval.answerWaitS * 1000,
    "abandon-wait-ms": interval.abandonWaitS * 1000,
    "talk-ms": interval.talkS * 1000,
    "hold-ms": interval.holdS * 1000,
    "acw-ms": interval.acwS * 1000,
  };
}

describe("the files of the demonstration", () => {
  it(
    "give the switch's own counts back through the feed of the demo agreement",
    async () => {
      const feed = await definition("voice-intervals-feed.yaml");
      if (feed.kind !== "interval") throw new TypeError("the feed is not one of intervals");
      const { counters } = layoutOf(feed);
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const intervals = simulate(history).intervals.toSorted((a, b) => a.startS - b.startS || a.split.localeCompare(b.split));
          const rows = await rowsOf(readRows(feed, countRows(feed), bytesOf(cmsExport(MANILA.zone, intervals))));
          expect(rows.map(({ queue, startMs }) => [queue, startMs])).toEqual(intervals.map(({ split, startS }) => [split, startS * 1000]));
          expect(rows.map((row) => row.counters)).toEqual(intervals.map((interval) => counters.map((id) => countsOf(interval)[id])));
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it(
    "give every call back, in the nights the clocks change as well",
    async () => {
      const feed = await definition("call-records-feed.yaml");
      if (feed.kind !== "contact") throw new TypeError("the feed is not one of contacts");
      const check = async (history: { seed: string; startS: number }): Promise<void> => {
        const { calls } = simulate(history);
        const rows = await rowsOf(readRows(feed, contactRows(feed), bytesOf(callRecords(LISBON.zone, calls))));
        expect(rows).toHaveLength(calls.length);
        expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(calls.length);
        rows.forEach((row, index) => expect(row).toMatchObject(contactOf(calls[index] ?? raise("a call is missing"))));
      };
      await fc.assert(fc.asyncProperty(histories, check), { numRuns: RUNS });
      for (const day of [Date.UTC(2026, 2, 28), Date.UTC(2026, 9, 24)]) await check({ seed: "clocks", startS: day / 86_400_000 });
    },
    TIMEOUT_MS,
  );

  it("give every answer to the survey back", async () => {
    const feed = await definition("surveys-feed.yaml");
    if (feed.kind !== "interval") throw new TypeError("the feed is not one of intervals");
    const surveys = simulate({ seed: "surveys", startS: Date.UTC(2026, 9, 23) / 86_400_000 }).surveys.toSorted(
      (a, b) => a.startS - b.startS,
    );
    const rows = await rowsOf(readRows(feed, countRows(feed), bytesOf(surveyExport(LISBON.zone, surveys))));
    expect(rows.map(({ startMs, counters }) => ({ startMs, counters }))).toEqual(
      surveys.map(({ startS, scores }) => ({ startMs: startS * 1000, counters: scores })),
    );
  });
});

function raise(message: string): never {
  throw new Error(message);
}
