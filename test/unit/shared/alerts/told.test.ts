import { describe, expect, it } from "vitest";
import { act } from "../../../../shared/alerts/act.ts";
import { advance } from "../../../../shared/alerts/advance.ts";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { everyNoticeOf, noticesOf } from "../../../../shared/alerts/notice.ts";
import { push } from "../../../../shared/alerts/push.ts";
import type { Signal } from "../../../../shared/alerts/signal-event.ts";
import { type AlertState, UNTOLD } from "../../../../shared/alerts/track.ts";
import { ABOUT, MINUTE_MS, PROVIDER, QA_LEAD } from "../../../support/alert-history.ts";
import { alertOf, done, hear, POLICY, told } from "../../../support/alert-steps.ts";

const HOUR_MS = 60 * MINUTE_MS;
const ROLES = ["provider", "qa-lead", "client-manager"] as const;

describe("whom each transition is told", () => {
  it("a breach goes to the first of the chain, then to the next as well, and its end to all of them", () => {
    const state = hear(UNTOLD, "critical", 0);
    expect(told(UNTOLD, state)).toEqual([["raised", ["provider"], []]]);
    const second = advance(state, ABOUT, 15 * MINUTE_MS, POLICY);
    expect(told(state, second)).toEqual([["escalated", ["provider", "qa-lead"], []]]);
    expect(alertOf(second).history.at(-1)?.note).toBe("Unanswered. Told the QA lead as well.");
    expect(told(second, hear(second, "clear", 16 * MINUTE_MS))).toEqual([["resolved", ["provider", "qa-lead"], []]]);
  });

  it("whoever was asked before hears of the end, though the chain had begun anew", () => {
    const all = advance(hear(UNTOLD, "critical", 0), ABOUT, 30 * MINUTE_MS, POLICY);
    const taken = done(all, { do: "acknowledge", note: "on it", dueMs: HOUR_MS }, 31 * MINUTE_MS, PROVIDER);
    const expired = advance(taken, ABOUT, HOUR_MS, POLICY);
    expect(alertOf(expired).level).toBe(0);
    expect(told(expired, hear(expired, "clear", HOUR_MS + 1))).toEqual([["resolved", ROLES, ["p1"]]]);
  });

  it("the owner hears of what others do, nobody of what they did themselves", () => {
    const state = hear(UNTOLD, "critical", 0);
    const mine = done(state, { do: "acknowledge", note: "on it" }, 1, PROVIDER);
    expect(told(state, mine)).toEqual([]);
    const question = done(mine, { do: "comment", note: "any news?" }, 2, QA_LEAD);
    expect(told(mine, question)).toEqual([["commented", [], ["p1"]]]);
    const given = done(mine, { do: "assign", owner: QA_LEAD, note: "yours" }, 2, PROVIDER);
    expect(told(mine, given)).toEqual([["assigned", [], ["q1"]]]);
    expect(told(mine, done(mine, { do: "comment", note: "soon" }, 2, PROVIDER))).toEqual([]);
  });

  it("what is given back is told to whoever was asked, unless it undoes an acknowledgement of a moment before", () => {
    const back = (state: AlertState, atMs: number, who = PROVIDER) => done(state, { do: "release", note: "not mine" }, atMs, who);
    const ack = { do: "acknowledge", note: "on it" } as const;
    const asked = advance(hear(UNTOLD, "critical", 0), ABOUT, 15 * MINUTE_MS, POLICY);
    const mine = done(asked, ack, 16 * MINUTE_MS, PROVIDER);
    expect(told(mine, back(mine, 18 * MINUTE_MS))).toEqual([["released-by-owner", ["provider", "qa-lead"], []]]);
    const undone = back(mine, 16 * MINUTE_MS + 20_000);
    expect(told(mine, undone)).toEqual([]);
    expect(everyNoticeOf(alertOf(undone), alertOf(mine).seq, POLICY)).toHaveLength(1);
    // Somebody had it: taken over and undone, they have it again; given back later, nobody has.
    const theirs = done(mine, ack, 17 * MINUTE_MS, QA_LEAD);
    expect(told(theirs, back(theirs, 17 * MINUTE_MS + 1, QA_LEAD))).toEqual([]);
    expect(told(theirs, back(theirs, 18 * MINUTE_MS, QA_LEAD))).toEqual([["released-by-owner", ["provider", "qa-lead"], []]]);
    const given = done(mine, { do: "assign", owner: QA_LEAD, note: "yours" }, 17 * MINUTE_MS, PROVIDER);
    expect(told(given, back(given, 17 * MINUTE_MS + 1, QA_LEAD))).toEqual([["released-by-owner", ["provider", "qa-lead"], ["p1"]]]);
  });

  it("what a person closes before the evidence does is told to the whole chain, what it has ended to whoever was asked", () => {
    const close = { do: "close", cause: "staffing", note: "two came" } as const;
    const mine = done(hear(UNTOLD, "critical", 0), { do: "acknowledge", note: "on it" }, 1, PROVIDER);
    expect(told(mine, done(mine, close, 3, QA_LEAD))).toEqual([["closed", ROLES, ["p1"]]]);
    const warned = hear(UNTOLD, "warning", 0);
    // A mere warning may be set aside by whoever was asked.
    expect(told(warned, done(warned, close, 3, PROVIDER))).toEqual([["closed", ["provider"], []]]);
    const alone = hear(UNTOLD, "warning", 0, { audience: "provider" });
    expect(told(alone, done(alone, close, 3, PROVIDER))).toEqual([["closed", ["provider"], []]]);
    const happened = hear({ ...UNTOLD }, "high", 0);
    const seen = { ...happened, alert: { ...alertOf(happened), subject: { kind: "restatement", receipt: 7 } as const } };
    const last = act(seen.alert, close, { who: PROVIDER, seenSeq: 1, nowMs: 1 }, POLICY);
    expect(last.kind === "done" && noticesOf(last.alert, 1, POLICY)).toMatchObject([{ roles: ["provider"] }]);
  });

  it("an update that did not come is told to whoever promised it and to the owner; a snooze's end to whoever snoozed", () => {
    const state = hear(UNTOLD, "critical", 0);
    const taken = done(state, { do: "acknowledge", note: "theirs", owner: PROVIDER, dueMs: HOUR_MS }, 1, QA_LEAD);
    expect(told(taken, advance(taken, ABOUT, HOUR_MS, POLICY))).toEqual([["acknowledgement-expired", ["provider"], ["q1", "p1"]]]);
    const asleep = done(state, { do: "snooze", untilMs: HOUR_MS, note: "known" }, 1, QA_LEAD);
    expect(told(asleep, advance(asleep, ABOUT, HOUR_MS, POLICY))).toEqual([["snooze-ended", ["provider"], ["q1"]]]);
  });

  it.each(["frozen", "between"] as const)("%s evidence is told to nobody", (signal) => {
    const state = hear(UNTOLD, "critical", 0);
    expect(told(state, hear(state, signal, 1))).toEqual([]);
  });

  it("what eases is told to nobody, what worsens to everybody who was asked", () => {
    const state = advance(hear(UNTOLD, "high", 8 * HOUR_MS), ABOUT, 9 * HOUR_MS, POLICY);
    expect(told(state, hear(state, "warning", 9 * HOUR_MS + 1))).toEqual([]);
    expect(told(state, hear(state, "critical", 9 * HOUR_MS + 1))).toEqual([["worsened", ["provider", "qa-lead"], []]]);
  });

  it("another reason is told to the same people, once an episode, whoever has it; what somebody closed for the one before comes again", () => {
    const because = (state: AlertState, reason: string, nowMs: number, signal: Signal = "warning") =>
      hear(state, signal, nowMs, { reason });
    const late = because(UNTOLD, "late", 8 * HOUR_MS);
    const taken = done(late, { do: "acknowledge", note: "comes at ten", dueMs: 10 * HOUR_MS }, 8 * HOUR_MS + 1, PROVIDER);
    const refused = because(taken, "refused", 8 * HOUR_MS + 2);
    expect(told(taken, refused)).toEqual([["changed", ["provider"], ["p1"]]]);
    expect(alertOf(refused)).toMatchObject({ status: "acknowledged", headline: `warning at ${8 * HOUR_MS + 2}` });
    const back = because(because(because(refused, "late", 8 * HOUR_MS + 3), "refused", 8 * HOUR_MS + 4), "refused", 8 * HOUR_MS + 5);
    expect(back.alert).toBe(refused.alert);
    const stale = act(
      alertOf(refused),
      { do: "close", cause: "data", note: "came" },
      { who: QA_LEAD, seenSeq: 2, nowMs: 9 * HOUR_MS },
      POLICY,
    );
    expect(stale.kind).toBe("stale");
    const silent = because(refused, "silent", 9 * HOUR_MS, "critical");
    expect(told(refused, silent)).toEqual([["worsened", ["provider"], ["p1"]]]);
    const closed = done(late, { do: "close", cause: "data", note: "it comes tomorrow" }, 9 * HOUR_MS, PROVIDER);
    expect(because(closed, "late", 9 * HOUR_MS + 1).alert?.status).toBe("resolved");
    expect(told(closed, because(closed, "trouble", 9 * HOUR_MS + 1))).toEqual([["reopened", ["provider"], []]]);
  });

  it("an escalation speaks of now: the latest that was said of the severity it has", () => {
    const likely = hear(hear(UNTOLD, "high", 8 * HOUR_MS), "high", 8 * HOUR_MS + 5);
    expect(alertOf(likely).headline).toBe(`high at ${8 * HOUR_MS}`);
    expect(alertOf(advance(likely, ABOUT, 9 * HOUR_MS, POLICY))).toMatchObject({ seq: 2, headline: `high at ${8 * HOUR_MS + 5}` });
  });

  it("what was caught up with in one step is told once, to everybody whom any of it concerns", () => {
    const state = hear(UNTOLD, "critical", 0);
    const late = advance(state, ABOUT, 5 * HOUR_MS, POLICY);
    expect(alertOf(late).seq - alertOf(state).seq).toBe(7);
    expect(told(state, late)).toEqual([["escalated", ROLES, []]]);
    const lateAndOver = hear(state, "clear", 5 * HOUR_MS);
    expect(told(state, lateAndOver)).toEqual([
      ["escalated", ROLES, []],
      ["resolved", ROLES, []],
    ]);
  });

  it("machines are told each step that was caught up with and all that people did, of nothing quiet", () => {
    const state = hear(UNTOLD, "critical", 0);
    const kinds = (alert: Alert, sinceSeq: number) =>
      everyNoticeOf(alert, sinceSeq, POLICY).map(({ seq, roles }) => [alert.history[seq - 1]?.kind, roles.length]);
    const late = alertOf(advance(state, ABOUT, HOUR_MS, POLICY));
    expect(kinds(late, 1)).toEqual([
      ["escalated", 0],
      ["escalated", 0],
      ["escalated", 3],
    ]);
    expect(kinds(alertOf(done(state, { do: "snooze", untilMs: HOUR_MS, note: "known" }, 1, PROVIDER)), 1)).toEqual([["snoozed", 0]]);
    expect(kinds(alertOf(hear(hear(UNTOLD, "critical", 0), "warning", 1)), 1)).toEqual([]);
    const attached = push(late, { kind: "attached", atMs: HOUR_MS, by: "Accord", note: "" }, { parent: "provider.1" });
    expect(kinds(attached, late.seq)).toEqual([]);
  });

  it("nobody is told of what another alert stands for, until it stands by itself again", () => {
    const alert = alertOf(hear(UNTOLD, "critical", 0));
    const at = { atMs: 1, by: "Accord", note: "" };
    const attached = push(alert, { ...at, kind: "attached" }, { parent: "provider.1", escalateAtMs: null });
    const worse = push(attached, { ...at, kind: "escalated" });
    expect(noticesOf(worse, 1, POLICY)).toEqual([]);
    const alone = push(worse, { ...at, kind: "released" }, { parent: null });
    expect(noticesOf(alone, 1, POLICY)).toEqual([{ alertId: alert.id, seq: 4, roles: ["provider"], people: [] }]);
  });

  it("the client is not told of what is for the provider alone, and is from when it is for both", () => {
    const state = hear(UNTOLD, "warning", 0, { audience: "provider" });
    expect(told(UNTOLD, state)).toEqual([["raised", ["provider"], []]]);
    const both = hear(state, "warning", 1);
    expect(alertOf(both).audience).toBeUndefined();
    expect(alertOf(both).history.at(-1)?.kind).toBe("worsened");
    const once = hear(hear(both, "clear", 2), "warning", 3, { audience: "provider" });
    expect(alertOf(once)).toMatchObject({ status: "open", reopened: 1 });
    expect(alertOf(once).audience).toBeUndefined();
  });
});
