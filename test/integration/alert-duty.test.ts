import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Alert } from "../../shared/alerts/alert.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { COUNTS, type LiveCase, quarterFile, startLiveCase } from "../support/live-case.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { actAsLead } from "../support/test-alert.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const DAY = "service-level.day.2026-03-02";
const Notice = z.object({ alertId: z.string(), seq: z.int(), roles: z.array(z.string()), people: z.array(z.string()) });
const Notices = z.array(z.string().transform((text) => Notice.parse(JSON.parse(text))));

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse("2026-03-02T10:00:00Z"));
});
afterAll(async () => await stage?.stop());

function newId(): string {
  return `d-${randomUUID().slice(0, 8)}`;
}

/** An agreement whose day is at risk since 10:00. */
async function atRisk(options: Partial<Parameters<typeof startLiveCase>[1]> = {}): Promise<LiveCase> {
  const live = await startLiveCase(stage, { id: newId(), now: "2026-03-02T10:00:00Z", ...options });
  await live.quarter("2026-03-02T09:45", 50);
  return live;
}

/** What is to be delivered to people: alert, transition and the roles that are told. Machines get each step besides. */
async function outbox(id: string): Promise<string[]> {
  const notices = Notices.parse(await stage.redis.lrange(agreementKeys(id).outbox, 0, -1));
  return notices
    .filter(({ roles, people }) => roles.length + people.length > 0)
    .map(({ alertId, seq, roles }) => `${alertId} ${seq} ${roles.join("+")}`);
}

function act(live: LiveCase, input: Omit<Parameters<typeof actAsLead>[1], "agreementId" | "alertId" | "nowMs">): Promise<Alert> {
  return actAsLead(stage.redis, { agreementId: live.id, alertId: `${DAY}.1`, nowMs: stage.nowMs, ...input });
}

const COMMENT = { do: "comment", note: "two agents called in sick" } as const;
const CLOSE = { do: "close", cause: "staffing", note: "seen to" } as const;

describe("figures that change while an alert stands", () => {
  it("move neither the alert nor the stream, and are what it says as soon as somebody does something", async () => {
    const live = await atRisk();
    const alert = await live.alert(DAY);
    const entries = async (): Promise<number> =>
      (await stage.redis.xrange(agreementKeys(live.id).stream, "-", "+")).filter((entry) => entry.join().includes("alert:changed")).length;
    const before = await entries();
    expect(before).toBe(1);
    await live.quarter("2026-03-02T10:00", 40);
    expect([await live.alert(DAY), await entries()]).toEqual([alert, before]);
    const said = await act(live, { act: COMMENT });
    expect([alert?.headline, said.headline].map((text) => Number.parseFloat(/[\d.]+(?=\s%)/u.exec(text ?? "")?.[0] ?? ""))).toEqual([
      50, 45,
    ]);
    expect((await live.alert(DAY))?.headline).toBe(said.headline);
  });
});

