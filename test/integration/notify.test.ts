import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { AlertAct } from "../../shared/alerts/act.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { replay } from "../../shared/store/replay-delivery.ts";
import { readMailFrom } from "../../shared/store/telling.ts";
import { Notifier } from "../../workers/notify/notifier.ts";
import { startNotifying } from "../../workers/notify/start-notifying.ts";
import { type Got, smtpError } from "../support/notify-peers.ts";
import { NORTH, type NotifyStage, SIGNING_SECRET, startNotifyStage } from "../support/notify-stage.ts";
import { actAsLead, observeTest, QA_LEAD, raiseTestAlert } from "../support/test-alert.ts";
import { until } from "../support/until.ts";

const Body = z.object({ type: z.string() });

let stage: NotifyStage;
beforeAll(async () => {
  stage = await startNotifyStage();
});
afterAll(async () => await stage?.stop());
beforeEach(async () => {
  const keys = agreementKeys(NORTH);
  const used = [keys.outbox, keys.alertDeliveries, keys.alertDeliveriesDue, keys.alertDeliveryLog, keys.channels, keys.channelHealth];
  await stage.worker.redis.del(...used);
  stage.mail.recipient = () => null;
  stage.mail.taken = (_, done) => done();
  stage.hook.answer = (_, response) => void response.writeHead(204).end();
});

const raise = async (signal: "critical" | "warning" = "critical") =>
  await raiseTestAlert(stage.worker, NORTH, { signal }, stage.worker.nowMs);
const mailTo = async (address: string) => (await stage.deliveries()).filter(({ to }) => to === address);

/** As the specification has it, written anew from its text. */
function signature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key)
    .update(Buffer.from([id, timestamp, body].join(".")))
    .digest("base64")}`;
}

describe("e-mail", () => {
  it("reaches the mailbox of whoever is asked, once, with a link to the alert and a name of its own", async () => {
    const before = stage.mail.letters.length;
    const alert = await raise();
    await stage.tell();
    await stage.tell();
    const letters = stage.mail.letters.slice(before);
    expect(letters.map(({ to }) => to)).toEqual([["provider@example.com"]]);
    const [{ text, from } = { text: "", from: "" }] = letters;
    expect(from).toBe("accord@example.com");
    expect(text).toMatch(/^Subject: \[Critical\] The feed is silent - /mu);
    expect(text).toMatch(/^Message-ID: <msg_[0-9a-f]{32}@example\.com>/mu);
    expect(text).toMatch(/^List-ID: <north\.accord\.invalid>/mu);
    expect(text.replaceAll("=\r\n", "")).toContain(`https://accord.test/alerts/north/${encodeURIComponent(alert.id)}`);
    expect(await stage.deliveries()).toMatchObject([{ state: "sent", to: "provider@example.com", attempts: [{ result: "sent" }] }]);
  });

  it("that is refused for now is tried again later, and not before", async () => {
    stage.mail.recipient = () => smtpError(451, "try again later");
    await raise();
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "planned", attempts: [{ result: "refused" }] }]);
    stage.mail.recipient = () => null;
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "planned" }]);
    stage.worker.nowMs += 30_000;
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([
      { state: "sent", attempts: [{ number: 1 }, { number: 2, result: "sent" }] },
    ]);
  });

  it("to a mailbox that does not exist has failed, and says why", async () => {
    stage.mail.recipient = () => smtpError(550, "no such mailbox");
    await raise();
    await stage.tell();
    const [delivery] = await mailTo("provider@example.com");
    expect(delivery).toMatchObject({ state: "failed", dueMs: null });
    expect(delivery?.reason).toContain("550 no such mailbox");
  });

  it("that was taken without an answer is unknown and not sent again", async () => {
    const before = stage.mail.letters.length;
    stage.mail.taken = () => stage.mail.hangUp();
    await raise();
    await stage.tell();
    stage.worker.nowMs += 86_400_000;
    await stage.tell();
    expect(stage.mail.letters).toHaveLength(before + 1);
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "unknown", attempts: [{ result: "unknown" }] }]);
  });

  it("about what is not critical waits half a minute, and then one mail has it all", async () => {
    const before = stage.mail.letters.length;
    await raise("warning");
    await raise("warning");
    await stage.tell();
    expect(stage.mail.letters).toHaveLength(before);
    stage.worker.nowMs += 30_000;
    await stage.tell();
    expect(stage.mail.letters.slice(before).map(({ text }) => /^Subject: (.*)/mu.exec(text)?.[1])).toEqual([
      expect.stringMatching(/^\[Warning\] 2 alerts, among them/u),
    ]);
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "sent" }, { state: "sent" }]);
  });

  it("is dropped when somebody acknowledged while it waited", async () => {
    const alert = await raise("warning");
    await stage.tell();
    await actAsLead(stage.worker.redis, { agreementId: NORTH, alertId: alert.id, nowMs: stage.worker.nowMs });
    stage.worker.nowMs += 30_000;
    await stage.tell();
    expect(await mailTo("provider@example.com")).toMatchObject([{ state: "dropped", reason: "Q. Lead had acknowledged before" }]);
  });
});

