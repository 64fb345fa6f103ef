import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { FeedHealth } from "../../shared/protocol/live.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { beat } from "../../shared/store/uptime.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { COUNTS, quarterFile } from "../support/live-case.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const EXPECTED = { every: "PT15M", grace: "PT5M" };
const DAY = "2026-03-02";

let stage: WorkerStage;
let made = 0;
beforeAll(async () => {
  stage = await startWorkerStage(at("09:00:00"));
});
afterAll(async () => {
  await stage.stop();
});

function at(clock: string): number {
  return Date.parse(`${DAY}T${clock}Z`);
}

/** An agreement with feeds `calls`, `calls-1` and so on, each due every quarter of an hour. */
async function begin(count: number): Promise<string> {
  const id = `silence-${(made += 1)}`;
  stage.nowMs = at("09:00:00");
  await stage.redis.del("{people}:pulse", "{people}:away");
  const feeds = Array.from({ length: count }, (_, i) => {
    const feed = intervalFeed(COUNTS, { timeZone: "UTC", expected: EXPECTED });
    return i === 0 ? feed : { ...feed, id: `calls-${i}`, name: `Calls ${i}` };
  });
  const agreement = { ...buildAgreement({ id }), timeZone: "UTC", targets: [buildTarget({ windows: ["day" as const] })] };
  await putDocuments(stage.redis, { agreement, feeds, nowMs: stage.nowMs });
  return id;
}

async function handInAll(id: string, count: number, start: string): Promise<void> {
  for (let i = 0; i < count; i++)
    await stage.handIn(id, i === 0 ? "calls" : `calls-${i}`, quarterFile(`${DAY}T${start}:00Z`, 90 + (i % 10)));
}

async function now(clock: string, id: string): Promise<{ alerts: Alert[]; feeds: FeedHealth[] }> {
  stage.nowMs = at(clock);
  await tick(stage.parts, id);
  const snapshot = await readSnapshot(stage.redis, id, stage.nowMs);
  const isOfFeed = ({ subject }: Alert): boolean => subject.kind !== "target";
  return { alerts: snapshot?.alerts.filter(isOfFeed) ?? [], feeds: snapshot?.feeds ?? [] };
}

type Half = "server" | "workers";
const BOTH: readonly Half[] = ["server", "workers"];

/** Halves of Accord at work from one time to another. */
async function alive(from: string, to = from, halves = BOTH): Promise<void> {
  for (let ms = at(from); ms < at(to) + 1; ms += 50_000) for (const half of halves) await beat(stage.redis, half, ms);
  for (const half of halves) await beat(stage.redis, half, at(to));
}

describe("our own outage", () => {
  it("of an hour with 40 feeds gives one alert for both sides, and not one about a feed", async () => {
    const id = await begin(40);
    stage.nowMs = at("10:00:00");
    await handInAll(id, 40, "09:45");
    await alive("10:05:30");
    await alive("11:05:00", "11:05:00", ["workers"]);
    expect(await now("11:05:01", id)).toMatchObject({ alerts: [] });
    await alive("11:05:03", "11:05:03", ["server"]);
    const back = await now("11:05:04", id);
    expect(back.alerts).toMatchObject([
      {
        subject: { kind: "pipeline" },
        severity: "warning",
        headline: "Accord was away 10:05-11:05 UTC; silence in that time proves nothing",
      },
    ]);
    expect(back.alerts[0]?.audience).toBeUndefined();
    expect(back.feeds.every(({ state }) => state === "fresh")).toBe(true);
    expect((await now("11:05:05", id)).alerts).toHaveLength(1);
    await alive("11:05:03", "11:22:00");
    expect((await now("11:20:00", id)).alerts).toHaveLength(1);
    // Who stays silent is late one cadence later.
    const later = await now("11:22:00", id);
    expect(later.alerts.filter(({ subject }) => subject.kind === "feed")).toHaveLength(40);
    expect(later.feeds.every(({ state }) => state === "late")).toBe(true);
  });

  it("of the server alone is ours too, while it lasts", async () => {
    const id = await begin(1);
    stage.nowMs = at("10:00:00");
    await handInAll(id, 1, "09:45");
    await alive("10:10:00");
    await alive("10:10:00", "10:41:00", ["workers"]);
    expect(await now("10:40:00", id)).toMatchObject({ alerts: [], feeds: [{ state: "fresh" }] });
    await alive("10:41:00", "10:41:00", ["server"]);
    expect((await now("10:41:01", id)).alerts).toMatchObject([{ subject: { kind: "pipeline" } }]);
  });

  it("changes nothing for a feed that had fallen silent before", async () => {
    const id = await begin(1);
    stage.nowMs = at("10:00:00");
    await handInAll(id, 1, "09:45");
    await alive("10:30:00");
    await now("10:30:00", id);
    await alive("11:30:00");
    const both = (await now("11:30:01", id)).alerts;
    expect(new Map(both.map(({ subject, status }) => [subject.kind, status]))).toEqual(
      new Map([
        ["feed", "open"],
        ["pipeline", "open"],
      ]),
    );
  });

  it("is no outage when it is a restart of a few seconds", async () => {
    const id = await begin(1);
    stage.nowMs = at("10:00:00");
    await handInAll(id, 1, "09:45");
    await alive("10:05:00");
    await alive("10:05:50");
    expect((await now("10:06:00", id)).alerts).toEqual([]);
  });
});

describe("a feed", () => {
  it("whose file waits to be read is not late: the backlog is ours", async () => {
    const id = await begin(1);
    stage.nowMs = at("10:00:00");
    await handInAll(id, 1, "09:45");
    stage.nowMs = at("10:14:00");
    await stage.accept(id, "calls", bytes());
    await stage.redis.set(`{a:${id}}:lease`, "another");
    expect((await now("10:21:00", id)).alerts).toEqual([]);
    await stage.redis.del(`{a:${id}}:lease`);
  });

  it("shows its heartbeats: on time, late, with refused rows, missing", async () => {
    const id = await begin(1);
    for (const [clock, start] of [
      ["10:00:00", "09:45"],
      ["10:14:00", "10:00"],
      ["10:34:00", "10:15"],
    ] as const) {
      stage.nowMs = at(clock);
      await handInAll(id, 1, start);
    }
    const { feeds } = await now("11:16:00", id);
    expect(feeds[0]).toMatchObject({ state: "silent", beats: "oolmm" });
  });
});

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(quarterFile(`${DAY}T10:00:00Z`, 80));
}
