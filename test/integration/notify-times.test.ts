import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { DriftLine } from "../../shared/drift/drift-line.ts";
import { readAlert } from "../../shared/store/alert-states.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { CANARY } from "../../shared/store/canary.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { peopleKeys } from "../../shared/store/people-keys.ts";
import { putTelling } from "../../shared/store/telling.ts";
import { canaryRound } from "../../workers/notify/canary.ts";
import { digestRound } from "../../workers/notify/digest-round.ts";
import { Notifier } from "../../workers/notify/notifier.ts";
import { NORTH, type NotifyStage, startNotifyStage } from "../support/notify-stage.ts";
import { actAsLead, observeTest, raiseTestAlert } from "../support/test-alert.ts";

let stage: NotifyStage;
beforeAll(async () => {
  stage = await startNotifyStage();
});
afterAll(async () => await stage?.stop());
afterEach(async () => {
  const keys = agreementKeys(NORTH);
  await stage.worker.redis.del(peopleKeys.telling, keys.alertDeliveries, keys.alertDeliveriesDue, keys.alertDeliveryLog);
});

const raise = async (signal: "critical" | "warning" = "critical") =>
  await raiseTestAlert(stage.worker, NORTH, { signal }, stage.worker.nowMs);
const mailTo = async (address: string) => (await stage.deliveries()).filter(({ to }) => to === address);

describe("quiet hours", () => {
  const QUIET = { from: "12:30", to: "07:00", timeZone: "Europe/Berlin" } as const;

  it("hold back what can wait until they end, and look at the alert again then", async () => {
    stage.worker.nowMs = Date.parse("2026-12-01T21:00:00Z");
    await putTelling(stage.worker.redis, "provider", { quiet: QUIET, digest: null });
    await raise("warning");
    await stage.tell();
    stage.worker.nowMs += 30_000;
    await stage.tell();
    const endMs = Date.parse("2026-12-02T07:00:00+01:00");
    expect(await mailTo("provider@example.com")).toMatchObject([
      { state: "planned", dueMs: endMs, reason: "Waits for the end of quiet hours", attempts: [] },
    ]);
    stage.worker.nowMs = endMs;
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "sent" }]);
  });

  it("end without a word of what was snoozed meanwhile", async () => {
    stage.worker.nowMs = Date.parse("2026-12-02T21:00:00Z");
    await putTelling(stage.worker.redis, "provider", { quiet: QUIET, digest: null });
    const { id: alertId } = await raise("warning");
    await stage.tell();
    const endMs = Date.parse("2026-12-03T07:00:00+01:00");
    const snooze = { do: "snooze", untilMs: endMs + 18_000_000, note: "known" } as const;
    await actAsLead(stage.worker.redis, { agreementId: NORTH, alertId, nowMs: stage.worker.nowMs, act: snooze });
    stage.worker.nowMs = endMs;
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "dropped", reason: "Q. Lead had snoozed it before" }]);
  });

  it("never hold back what is critical and has no owner", async () => {
    await putTelling(stage.worker.redis, "provider", { quiet: { ...QUIET, from: "00:00", to: "23:59" }, digest: null });
    await raise("critical");
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "sent" }]);
  });
});

describe("what began and ended within half a minute", () => {
  const later = async (): Promise<void> => {
    await stage.tell();
    stage.worker.nowMs += 30_000;
    await stage.tell();
  };
  const clear = async ({ agreementId, subject }: Alert): Promise<void> => {
    await observeTest(stage.worker.redis, { agreementId, subject, signal: "clear", headline: "It is back", nowMs: stage.worker.nowMs });
  };

  it("is told to no person, and wholly to a webhook", async () => {
    await stage.addChannel({ id: "all", kind: "webhook", party: "provider" });
    const before = stage.mail.letters.length;
    const alert = await raise("warning");
    await stage.tell();
    await clear(alert);
    await later();
    expect(stage.mail.letters).toHaveLength(before);
    expect((await mailTo("provider@example.com")).map(({ state, reason }) => [state, reason])).toEqual([
      ["dropped", "The alert was over before"],
      ["dropped", "Nobody had been told here that it began"],
    ]);
    expect(stage.hook.got.filter(({ body }) => body.includes(alert.id))).toHaveLength(2);
  });

  it("is told to its end where its beginning was told", async () => {
    const alert = await raise("warning");
    await later();
    await clear(alert);
    await later();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "sent" }, { state: "sent" }]);
  });
});

describe("an alert that somebody closes although it still fires", () => {
  it("is told to both sides, to those who had not been asked as well, and if it is over by then only where it was told", async () => {
    const { worker, mail } = stage;
    const close = { do: "close", cause: "staffing", note: "two came" } as const;
    for (const isOver of [false, true]) {
      const { id: alertId, subject } = await raise();
      await stage.tell();
      const before = mail.letters.length;
      await actAsLead(worker.redis, { agreementId: NORTH, alertId, nowMs: worker.nowMs, act: close });
      if (isOver) await observeTest(worker.redis, { agreementId: NORTH, subject, signal: "clear", headline: "Back", nowMs: worker.nowMs });
      await stage.tell();
      const letters = mail.letters.slice(before).map(({ to, text }) => `${to[0]} ${text.includes("What was found still holds")}`);
      const all = ["client-manager", "provider", "qa-lead"].map((role) => `${role}@example.com true`);
      expect(letters.toSorted()).toEqual(isOver ? ["provider@example.com false"] : all);
    }
  });
});