describe("a webhook", () => {
  it("carries the alert, signed as Standard Webhooks says", async () => {
    await stage.addChannel({ id: "hook", kind: "webhook", party: "provider" });
    const alert = await raise();
    await stage.tell();
    const got = stage.hook.got.filter(({ body }) => body.includes(alert.id));
    expect(got).toHaveLength(1);
    const headers: Got["headers"] = got[0]?.headers ?? {};
    const body = got[0]?.body ?? "";
    const [id, timestamp] = [String(headers["webhook-id"]), String(headers["webhook-timestamp"])];
    expect(timestamp).toBe(String(Math.floor(stage.worker.nowMs / 1000)));
    expect(headers["webhook-signature"]).toBe(signature(SIGNING_SECRET, id, timestamp, body));
    expect(JSON.parse(body)).toMatchObject({
      type: "alert.raised",
      data: { form: 1, alert: { id: alert.id, seq: 1, severity: "critical" } },
    });
  });

  it("of the other side stays silent about what is not for it, a chat about what it is not asked, and one for worse", async () => {
    await stage.addChannel({ id: "client-hook", kind: "webhook", party: "client" });
    await stage.addChannel({ id: "client-slack", kind: "slack", party: "client" });
    await stage.addChannel({ id: "critical-hook", kind: "webhook", party: "provider", minSeverity: "critical" });
    const alone = await raiseTestAlert(stage.worker, NORTH, { signal: "warning", audience: "provider" }, stage.worker.nowMs);
    const alert = await raise("warning");
    await stage.tell();
    await actAsLead(stage.worker.redis, { agreementId: NORTH, alertId: alone.id, nowMs: stage.worker.nowMs });
    stage.worker.nowMs += 30_000;
    await stage.tell();
    expect(stage.hook.got.filter(({ body }) => body.includes(alone.id))).toEqual([]);
    expect(stage.hook.got.filter(({ body }) => body.includes(alert.id)).map(({ path }) => path)).toEqual(["/client-hook"]);
  });

  it("of either side hears once of everything that people do, and of each step that time took, until it is over", async () => {
    await stage.addChannel({ id: "ours", kind: "webhook", party: "client", minSeverity: "high" });
    await stage.addChannel({ id: "theirs", kind: "webhook", party: "provider", minSeverity: "high" });
    const { worker } = stage;
    const alert = await raise();
    const at = { agreementId: NORTH, alertId: alert.id };
    const acts: AlertAct[] = [
      { do: "acknowledge", note: "on it", dueMs: worker.nowMs + 600_000 },
      { do: "comment", note: "two more agents" },
      { do: "assign", owner: QA_LEAD, note: "mine" },
      { do: "snooze", untilMs: worker.nowMs + 600_000, note: "known" },
    ];
    for (const [i, act] of acts.entries()) await actAsLead(worker.redis, { ...at, nowMs: worker.nowMs, seenSeq: i + 1, act });
    await stage.tell();
    worker.nowMs += 1_900_000;
    const { subject } = alert;
    await observeTest(worker.redis, { agreementId: NORTH, subject, signal: "clear", headline: "It is back", nowMs: worker.nowMs });
    await stage.tell();
    await stage.tell();
    const typesAt = (path: string): unknown[] =>
      stage.hook.got.filter((one) => one.path === path && one.body.includes(alert.id)).map(({ body }) => Body.parse(JSON.parse(body)).type);
    const types = ["raised", "acknowledged", "commented", "assigned", "snoozed", "snooze-ended", "escalated", "resolved"];
    for (const path of ["/ours", "/theirs"]) expect(typesAt(path)).toEqual(types.map((type) => `alert.${type}`));
  });

  it("that takes the message and does not answer is unknown, and nothing is sent again by itself", async () => {
    await stage.addChannel({ id: "mute", kind: "webhook", party: "provider" });
    stage.hook.answer = (_, response) => void response.destroy();
    const alert = await raise();
    await stage.tell();
    stage.worker.nowMs += 86_400_000;
    await stage.tell();
    expect(stage.hook.got.filter(({ body }) => body.includes(alert.id))).toHaveLength(1);
    expect((await stage.deliveries()).filter(({ channel }) => channel === "mute")).toMatchObject([{ state: "unknown" }]);
    const health = await stage.worker.redis.hget(agreementKeys(NORTH).channelHealth, "mute");
    expect(JSON.parse(health ?? "")).toMatchObject({ refusedInRow: 1, unansweredInRow: 1, lastSentAtMs: null });
  });

  it("that is gone for good is switched off, and its side's managers are told so", async () => {
    await stage.addChannel({ id: "gone", kind: "webhook", party: "provider" });
    stage.hook.answer = (_, response) => void response.writeHead(410).end();
    const before = stage.mail.letters.length;
    await raise();
    await stage.tell();
    const subjects = stage.mail.letters.slice(before).map(({ text }) => /^Subject: (.*)/mu.exec(text)?.[1] ?? "");
    expect(subjects.filter((subject) => subject.startsWith("Accord sends nothing more to gone"))).toHaveLength(1);
    const again = await raise();
    await stage.tell();
    expect(stage.hook.got.filter(({ body }) => body.includes(again.id))).toEqual([]);
    const health = await stage.worker.redis.hget(agreementKeys(NORTH).channelHealth, "gone");
    expect(JSON.parse(health ?? "")).toMatchObject({ refusedInRow: 1, disabled: { why: "It answered that it is gone for good (410)" } });
  });

  it("at an address inside the operator's network is refused before anything is sent", async () => {
    await stage.addChannel({ id: "inside", kind: "webhook", party: "provider" });
    const outbound = { ...stage.worker.parts.outbound, allow: { has: () => false } };
    await raise();
    const notifier = new Notifier({ ...stage.parts(), outbound });
    await notifier.wake(NORTH);
    await notifier.idle();
    expect((await stage.deliveries()).filter(({ channel }) => channel === "inside")).toMatchObject([{ state: "failed" }]);
  });
});