describe("an alert that nobody answers", () => {
  it("goes to the next of the chain when that was due, however late and seldom a worker wakes", async () => {
    const seldom = await atRisk();
    seldom.at("2026-03-06T12:00:00Z");
    await seldom.tick();
    const often = await atRisk();
    for (const day of ["02", "03", "04", "05"])
      for (const clock of ["11:00", "14:00", "14:00", "23:59"]) {
        often.at(`2026-03-${day}T${clock}:00Z`);
        await often.tick();
      }
    often.at("2026-03-06T12:00:00Z");
    await often.tick();
    const told = await seldom.happened(DAY);
    expect(told.slice(0, 2)).toEqual(["raised 10:00", "escalated 14:00"]);
    expect(told.length).toBeGreaterThan(5);
    // That the day ended missed is evidence: it is known when somebody has looked.
    expect((await often.happened(DAY)).slice(0, 3)).toEqual(["raised 10:00", "escalated 14:00", "worsened 11:00"]);
    // What was missed in the meantime is told once, not as often as it would have been.
    expect(await outbox(seldom.id)).toHaveLength(2);
    expect((await outbox(often.id)).slice(0, 2)).toEqual([`${DAY}.1 1 provider`, `${DAY}.1 2 provider+qa-lead`]);
    expect(new Set(await outbox(often.id)).size).toBe((await outbox(often.id)).length);
  });

  it("is woken by its own deadline although the hint that wakes it was wrong", async () => {
    const live = await atRisk();
    const { alertDue } = agreementKeys(live.id);
    const dueMs = Date.parse("2026-03-02T14:00:00Z");
    expect(await stage.redis.zscore(alertDue, DAY)).toBe(String(dueMs));
    await stage.redis.zadd(alertDue, 1, DAY);
    await stage.redis.zadd(alertDue, 1, "nothing-of-the-kind");
    await live.tick();
    expect(await live.happened(DAY)).toEqual(["raised 10:00"]);
    expect(await stage.redis.zrange(alertDue, "0", "-1", "WITHSCORES")).toEqual([DAY, String(dueMs)]);
  });

  it("is asked about again when the promised update does not come, and is left alone when it clears", async () => {
    const live = await atRisk();
    await act(live, { act: { do: "acknowledge", note: "on it", dueMs: Date.parse("2026-03-02T11:00:00Z") } });
    live.at("2026-03-02T10:45:00Z");
    await act(live, { act: COMMENT });
    live.at("2026-03-02T12:30:00Z");
    await live.tick();
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "acknowledged 10:00", "commented 10:45", "acknowledgement-expired 11:45"]);
    for (const quarter of ["10:00", "10:15"]) await live.quarter(`2026-03-02T${quarter}`, 100);
    expect(await stage.redis.zcard(agreementKeys(live.id).alertDue)).toBe(0);
    expect(await stage.redis.smembers(agreementKeys(live.id).alertsActive)).toEqual([]);
  });

  it("of a former release is listed, resolves by evidence, and wakes nobody up for the years before", async () => {
    const live = await atRisk();
    const keys = agreementKeys(live.id);
    const { id, agreementId, subject, episode, headline, history } = (await live.alert(DAY)) ?? (await act(live, {}));
    const former = {
      id,
      agreementId,
      subject,
      episode,
      status: "open",
      severity: "warning",
      seq: 1,
      headline,
      raisedAtMs: 1,
      changedAtMs: 1,
    };
    await stage.redis.hset(keys.alerts, id, JSON.stringify({ ...former, acknowledgement: null, resolution: null, history }));
    await stage.redis.del(keys.alertTracks, keys.alertDue, keys.alertsActive);
    await stage.redis.hdel(keys.clock, "alerts");
    live.at("2026-03-02T10:30:00Z");
    await live.tick();
    expect(await stage.redis.smembers(keys.alertsActive)).toEqual([id]);
    for (const quarter of ["10:00", "10:15"]) await live.quarter(`2026-03-02T${quarter}`, 100);
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "resolved 10:30"]);
  });
});

describe("a person who acts", () => {
  it("on what is over learns what ended it and when, and it is recorded once", async () => {
    const live = await atRisk();
    for (const quarter of ["09:00", "09:15"]) await live.quarter(`2026-03-02T${quarter}`, 100);
    live.at("2026-03-02T10:00:04Z");
    const operationId = randomUUID();
    for (let again = 0; again < 3; again++)
      await expect(act(live, { operationId })).rejects.toThrow(
        /^The alert was resolved 4 s before, at 2026-03-02T10:00:00.000Z, by the evidence: /u,
      );
    await expect(act(live, { act: CLOSE })).rejects.toThrow("by the evidence");
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "resolved 10:00", "late-acknowledgement 10:00"]);
  });

  it("after somebody else learns who was faster", async () => {
    const live = await atRisk();
    await act(live, { act: { do: "snooze", untilMs: null, note: "known outage" } });
    live.at("2026-03-02T10:03:00Z");
    await expect(act(live, {})).rejects.toThrow("Q. Lead snoozed it 3 min before you, at 2026-03-02T10:00:00.000Z.");
    expect(await act(live, { seenSeq: 2 })).toMatchObject({ status: "acknowledged", snooze: null });
  });

  it("at the same time as others is heard where the others do not change the ground: six comments and one acknowledgement", async () => {
    const live = await atRisk();
    const notes = Array.from({ length: 6 }, (_, i) => `remark ${i}`);
    const others = stage.anotherWorker().redis;
    const said = notes.map((note) => act(live, { act: { do: "comment", note } }));
    const acknowledged = actAsLead(others, { agreementId: live.id, alertId: `${DAY}.1`, nowMs: stage.nowMs });
    await Promise.all([...said, acknowledged]);
    const alert = await live.alert(DAY);
    expect(alert?.history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(alert).toMatchObject({ status: "acknowledged", owner: { id: "person:q" } });
  });

  it("is answered as of the deadlines that passed before, although no worker was awake", async () => {
    const live = await atRisk();
    live.at("2026-03-02T15:00:00Z");
    await act(live, { act: COMMENT });
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "escalated 14:00", "commented 15:00"]);
  });

  it("closes what still fires: it is told again when it gets worse, and not because the evidence says the same", async () => {
    const live = await atRisk();
    await act(live, { act: CLOSE });
    await live.quarter("2026-03-02T10:00", 50);
    expect(await live.happened(DAY)).toEqual(["raised 10:00", "closed 10:00"]);
    live.at("2026-03-03T00:00:00Z");
    await live.tick();
    expect(await live.alert(DAY)).toMatchObject({ status: "open", severity: "critical", episode: 1, reopened: 1 });
  });

  it("rates an episode that was followed by another, and the other is untouched", async () => {
    const live = await atRisk();
    for (const quarter of ["09:00", "09:15"]) await live.quarter(`2026-03-02T${quarter}`, 100);
    live.at("2026-03-02T12:00:00Z");
    await live.quarter("2026-03-02T10:30", 0);
    const due = await stage.redis.zscore(agreementKeys(live.id).alertDue, DAY);
    expect(await act(live, { act: { do: "rate", rating: "noise" } })).toMatchObject({ ratings: { "person:q": "noise" }, episode: 1 });
    expect(await stage.redis.zscore(agreementKeys(live.id).alertDue, DAY)).toBe(due);
    live.at("2026-03-02T16:00:00Z");
    await live.tick();
    expect((await live.alerts()).map(({ id, status, level }) => `${id} ${status} ${level}`)).toEqual([
      `${DAY}.2 open 1`,
      `${DAY}.1 resolved 0`,
    ]);
  });
});

