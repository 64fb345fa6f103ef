import { describe, expect, it } from "vitest";
import { act, type AlertAct, type ActResult } from "../../../../shared/alerts/act.ts";
import { advance } from "../../../../shared/alerts/advance.ts";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import type { Signal } from "../../../../shared/alerts/signal-event.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";
import { type AlertState, UNTOLD } from "../../../../shared/alerts/track.ts";
import type { PartyActor } from "../../../../shared/settlement/party.ts";
import { ABOUT, MINUTE_MS, policyOf, PROVIDER, QA_LEAD, TARGET } from "../../../support/alert-history.ts";

const POLICY = policyOf();
const HOUR_MS = 60 * MINUTE_MS;
const ACK: AlertAct = { do: "acknowledge", note: "on it" };

function hear(state: AlertState, signal: Signal, nowMs: number, subject: AlertSubject = TARGET): AlertState {
  return observe(state, { agreementId: "north", subject, signal, headline: `${signal} at ${nowMs}`, nowMs }, POLICY);
}

function alertOf({ alert }: AlertState): Alert {
  if (alert === null) throw new Error("an alert was expected");
  return alert;
}

function raised(severity: "warning" | "high" | "critical", subject: AlertSubject = TARGET): Alert {
  return alertOf(hear(UNTOLD, severity, 0, subject));
}

function doing(alert: Alert, what: AlertAct, nowMs: number, { who = QA_LEAD, seenSeq = alert.seq } = {}): ActResult {
  return act(alert, what, { who, seenSeq, nowMs }, POLICY);
}

function done(alert: Alert, what: AlertAct, nowMs: number, who: PartyActor = QA_LEAD): Alert {
  const result = doing(alert, what, nowMs, { who });
  if (result.kind !== "done") throw new Error(`${what.do} was ${result.kind}`);
  return result.alert;
}

