import { describe, expect, it } from "vitest";
import { Alert } from "../../../../shared/alerts/alert.ts";
import { slackOf, teamsOf } from "../../../../shared/alerts/chat-message.ts";
import { mailOf } from "../../../../shared/alerts/mail-message.ts";
import type { AlertMessage } from "../../../../shared/alerts/message.ts";
import { quietUntil } from "../../../../shared/alerts/quiet-hours.ts";
import { signedHeaders } from "../../../../workers/notify/send-http.ts";

function messageAbout(headline: string, now: Partial<Alert> = {}): AlertMessage {
  const transition = { seq: 1, kind: "raised", atMs: 0, by: "Accord", note: headline } as const;
  const alert = Alert.parse({
    id: "feed.calls.1",
    agreementId: "north",
    subject: { kind: "feed", feed: "calls" },
    episode: 1,
    status: "open",
    severity: "critical",
    seq: 1,
    headline,
    raisedAtMs: 0,
    changedAtMs: 0,
    acknowledgement: null,
    resolution: null,
    history: [transition],
    ...now,
  });
  const agreement = { id: "north", name: "Claims", timeZone: "Europe/Berlin" };
  return { id: "msg_1", agreement, news: [{ alert, transition, link: "https://accord.test/alerts/north/feed.calls.1" }], repeated: null };
}

describe("a headline that a provider has written", () => {
  const hostile = 'x\r\nBcc: all@example.com\u2028\u202E<img src=x onerror="y"> <!channel> *b* [a](https://evil.test)';

  it("ends no line of a mail's head and is no markup in its body", () => {
    const { subject, html } = mailOf(messageAbout(hostile));
    expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(html).not.toContain("<img");
  });

  it("calls nobody in Slack and is no markup in Teams", () => {
    expect(JSON.stringify(slackOf(messageAbout(hostile)).text)).not.toContain("<!");
    expect(JSON.stringify(slackOf(messageAbout(hostile)))).not.toContain("mrkdwn");
    expect(JSON.stringify(teamsOf(messageAbout(hostile)))).not.toContain('"TextBlock"');
  });
});

describe("what a message says of how an alert stands", () => {
  const resolution = { atMs: 1, reason: "two came" };
  const target = { kind: "target", targetId: "service-level", window: "day", start: "2026-11-20" } as const;
  const said = (now: Partial<Alert>): string =>
    mailOf(messageAbout("Service level 72.4 %", { status: "resolved", resolution, ...now })).text;

  it("that comes and goes says once what one hears meanwhile", () => {
    const note = "Went up and down 4 times within 20 evaluations. You hear of it when it gets worse or is over.";
    const { news, ...rest } = messageAbout("Silent");
    const { text } = mailOf({ ...rest, news: [{ ...news[0], transition: { ...news[0].transition, kind: "flap-started", note } }] });
    expect(text).toContain(`\nIt comes and goes again and again: ${note}\n`);
  });

  it("that is over says nothing of who might still take it", () => {
    expect(said({})).not.toContain("Nobody has it");
    expect(said({ status: "open" })).toContain("Nobody has it");
  });

  it("that is over says what still holds if a person closed it and the evidence has not", () => {
    const closed = { resolution: { ...resolution, by: "P. Lead" } };
    expect(said({ ...closed, subject: target })).toContain("What was found still holds");
    expect(said({ ...closed, subject: target, signal: "recovering" })).toContain("better, but not for long enough yet");
    expect(said(closed)).toContain("What was found still holds");
    for (const over of [said({ ...closed, subject: target, signal: "clear" }), said({ subject: target })])
      expect(over).not.toContain("still");
    expect(mailOf(messageAbout("x", { status: "resolved", ...closed })).subject).toMatch(/^\[Closed by hand\]/u);
    expect(mailOf(messageAbout("x", { status: "resolved", resolution })).subject).toMatch(/^\[Over\]/u);
  });
});

describe("the signature of a webhook", () => {
  it("is that of the example in the libraries of Standard Webhooks", () => {
    const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}', nowMs: 1_614_265_330_000 };
    expect(signedHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", signed)).toEqual({
      "webhook-id": signed.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };
  it.each([
    ["2026-11-20T21:59:00+01:00", null],
    ["2026-11-20T22:00:00+01:00", "2026-11-21T07:00:00+01:00"],
    ["2026-11-21T06:59:59+01:00", "2026-11-21T07:00:00+01:00"],
    ["2026-11-21T07:00:00+01:00", null],
    // The night in which the clock goes forward is an hour shorter.
    ["2027-03-27T23:00:00+01:00", "2027-03-28T07:00:00+02:00"],
  ])("from 22 to 7 in Berlin at %s last until %s", (now, until) => {
    expect(quietUntil(night, Date.parse(now))).toBe(until === null ? null : Date.parse(until));
  });
});