describe("a provider of whom nothing comes", () => {
  const clock = (time: string): number => Date.parse(`2026-03-02T${time}Z`);

  async function begin(): Promise<{
    id: string;
    now: (time: string) => Promise<Alert[]>;
    handIn: (time: string, within: number) => Promise<void>;
  }> {
    const id = newId();
    stage.nowMs = clock("10:00:00");
    const calls = intervalFeed(COUNTS, { timeZone: "UTC", expected: { every: "PT15M", grace: "PT5M" } });
    const feeds = [calls, { ...calls, id: "chats", name: "Chats" }];
    const targets = [buildTarget({ windows: ["day"] }), buildTarget({ id: "chat-level", feed: "chats", windows: ["day"] })];
    await putDocuments(stage.redis, { agreement: { ...buildAgreement({ id }), timeZone: "UTC", targets }, feeds, nowMs: stage.nowMs });
    return {
      id,
      now: async (time) => {
        stage.nowMs = clock(time);
        await tick(stage.parts, id);
        return (await readSnapshot(stage.redis, id, stage.nowMs))?.alerts ?? [];
      },
      handIn: async (start, within) => {
        for (const feed of ["calls", "chats"]) await stage.handIn(id, feed, quarterFile(`2026-03-02T${start}`, within));
      },
    };
  }

  it("is one thing to be told and not four, and each stands by itself when it is over", async () => {
    const { id, now, handIn } = await begin();
    await handIn("09:45", 50);
    expect(await outbox(id)).toHaveLength(2);
    await now("10:16:00");
    const silent = await now("10:20:01");
    expect(Object.fromEntries(silent.map((alert) => [alert.id, alert.parent]))).toEqual({
      "provider.1": null,
      "feed.calls.1": "provider.1",
      "feed.chats.1": "provider.1",
      "service-level.day.2026-03-02.1": "feed.calls.1",
      "chat-level.day.2026-03-02.1": "feed.chats.1",
    });
    expect((await outbox(id)).slice(2)).toEqual(["provider.1 1 provider"]);
    expect(silent.find(({ id: one }) => one === "provider.1")).toMatchObject({
      severity: "critical",
      headline: "All 2 feeds of Norcall are silent: last data 10:00 UTC",
    });
    stage.nowMs = clock("10:25:00");
    await handIn("10:00", 60);
    const after = await now("10:25:01");
    expect(after.filter(({ status }) => status !== "resolved").map((alert) => [alert.id, alert.parent])).toEqual(
      expect.arrayContaining([
        ["service-level.day.2026-03-02.1", null],
        ["chat-level.day.2026-03-02.1", null],
      ]),
    );
    expect((await outbox(id)).slice(3).map((notice) => notice.split(" ")[0])).toEqual(
      expect.arrayContaining(["provider.1", "service-level.day.2026-03-02.1", "chat-level.day.2026-03-02.1"]),
    );
  });

  it("a silence that somebody closes releases what it stood for", async () => {
    const { id, now, handIn } = await begin();
    await handIn("09:45", 50);
    await now("10:20:01");
    await actAsLead(stage.redis, { agreementId: id, alertId: "provider.1", nowMs: stage.nowMs, act: CLOSE });
    const alerts = (await readSnapshot(stage.redis, id, stage.nowMs))?.alerts ?? [];
    const feeds = alerts.filter(({ subject }) => subject.kind === "feed");
    expect(feeds.map(({ parent, history }) => [parent, history.at(-1)?.kind])).toEqual([
      [null, "released"],
      [null, "released"],
    ]);
  });
});
