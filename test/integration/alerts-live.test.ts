import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { publish } from "../../workers/evaluate/publish.ts";
import { applyFile } from "../../workers/ingest/apply-file.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { type LiveCase, quarterFile, startLiveCase } from "../support/live-case.ts";
import { actAsLead } from "../support/test-alert.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const DAY = "service-level.day.2026-03-02";

describe("alerts of the living system", () => {
  let stage: WorkerStage;

  beforeAll(async () => {
    stage = await startWorkerStage(Date.parse("2026-03-02T10:00:00Z"));
  });
  afterAll(async () => await stage?.stop());

  async function begin(options: Partial<Parameters<typeof startLiveCase>[1]> = {}): Promise<LiveCase> {
    return await startLiveCase(stage, { id: `a-${randomUUID().slice(0, 8)}`, now: "2026-03-02T10:00:00Z", ...options });
  }

  async function acknowledge(live: LiveCase, alertId: string, seenSeq: number, redis: Redis = stage.redis) {
    return await actAsLead(redis, { agreementId: live.id, alertId, seenSeq, nowMs: stage.nowMs });
  }

  /** Every entry has the next number, and every transition of every alert was told exactly once, in its order. */
  async function expectWholeStory(live: LiveCase): Promise<void> {
    const entries = await live.entries();
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
    const told = entries.flatMap(({ event }) => (event.kind === "alert:changed" ? [event.alert] : []));
    for (const { id, history } of await live.alerts()) {
      const seen = told.filter((alert) => alert.id === id);
      const steps = seen.map((alert, i) => alert.history.slice(seen[i - 1]?.seq ?? 0).map(({ seq }) => seq));
      expect(steps.flat()).toEqual(history.map(({ seq }) => seq));
      expect(steps.every((step) => step.length > 0)).toBe(true);
    }
  }

  it("a breach raises a warning with number 1, and recovery resolves it", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    expect(await live.day("2026-03-02")).toMatchObject({ status: "at-risk", value: { num: 50, den: 100 } });
    expect(await live.alert(DAY)).toMatchObject({
      id: `${DAY}.1`,
      status: "open",
      severity: "warning",
      seq: 1,
      history: [{ seq: 1, kind: "raised", by: "Accord" }],
    });
    live.at("2026-03-02T11:00:00Z");
    for (const quarter of ["10:00", "10:15"]) await live.quarter(`2026-03-02T${quarter}`, 100);
    expect(await live.alert(DAY)).toMatchObject({ status: "resolved", seq: 2, resolution: { atMs: Date.parse("2026-03-02T11:00:00Z") } });
    await live.quarter("2026-03-02T10:30", 0);
    expect(await live.alerts()).toMatchObject([{ id: `${DAY}.1`, status: "open", reopened: 1, resolution: null }]);
    await expectWholeStory(live);
  });

  it("a day that ends missed worsens its alert once and takes the acknowledgement away", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    await acknowledge(live, `${DAY}.1`, 1);
    live.at("2026-03-02T23:59:59.999Z");
    await live.tick();
    expect(await live.alert(DAY)).toMatchObject({ status: "acknowledged", severity: "warning", seq: 2 });
    live.at("2026-03-03T00:00:00Z");
    for (let again = 0; again < 3; again++) await live.tick();
    expect(await live.day("2026-03-02")).toMatchObject({ status: "missed", window: { open: false } });
    const snapshot = await readSnapshot(stage.redis, live.id, stage.nowMs);
    expect(snapshot?.verdicts.map(({ window, status }) => `${window.start} ${status}`).toSorted()).toEqual([
      "2026-03-02 missed",
      "2026-03-03 no-data",
    ]);
    expect(await live.alert(DAY)).toMatchObject({
      status: "open",
      severity: "critical",
      seq: 3,
      acknowledgement: null,
      history: [{ kind: "raised" }, { kind: "acknowledged" }, { kind: "worsened" }],
    });
    await expectWholeStory(live);
  });

  it("yesterday's windows close too when data comes after midnight before the clock's round", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    live.at("2026-03-03T00:00:00.500Z");
    await live.quarter("2026-03-03T00:00", 100);
    expect(await live.day("2026-03-02")).toMatchObject({ status: "missed", window: { open: false } });
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "escalated 14:00", "worsened 00:00"]);
  });

  it("windows close after a sleep of months, and open again for a clock that was set back", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    live.at("2026-09-20T12:00:00Z");
    await live.tick();
    expect(await live.day("2026-03-02")).toMatchObject({ status: "missed" });
    const next = await begin();
    await next.quarter("2026-03-02T09:45", 50);
    next.at("2026-03-03T12:00:00Z");
    await next.tick();
    next.at("2026-03-02T12:00:00Z");
    await next.tick();
    expect(await next.day("2026-03-02")).toMatchObject({ status: "at-risk", window: { open: true } });
    next.at("2026-03-03T00:00:00Z");
    await next.tick();
    expect(await next.day("2026-03-02")).toMatchObject({ status: "missed", window: { open: false } });
  });

  it("a person who acknowledges while the worker publishes is heard: the publication is done anew", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    const worker = stage.anotherWorker();
    const call = worker.redis.call.bind(worker.redis);
    let raced = false;
    Object.defineProperty(worker.redis, "call", {
      value: async (command: string, args: (string | number | Buffer)[]) => {
        if (!raced && args.some((arg) => String(arg).includes(":op:settle-"))) {
          raced = true;
          await acknowledge(live, `${DAY}.1`, 1);
        }
        return await call(command, args);
      },
    });
    const receipt = await stage.accept(
      live.id,
      "calls",
      once(quarterFile("2026-03-02T10:00", 100) + quarterFile("2026-03-02T10:15", 100).split("\n")[1] + "\n"),
    );
    await drive(worker, live.id);
    expect(raced).toBe(true);
    expect(await readReceipt(stage.redis, receipt.id)).toMatchObject({ state: "applied", attempts: 1, counts: { applied: 2 } });
    expect(await live.alert(DAY)).toMatchObject({
      status: "resolved",
      seq: 3,
      acknowledgement: { by: "Q. Lead" },
      history: [{ kind: "raised" }, { kind: "acknowledged" }, { kind: "resolved" }],
    });
    await expectWholeStory(live);
  });

  it("of two who acknowledge at once one is first and the other learns who was", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    const other = stage.anotherWorker().redis;
    const results = await Promise.allSettled([acknowledge(live, `${DAY}.1`, 1), acknowledge(live, `${DAY}.1`, 1, other)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(String(refused?.reason)).toContain("Q. Lead acknowledged it 0 s before you, at 2026-03-02T10:00:00.000Z");
    expect(await live.alert(DAY)).toMatchObject({ seq: 2 });
    await expectWholeStory(live);
  });

  it("a late feed warns its provider, a silent one tells both, freezes its verdicts and resolves only when it delivers", async () => {
    const live = await begin({ expected: { every: "PT15M", grace: "PT5M" } });
    await live.quarter("2026-03-02T09:45", 50);
    live.at("2026-03-02T10:16:00Z");
    await live.tick();
    expect((await live.alerts()).map(({ id }) => id)).toEqual([`${DAY}.1`]);
    live.at("2026-03-02T10:20:00Z");
    await live.tick();
    expect(await live.alert("feed.calls")).toMatchObject({
      severity: "warning",
      audience: "provider",
      headline: 'Feed "Calls" is late: due 10:15 UTC; the client is told at 10:20 UTC',
    });
    expect(await live.day("2026-03-02")).toMatchObject({ status: "at-risk" });
    live.at("2026-03-02T10:20:01Z");
    await live.tick();
    expect(await live.alert("feed.calls")).toMatchObject({
      id: "feed.calls.1",
      severity: "critical",
      seq: 2,
      headline: 'Feed "Calls" is silent: last data 10:00 UTC',
    });
    expect((await live.alert("feed.calls"))?.audience).toBeUndefined();
    expect(await live.day("2026-03-02")).toMatchObject({ status: "no-data", reason: "The feed is silent although data is due." });
    expect(await live.alert(DAY)).toMatchObject({ status: "open", parent: "feed.calls.1", escalateAtMs: null });
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "frozen 10:20", "attached 10:20"]);
    live.at("2026-03-02T10:25:00Z");
    await live.quarter("2026-03-02T10:00", 60);
    expect(await live.alert("feed.calls")).toMatchObject({ status: "resolved", seq: 3, headline: 'Feed "Calls" delivers again' });
    expect(await live.day("2026-03-02")).toMatchObject({ status: "at-risk", value: { num: 110, den: 200 } });
    expect((await live.happened(DAY)).slice(3)).toEqual(["thawed 10:25", "released 10:25"]);
    expect(await live.alert(DAY)).toMatchObject({ status: "open", parent: null, escalateAtMs: Date.parse("2026-03-02T14:25:00Z") });
    await expectWholeStory(live);
  });

  it("a silence that lasts over the night is one silence: opening time is no delivery", async () => {
    const serviceHours = [{ days: ["mon" as const, "tue" as const], from: "08:00", to: "18:00" }];
    const live = await begin({ expected: { every: "PT15M", grace: "PT5M" }, agreement: { serviceHours } });
    await live.quarter("2026-03-02T09:45", 100);
    for (const now of [
      "2026-03-02T17:59:00Z",
      "2026-03-02T18:00:01Z",
      "2026-03-03T08:00:01Z",
      "2026-03-03T08:10:00Z",
      "2026-03-03T08:20:01Z",
    ]) {
      live.at(now);
      await live.tick();
    }
    expect(await live.alerts()).toMatchObject([{ id: "feed.calls.1", status: "open", episode: 1, reopened: 0 }]);
    await live.quarter("2026-03-03T08:00", 100);
    expect(await live.alerts()).toMatchObject([{ id: "feed.calls.1", status: "resolved", episode: 1, reopened: 0 }]);
  });

  it("a day that had ended before the agreement came onto the board raises nothing", async () => {
    const live = await begin();
    await live.quarter("2026-03-01T09:45", 0);
    expect(await live.day("2026-03-01")).toMatchObject({ status: "missed" });
    expect(await live.alerts()).toEqual([]);
  });

  it("a late correction of a day that had ended resolves its alert", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    live.at("2026-03-03T00:00:00Z");
    await live.tick();
    live.at("2026-03-04T09:00:00Z");
    await live.quarter("2026-03-02T09:45", 95);
    expect(await live.day("2026-03-02")).toMatchObject({ status: "met" });
    expect(await live.alert(DAY)).toMatchObject({ status: "resolved", restated: "voided" });
    expect((await live.happened(DAY)).at(-1)).toEqual("voided 09:00");
  });

  it("a file that is half applied when its worker dies shows in no verdict until it is whole", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 90);
    const receipt = await stage.accept(live.id, "calls", once(quarterFile("2026-03-02T10:00", 0)));
    const [stored, lease] = [await readAgreement(stage.redis, live.id), await Lease.acquire(stage.redis, live.id, "dies")];
    if (stored === null || lease === null) throw new Error("nothing to apply to");
    await applyFile(stage.parts, { stored, receipt, fence: lease.token });
    const before = await live.day("2026-03-02");
    await lease.release();
    const held = await Lease.acquire(stage.redis, live.id, "publishes");
    if (held === null) throw new Error("the lease was released");
    await publish({
      redis: stage.redis,
      stored,
      fence: held.token,
      nowMs: stage.nowMs,
      operationId: "tick-test",
      settles: null,
      revisit: new Set(["2026-03-02"]),
      openReceipts: 1,
    });
    expect(await live.day("2026-03-02")).toEqual(before);
    await held.release();
    await drive(stage.parts, live.id);
    expect(await live.day("2026-03-02")).toMatchObject({ status: "at-risk", value: { num: 90, den: 200 } });
    expect(await live.alert(DAY)).toMatchObject({ seq: 1 });
  });

  it("the same publication sent twice has one effect on verdicts, alerts, ledger and stream", async () => {
    const live = await begin();
    await live.quarter("2026-03-02T09:45", 50);
    live.at("2026-03-03T00:00:00Z");
    const keys = agreementKeys(live.id);
    const [stored, lease] = [await readAgreement(stage.redis, live.id), await Lease.acquire(stage.redis, live.id, "twice")];
    if (stored === null || lease === null) throw new Error("nothing to publish");
    const publication = {
      redis: stage.redis,
      stored,
      fence: lease.token,
      nowMs: stage.nowMs,
      operationId: "tick-twice",
      settles: null,
      revisit: new Set<string>(),
      openReceipts: 0,
    };
    await publish(publication);
    const [entries, leaves] = [(await live.entries()).length, await stage.redis.llen(keys.ledger)];
    await publish(publication);
    await lease.release();
    expect([(await live.entries()).length, await stage.redis.llen(keys.ledger)]).toEqual([entries, leaves]);
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "escalated 14:00", "worsened 00:00"]);
    await expectWholeStory(live);
  });
});

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