describe("acknowledging", () => {
  it("keeps who, when, why, the cause and when the next update is due, and stops the escalation", () => {
    const dueMs = 30 * MINUTE_MS;
    const mine = done(raised("critical"), { ...ACK, cause: "staffing", dueMs }, 5, PROVIDER);
    expect(mine).toMatchObject({
      seq: 2,
      status: "acknowledged",
      changedAtMs: 5,
      owner: PROVIDER,
      cause: "staffing",
      escalateAtMs: null,
      acknowledgement: { by: "P. Lead", byId: "p1", atMs: 5, note: "on it", dueMs, forMs: dueMs - 5 },
      history: [{ kind: "raised" }, { seq: 2, kind: "acknowledged", by: "P. Lead", byId: "p1" }],
    });
  });

  it.each([
    ["critical", 2],
    ["high", 8],
    ["warning", 24],
  ] as const)("a %s alert is acknowledged for %i h where nothing was said, and no longer", (severity, count) => {
    const alert = raised(severity);
    expect(done(alert, ACK, 7).acknowledgement?.dueMs).toBe(7 + count * HOUR_MS);
    expect(done(alert, { ...ACK, dueMs: 7 + count * HOUR_MS }, 7).status).toBe("acknowledged");
    expect(doing(alert, { ...ACK, dueMs: 8 + count * HOUR_MS }, 7)).toEqual({
      kind: "refused",
      why: `The agreement allows at most ${count} h until the next update of a ${severity} alert.`,
      remedy: "Choose an earlier time; a comment moves it on.",
    });
  });

  it.each([6, 7])("an update that was due at %i ms is refused at 7 ms", (dueMs) => {
    expect(doing(raised("warning"), { ...ACK, dueMs }, 7)).toMatchObject({
      kind: "refused",
      why: "The next update would be due before now.",
    });
  });

  it("for somebody else makes them the owner", () => {
    expect(done(raised("critical"), { ...ACK, owner: PROVIDER }, 1)).toMatchObject({ owner: PROVIDER, acknowledgement: { byId: "q1" } });
  });

  it("is stale when the alert got worse since the person looked, and changes nothing", () => {
    const worse = alertOf(hear(hear(UNTOLD, "warning", 0), "critical", 1));
    expect(doing(worse, ACK, 2, { seenSeq: 1 })).toEqual({ kind: "stale", alert: worse });
  });

  it("is stale for the second of two people who look at the same", () => {
    const first = done(raised("critical"), ACK, 1, PROVIDER);
    expect(doing(first, ACK, 2, { seenSeq: 1 })).toEqual({ kind: "stale", alert: first });
    expect(done(first, ACK, 2)).toMatchObject({ owner: QA_LEAD, acknowledgement: { by: "Q. Lead" } });
  });

  it("is not stale for what was for the screen only", () => {
    const frozen = alertOf(hear(hear(UNTOLD, "warning", 0), "frozen", 1));
    expect(frozen.seq).toBe(2);
    expect(doing(frozen, ACK, 2, { seenSeq: 1 }).kind).toBe("done");
  });

  it("is late when the evidence was faster: recorded, and nothing else changes", () => {
    const over = alertOf(hear(hear(UNTOLD, "warning", 0), "clear", 1));
    const result = doing(over, ACK, 2, { seenSeq: 1 });
    expect(result).toMatchObject({ kind: "late", alert: { status: "resolved", owner: null, acknowledgement: null, seq: 3 } });
    expect(result.kind === "late" && result.alert.history.at(-1)).toMatchObject({
      kind: "late-acknowledgement",
      by: "Q. Lead",
      note: "Acknowledged after its end: on it",
      quiet: true,
    });
  });

  it.each(["restatement", "corrections"] as const)("%s has happened: seen is over, and the next one is news", (kind) => {
    const subject: AlertSubject = kind === "restatement" ? { kind, receipt: 12 } : { kind, feed: "calls" };
    const first = hear(UNTOLD, "critical", 0, subject);
    expect(hear(first, "critical", 1, subject).alert).toBe(first.alert);
    const seen = done(alertOf(first), ACK, 2);
    expect(seen).toMatchObject({ status: "resolved", signal: "clear", resolution: { reason: "Q. Lead has seen it", by: "Q. Lead" } });
    expect(done(alertOf(first), { do: "close", cause: "data", note: "known" }, 2)).toMatchObject({ status: "resolved", signal: "clear" });
    expect(hear({ ...first, alert: seen }, "critical", 3, subject).alert).toMatchObject({ status: "open", reopened: 1, signal: "firing" });
    expect(hear({ ...first, alert: seen }, "critical", 2 * HOUR_MS, subject).alert).toMatchObject({ status: "open", episode: 2 });
  });
});

describe("the promised update", () => {
  const mine = done(raised("critical"), { ...ACK, dueMs: 30 * MINUTE_MS }, 0, PROVIDER);

  it("begins anew with a comment of those who promised it", () => {
    const once = done(mine, { do: "comment", note: "two more people are in" }, 20 * MINUTE_MS, PROVIDER);
    expect(once).toMatchObject({ status: "acknowledged", acknowledgement: { atMs: 0, dueMs: 50 * MINUTE_MS } });
    const colleague: PartyActor = { ...PROVIDER, id: "p2", name: "P. Second" };
    expect(done(once, { do: "comment", note: "still" }, 40 * MINUTE_MS, colleague).acknowledgement?.dueMs).toBe(70 * MINUTE_MS);
  });

  it("is not moved by the other side's question", () => {
    const asked = done(mine, { do: "comment", note: "any news?" }, 20 * MINUTE_MS);
    expect(asked.acknowledgement).toEqual(mine.acknowledgement);
    expect(asked.history.at(-1)).toMatchObject({ kind: "commented", note: "any news?" });
  });

  it("that does not come opens the alert again, from the top of the chain, at its own time", () => {
    const track = hear(UNTOLD, "critical", 0).track;
    const { alert } = advance({ track, alert: mine }, ABOUT, 31 * MINUTE_MS, POLICY);
    expect(alert).toMatchObject({
      status: "open",
      acknowledgement: null,
      owner: PROVIDER,
      level: 0,
      changedAtMs: 30 * MINUTE_MS,
      escalateAtMs: 45 * MINUTE_MS,
    });
    expect(alert?.history.at(-1)).toMatchObject({ kind: "acknowledgement-expired", note: "The update P. Lead had promised did not come." });
  });

  it("is given back by whoever has it, and the chain goes on where it was", () => {
    const passed = alertOf(advance(hear(UNTOLD, "critical", 0), ABOUT, 20 * MINUTE_MS, POLICY));
    expect(passed.level).toBe(1);
    const taken = done(passed, ACK, 20 * MINUTE_MS);
    expect(doing(taken, { do: "release", note: "no" }, 21 * MINUTE_MS, { who: PROVIDER })).toEqual({
      kind: "refused",
      why: "Q. Lead has it.",
      remedy: "Only they can give it back; acknowledge it to take it over.",
    });
    const back = done(taken, { do: "release", note: "a mistake" }, 21 * MINUTE_MS);
    expect(back).toMatchObject({ status: "open", owner: null, acknowledgement: null, level: 1, escalateAtMs: 36 * MINUTE_MS });
    expect(doing(back, { do: "release", note: "again" }, 22 * MINUTE_MS)).toMatchObject({ kind: "refused", why: "Nobody has it." });
  });
});