describe("chats", () => {
  it("get a message that reads no markup in what people wrote", async () => {
    await stage.addChannel({ id: "slack", kind: "slack", party: "provider" });
    await stage.addChannel({ id: "teams", kind: "teams", party: "provider" });
    await raise();
    await stage.tell();
    const bodyAt = (path: string): unknown => JSON.parse(stage.hook.got.find((one) => one.path === path)?.body ?? "null");
    expect(bodyAt("/slack")).toMatchObject({
      text: expect.stringMatching(/^\[Critical\]/u),
      blocks: [{ type: "header", text: { type: "plain_text" } }, {}, {}, {}],
    });
    expect(bodyAt("/teams")).toMatchObject({ type: "message", attachments: [{ content: { type: "AdaptiveCard", version: "1.4" } }] });
  });
});

describe("a message that is sent again by hand", () => {
  it("is a new attempt under the same name, asked for once however often that was sent", async () => {
    await stage.addChannel({ id: "again", kind: "webhook", party: "provider" });
    stage.hook.answer = (_, response) => void response.destroy();
    const alert = await raise();
    await stage.tell();
    stage.hook.answer = (_, response) => void response.writeHead(200).end();
    const by = { id: "person:p", name: "P. Manager", party: "provider" } as const;
    const asked = { agreementId: NORTH, key: `${alert.id}:1:again`, operationId: randomUUID(), by, nowMs: stage.worker.nowMs };
    expect(await replay(stage.worker.redis, { ...asked, by: { ...by, party: "client" } })).toBeNull();
    await replay(stage.worker.redis, asked);
    await stage.tell();
    await replay(stage.worker.redis, asked);
    await stage.tell();
    const got = stage.hook.got.filter(({ body }) => body.includes(alert.id));
    expect(got.map(({ body }) => body.includes('"repeated":true'))).toEqual([false, true]);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const [delivery] = (await stage.deliveries()).filter(({ channel }) => channel === "again");
    expect(delivery?.attempts.map(({ number, round, result }) => [number, round, result])).toEqual([
      [1, 1, "unknown"],
      [2, 2, "sent"],
    ]);
  });
});

describe("a running worker", () => {
  it("is woken by what happens and by time, and ends what it began before it stops", async () => {
    const before = stage.mail.letters.length;
    const notifying = startNotifying(stage.parts());
    await notifying.ready();
    await raise();
    await until(async () => await Promise.resolve(stage.mail.letters.length === before + 1), "the mail has come");
    stage.mail.recipient = () => smtpError(451, "try again later");
    await raise();
    await until(
      async () => (await mailTo("provider@example.com")).some(({ attempts }) => attempts.at(-1)?.result === "refused"),
      "it is refused",
    );
    stage.mail.recipient = () => null;
    stage.worker.nowMs += 30_000;
    await until(async () => (await mailTo("provider@example.com")).every(({ state }) => state === "sent"), "a round has tried it again");
    await notifying.stop();
    expect(await readMailFrom(stage.worker.redis)).toBe("Accord <accord@example.com>");
    expect(stage.mail.letters).toHaveLength(before + 2);
  });
});

describe("two workers at once", () => {
  it("tell everything once", async () => {
    await stage.addChannel({ id: "pair", kind: "webhook", party: "provider" });
    const others = [new Notifier(stage.parts()), new Notifier(stage.parts()), new Notifier(stage.parts())];
    const alerts = [];
    for (let i = 0; i < 10; i++) alerts.push(await raise());
    await Promise.all(others.map(async (one) => await one.wake(NORTH)));
    await Promise.all(others.map(async (one) => await one.idle()));
    await stage.tell();
    const got = stage.hook.got.filter(({ path }) => path === "/pair").map(({ headers }) => headers["webhook-id"]);
    expect(got).toHaveLength(alerts.length);
    expect(new Set(got).size).toBe(alerts.length);
  });
});
