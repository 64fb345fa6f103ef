import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { FeedReport } from "../../shared/protocol/feed-report.ts";
import { FeedReport as FeedReportSchema } from "../../shared/protocol/feed-report.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readFeedReport } from "../../shared/store/feed-report.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { questionFeeds } from "../../workers/deadlines/suspicion-round.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { COUNTS, type LiveCase, startLiveCase } from "../support/live-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

let stage: WorkerStage;
let made = 0;
beforeAll(async () => {
  stage = await startWorkerStage(0);
});
afterAll(async () => {
  await stage.stop();
});

async function begin(): Promise<LiveCase> {
  return await startLiveCase(stage, {
    id: `report-${(made += 1)}`,
    now: "2026-03-02T08:00:00Z",
    expected: { every: "PT15M", grace: "PT5M" },
  });
}

/** Quarters from 8:00, of which `counts` gives what was answered and what in time. */
function rows(counts: readonly (readonly [number, number])[]): string {
  const clock = (i: number): string => `${String(8 + Math.floor(i / 4)).padStart(2, "0")}:${String((i % 4) * 15).padStart(2, "0")}`;
  return `date,time,${COUNTS.join(",")}\n${counts.map(([answered, within], i) => `2026-03-02,${clock(i)},${answered},0,${within}`).join("\n")}\n`;
}

async function report(live: LiveCase): Promise<FeedReport> {
  return FeedReportSchema.parse(await readFeedReport(stage.redis, `${live.id}.calls`, stage.nowMs));
}

async function suspects(live: LiveCase): Promise<Alert[]> {
  const snapshot = await readSnapshot(stage.redis, live.id, stage.nowMs);
  return snapshot?.alerts.filter(({ subject }) => subject.kind === "feed-suspect") ?? [];
}

describe("the report of a feed", () => {
  it("says how complete the month is, what is missing, how late files come and how many rows were refused", async () => {
    const live = await begin();
    live.at("2026-03-02T08:20:00Z");
    await live.quarter("2026-03-02T08:00", 90);
    live.at("2026-03-02T08:33:00Z");
    await live.quarter("2026-03-02T08:15", 80);
    live.at("2026-03-02T09:31:00Z");
    await stage.handIn(
      live.id,
      "calls",
      "date,time,answered,abandoned,answered-within-20000\n2026-03-02,09:15,100,0,70\n2026-03-02,09:00,x,0,1\n",
    );
    live.at("2026-03-02T09:50:00Z");
    await tick(stage.parts, live.id);
    const found = await report(live);
    expect(found).toMatchObject({
      month: "2026-03",
      unit: "interval",
      queues: [{ expected: 6, present: 3 }],
      gaps: [{ fromMs: Date.parse("2026-03-02T08:30:00Z"), toMs: Date.parse("2026-03-02T09:15:00Z"), count: 3 }],
      lag: { p50Ms: 180_000, p90Ms: 300_000, intervals: 3 },
      errors: { receipts: 3, rows: 4, refused: 1, refusedFiles: 0 },
      suspicions: [],
    });
    expect(found.receipts).toHaveLength(3);
    expect(found.feed.beats?.at(-1)).toBe("r");
  });

  it("is not there for a feed that is not", async () => {
    const live = await begin();
    expect(await readFeedReport(stage.redis, `${live.id}.chats`, stage.nowMs)).toBeNull();
  });
});

describe("suspicious counts", () => {
  it("raise one alert, however often they are looked at, which ends when the counts were corrected", async () => {
    const live = await begin();
    live.at("2026-03-02T12:00:00Z");
    await stage.handIn(live.id, "calls", rows(Array.from({ length: 12 }, () => [120, 100] as const)));
    for (let i = 0; i < 3; i++) await questionFeeds(stage.parts, live.id);
    expect(await suspects(live)).toMatchObject([{ episode: 1, seq: 1, status: "open", severity: "warning" }]);
    expect((await report(live)).suspicions).toMatchObject([{ question: expect.stringContaining("the same counts 12 times in a row") }]);
    await stage.handIn(live.id, "calls", rows(Array.from({ length: 12 }, (_, i) => [113 + i, 90 + i] as const)));
    await questionFeeds(stage.parts, live.id);
    expect(await suspects(live)).toMatchObject([{ episode: 1, seq: 2, status: "resolved" }]);
  });
});

describe("a feed that cannot be fetched", () => {
  it("is in trouble in the words of its last attempt, which its provider is told", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T07:45", 90);
    const keys = agreementKeys(live.id);
    const source = { kind: "http", url: "https://files.example.com/calls.csv", auth: { kind: "none" } };
    const settings = { source, schedule: { kind: "every", minutes: 15 }, sealedSecret: null, changedAtMs: 0, changedBy: "P" };
    const run = {
      startedAtMs: 1,
      endedAtMs: 2,
      result: "failed",
      message: "The server answered 503.",
      remedy: "Ask.",
      files: 0,
      bytes: 0,
      receipts: [],
    };
    const state = {
      state: "failing",
      failuresInRow: 3,
      retryAtMs: null,
      runningSinceMs: null,
      lastRunAtMs: 2,
      lastSuccessAtMs: null,
      offeredHostKey: null,
      runs: [run],
    };
    live.at("2026-03-02T08:00:30Z");
    await stage.handIn(live.id, "calls", Buffer.from("nothing of the kind\n"));
    expect((await live.alert("feed.calls"))?.headline).toBe('Feed "Calls" fails: its last file was refused as a whole');
    await stage.redis.hset(keys.pullSettings, "calls", JSON.stringify(settings));
    await stage.redis.hset(keys.pulls, "calls", JSON.stringify(state));
    live.at("2026-03-02T08:01:00Z");
    for (let i = 0; i < 3; i++) await live.tick();
    expect((await report(live)).feed.trouble).toBe("The server answered 503.");
    expect(await live.alert("feed.calls")).toMatchObject({
      severity: "warning",
      audience: "provider",
      headline: 'Feed "Calls" cannot be fetched: The server answered 503.',
      history: [{ kind: "raised" }, { kind: "changed" }],
    });
  });
});