describe("snoozing", () => {
  it("until a time or until it clears takes the acknowledgement's place and stops the escalation", () => {
    const mine = done(raised("warning"), ACK, 1);
    const until = done(mine, { do: "snooze", untilMs: 90 * MINUTE_MS, note: "known" }, 2);
    expect(until).toMatchObject({
      status: "snoozed",
      acknowledgement: null,
      owner: QA_LEAD,
      escalateAtMs: null,
      snooze: { by: "Q. Lead", untilMs: 90 * MINUTE_MS },
    });
    expect(until.history.at(-1)?.note).toBe("Snoozed until 1970-01-01 01:30 UTC: known");
    expect(done(mine, { do: "snooze", untilMs: null, note: "known" }, 2).history.at(-1)?.note).toBe("Snoozed until it clears: known");
  });

  it("until it clears ends with it, and the next breach asks again", () => {
    const asleep = done(raised("warning"), { do: "snooze", untilMs: null, note: "known" }, 1);
    const over = hear({ ...hear(UNTOLD, "warning", 0), alert: asleep }, "clear", 2);
    expect(over.alert).toMatchObject({ status: "resolved", snooze: null });
    expect(hear(over, "warning", 3).alert).toMatchObject({ status: "open", reopened: 1, snooze: null });
  });

  it.each([
    ["critical", null, "A critical alert may be snoozed for a day at most."],
    ["critical", 25 * HOUR_MS, "A critical alert may be snoozed for a day at most."],
    ["warning", 7, "That time is over."],
    ["warning", 367 * 24 * HOUR_MS, "An alert may be snoozed for a year at most."],
    ["warning", Number.MAX_SAFE_INTEGER, "An alert may be snoozed for a year at most."],
  ] as const)("of a %s alert until %s is refused", (severity, untilMs, why) => {
    expect(doing(raised(severity), { do: "snooze", untilMs, note: "later" }, 7)).toMatchObject({ kind: "refused", why });
  });

  it("is refused of what has happened and will not clear", () => {
    const alert = raised("warning", { kind: "corrections", feed: "calls" });
    expect(doing(alert, { do: "snooze", untilMs: HOUR_MS, note: "later" }, 1)).toMatchObject({ kind: "refused" });
  });
});