/** A target without an alarm whose month is unlike it. */
const STANDS_OUT: DriftLine = {
  targetId: "service-level",
  version: 1,
  unit: "ratio",
  worse: "down",
  state: "steady",
  why: null,
  baseline: { from: "2026-09-01", to: "2026-10-26", subgroups: 56, n: 9000, level: 0.803, dispersion: 1, autocorrelation: 0 },
  budget: { runLength: 30, watched: 96, alarms: 0 },
  drift: null,
  month: { of: "2027-01", value: 0.781, evidence: 40, direction: "down" },
  ended: 0,
  latest: { day: "2027-01-30", value: 0.78, n: 160 },
  recent: [],
  conclusion: null,
  besides: null,
  leads: null,
  atMs: 0,
};

describe("the day's summary", () => {
  it("goes once, at the time of day of whoever asked for it, and says what is open", async () => {
    const { worker, mail } = stage;
    await putTelling(worker.redis, "client-manager", { quiet: null, digest: { at: "07:30", timeZone: "Asia/Manila" } });
    worker.nowMs = Date.parse("2027-02-01T07:29:59+08:00");
    const alert = await raise();
    await worker.redis.hset(agreementKeys(NORTH).driftLines, "service-level", JSON.stringify({ inputs: "", line: STANDS_OUT }));
    await digestRound(stage.parts());
    const before = mail.letters.length;
    worker.nowMs += 2000;
    await Promise.all([digestRound(stage.parts()), digestRound(stage.parts())]);
    await digestRound(stage.parts());
    const letters = mail.letters.slice(before);
    expect(letters.map(({ to }) => to)).toEqual([["client-manager@example.com"]]);
    expect(letters[0]?.text).toMatch(/^Subject: Accord today: \d+ open, \d+ of them critical/mu);
    expect(letters[0]?.text).toContain(alert.headline);
    expect(letters[0]?.text.replaceAll(/=\r?\n/gu, "").replaceAll("=C2=A0", " ")).toContain(
      "78.1 % in Jan 2027 so far, lower than the usual 80.3 %",
    );
  });
});

describe("the canary", () => {
  const canary = async () => await readAlert(stage.worker.redis, NORTH, "canary.1");
  const minute = async () => {
    stage.worker.nowMs += 60_000;
    await canaryRound(stage.parts());
  };

  it("comes through each minute, and says so to every agreement when it does not", async () => {
    const notifier = new Notifier(stage.parts());
    const listen = async () => {
      await notifier.wake(CANARY);
      await notifier.idle();
    };
    for (let i = 0; i < 3; i++) {
      await minute();
      await listen();
    }
    await minute();
    expect(await canary()).toBeNull();
    await minute();
    expect(await canary()).toMatchObject({ status: "open", severity: "high", subject: { kind: "canary" } });
    await minute();
    await listen();
    await minute();
    expect(await canary()).toMatchObject({ status: "resolved" });
    expect(await listAgreements(stage.worker.redis)).toEqual([NORTH]);
    const keys = await stage.worker.redis.keys("{a:~canary}:alert*");
    expect(keys.length).toBeGreaterThan(0);
    expect(await stage.worker.redis.hlen(agreementKeys(CANARY).alerts)).toBe(1);
  });

  it("is told anew when somebody had closed the last time while it was late, and not called over where nobody can tell", async () => {
    const { worker } = stage;
    const notifier = new Notifier(stage.parts());
    const minutes = async (count: number) => {
      for (let i = 0; i < count; i++) await minute();
    };
    worker.nowMs = Math.ceil(worker.nowMs / 60_000) * 60_000 + 30_000;
    await minutes(3);
    const raised = await canary();
    expect(raised).toMatchObject({ status: "open", signal: "firing" });
    await actAsLead(worker.redis, {
      agreementId: NORTH,
      alertId: "canary.1",
      nowMs: worker.nowMs,
      seenSeq: raised?.seq ?? 0,
      act: { do: "close", cause: "process", note: "we know" },
    });
    await minutes(2);
    expect(await canary()).toMatchObject({ status: "resolved", signal: "firing" });
    await notifier.wake(CANARY);
    await notifier.idle();
    await minutes(1);
    expect(await canary()).toMatchObject({ status: "resolved", signal: "clear" });
    await minutes(1);
    const again = await canary();
    expect(again).toMatchObject({ status: "open", signal: "firing" });
    // A worker that was a little early, and one that was away: what was sent has not come, and nobody can say that it will not.
    for (const waitMs of [59_100, 86_400_000]) {
      worker.nowMs += waitMs;
      await canaryRound(stage.parts());
      expect(await canary()).toMatchObject({ status: "open", signal: "firing", seq: again?.seq });
    }
  });
});