describe("closing, assigning, rating", () => {
  it("closed with a cause stays closed while the breach goes on, and says when the evidence followed", () => {
    const fired = hear(UNTOLD, "high", 0);
    const closed = done(alertOf(fired), { do: "close", cause: "volume", note: "a storm" }, 1);
    expect(closed).toMatchObject({
      status: "resolved",
      signal: "firing",
      cause: "volume",
      resolution: { by: "Q. Lead", reason: "a storm" },
    });
    const on = hear(hear({ ...fired, alert: closed }, "high", 2), "warning", 3);
    expect(on.alert).toBe(closed);
    expect(hear(on, "critical", 4).alert).toMatchObject({ status: "open", reopened: 1, severity: "critical", resolution: null });
    const over = hear(on, "clear", 5);
    expect(over.alert).toMatchObject({ status: "resolved", signal: "clear", resolution: { by: "Q. Lead" } });
    expect(over.alert?.history.at(-1)).toMatchObject({ kind: "cleared", quiet: true });
    expect(hear(over, "high", 6).alert).toMatchObject({ status: "open", reopened: 1 });
  });

  it("what was closed without data no longer waits for them", () => {
    const frozen = hear(hear(UNTOLD, "high", 0), "frozen", 1);
    expect(alertOf(frozen).frozenSinceMs).toBe(1);
    const closed = done(alertOf(frozen), { do: "close", cause: "data", note: "known" }, 2);
    expect(closed.frozenSinceMs).toBeNull();
    expect(hear({ ...frozen, alert: closed }, "high", 3).alert).toBe(closed);
  });

  it("the time to reopen what was closed runs from the end of the evidence", () => {
    const fired = hear(UNTOLD, "high", 0);
    const closed = done(alertOf(fired), { do: "close", cause: "volume", note: "a storm" }, 1);
    const over = hear({ ...fired, alert: closed }, "clear", 5 * HOUR_MS);
    expect(hear(over, "high", 6 * HOUR_MS).alert).toMatchObject({ episode: 1, reopened: 1 });
    expect(hear(over, "high", 6 * HOUR_MS + 1).alert).toMatchObject({ episode: 2, reopened: 0 });
  });

  it("every act but comments and ratings is late on what is over", () => {
    const over = done(raised("warning"), { do: "close", cause: "other", note: "fine" }, 1);
    const others: AlertAct[] = [
      { do: "release", note: "x" },
      { do: "snooze", untilMs: null, note: "x" },
      { do: "close", cause: "other", note: "x" },
      { do: "assign", owner: PROVIDER, note: "x" },
    ];
    for (const what of others) expect(doing(over, what, 2)).toEqual({ kind: "late", alert: over });
    expect(done(over, { do: "comment", note: "for the record" }, 2).status).toBe("resolved");
    const had = done(done(raised("warning"), ACK, 1), { do: "close", cause: "other", note: "fine" }, 2);
    expect(done(had, { do: "comment", note: "for the record" }, 3).acknowledgement).toEqual(had.acknowledgement);
    expect(done(over, { do: "rate", rating: "noise" }, 2).ratings).toEqual({ q1: "noise" });
  });

  it("an assigned alert has an owner and is still to be answered", () => {
    const theirs = done(raised("critical"), { do: "assign", owner: PROVIDER, note: "yours" }, 1);
    expect(theirs).toMatchObject({ status: "open", owner: PROVIDER, escalateAtMs: 15 * MINUTE_MS });
  });

  it("what only the provider is warned of is given to nobody of the client", () => {
    const event = { ...ABOUT, signal: "warning" as const, headline: "late", nowMs: 0, audience: "provider" as const };
    const warned = alertOf(observe(UNTOLD, event, POLICY));
    const why = "This warning is for the provider alone.";
    expect(doing(warned, { do: "assign", owner: QA_LEAD, note: "yours" }, 1, { who: PROVIDER })).toMatchObject({ kind: "refused", why });
    expect(doing(warned, { ...ACK, owner: QA_LEAD }, 1, { who: PROVIDER })).toMatchObject({ kind: "refused", why });
    expect(done(warned, ACK, 1, PROVIDER).status).toBe("acknowledged");
  });

  it("each person has one rating, and the same again is nothing", () => {
    const rated = done(done(raised("warning"), { do: "rate", rating: "noise" }, 1), { do: "rate", rating: "useful" }, 2, PROVIDER);
    expect(rated.ratings).toEqual({ q1: "noise", p1: "useful" });
    expect(done(rated, { do: "rate", rating: "noise" }, 3)).toBe(rated);
    expect(done(rated, { do: "rate", rating: "useful" }, 3).ratings).toEqual({ q1: "useful", p1: "useful" });
  });

  it("takes 200 comments", () => {
    let alert = raised("warning");
    for (let i = 0; i < 200; i += 1) alert = done(alert, { do: "comment", note: "and" }, i);
    expect(doing(alert, { do: "comment", note: "and" }, 200)).toMatchObject({ kind: "refused", why: "An alert takes 200 comments." });
  });
});
